"""The rows that travel between stages, the published Arrow schemas, and the errors of a row.

feed -> entry -> page -> article, beside them failure and poll; `run` says which run made them.
Nothing here imports Beam, Arrow is imported by `schemas.arrow` alone.
"""
