"""Whole jobs: wiring only, one screen a job, and the command line that starts them."""
