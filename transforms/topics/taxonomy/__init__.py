"""The taxonomy: domains, topics, and the terms that speak for a topic.

`load_taxonomy` reads and checks a file; without a path, the packaged one.
"""

from transforms.topics.taxonomy.lint import RULES, Complaint, lint_taxonomy
from transforms.topics.taxonomy.model import (
    KINDS,
    MEASURED,
    STATUSES,
    STRENGTHS,
    THIN,
    UNMEASURED,
    Codes,
    Taxonomy,
    Term,
    TopicDefinition,
)
from transforms.topics.taxonomy.reading import PACKAGED, load_taxonomy
from transforms.topics.taxonomy.terms import parse_term, parse_terms

__all__ = [
    "KINDS",
    "MEASURED",
    "PACKAGED",
    "RULES",
    "STATUSES",
    "STRENGTHS",
    "THIN",
    "UNMEASURED",
    "Codes",
    "Complaint",
    "Taxonomy",
    "Term",
    "TopicDefinition",
    "lint_taxonomy",
    "load_taxonomy",
    "parse_term",
    "parse_terms",
]
