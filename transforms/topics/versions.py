"""The version of the model that tagged a row: it changes when an answer can, and only then."""

import hashlib

from transforms.topics.lexicon import Lexicon
from transforms.topics.weights import Weights

TAGGING_RULES = 1
"""The number of the rules that stand in code: how names, roles, gate, topics and pairs are read and
scored. Raise it with every change of code that can change an answer, and only then: tables are not
to mix two of them. `tests/unit/topics/test_versions.py` fails where it is forgotten."""


def model_version(weights: Weights, lexicon: Lexicon) -> str:
    """The weights' own version, + and 8 hex digits of what decides beside the taxonomy.

    That is TAGGING_RULES, the weights and the lines of the dictionaries, but no comment or blank
    line, and no code that gives the same answers.
    """
    deciding = f"{TAGGING_RULES} {tuple(weights[1:])} {lexicon.digest()}"
    return f"{weights.version}+{hashlib.sha256(deciding.encode()).hexdigest()[:8]}"
