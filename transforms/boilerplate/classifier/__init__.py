"""The trained block classifier: how likely each block of a page is article text.

A layout is measured (`measure`, `characters`), what the names on its containers say is weighed
(`names`), and 142 columns of numbers (`features`) go through a forest of trees (`forest`). A second
one sees in addition what the first thought of the surroundings (`second_look`). `model` holds both,
as `benchmarks/boilerplate` trained them; numpy is all they need.
"""
