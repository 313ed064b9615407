"""The names of a lexicon by the folded text that the matcher finds.

Plain tuples, and the simplest cases apart: there are dozens of hits in an article.
"""

from collections import defaultdict

from transforms.topics.folding import fold
from transforms.topics.lexicon import Lexicon, Reading, surname
from transforms.topics.matching import spelling_of

Use = tuple[str, str, str, str, tuple[Reading, ...]]
"""Text, code, kind, spelling (as matching.spelling_of) and readings of a name."""
SimpleUse = tuple[str, str, bool, str, tuple[str, str] | None]
"""Code, kind, if it is a city, the exact spelling if one is asked for, surname and code."""

PLACES = frozenset(["name", "capital", "city"])
_SIMPLE_KINDS = PLACES | {"people", "leader", "government"}


class NameIndex:
    """What a folded text may stand for.

    `uses`: everything; `simple`: the one meaning of those that mean one state wherever they are
    written so (most of them); `surnames`: surname and code of those that are surnames only.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        uses: dict[str, list[Use]] = defaultdict(list)
        for text, code, kind in lexicon.names:
            found = uses[fold(text).text]
            use = (text, code, kind, spelling_of(text), lexicon.readings.get(text, ()))
            if all(use[1:4] != other[1:4] for other in found):  # `Guinea-Bissau`, `Guinea Bissau`
                found.append(use)
        alone = {pattern: found[0] for pattern, found in uses.items() if len(found) == 1}
        self.uses = {pattern: tuple(found) for pattern, found in uses.items()}
        self.simple = {p: _simple(use) for p, use in alone.items() if _is_simple(use)}
        self.surnames = {p: (use[0], use[1]) for p, use in alone.items() if use[2] == "surname"}


def _is_simple(use: Use) -> bool:
    name, _, kind, spelling, readings = use
    is_surname = kind == "leader" and " " not in name
    return kind in _SIMPLE_KINDS and spelling != "any" and not readings and not is_surname


def _simple(use: Use) -> SimpleUse:
    name, code, kind, spelling, _ = use
    person = (surname(name, code), code) if kind == "leader" else None
    return code, kind, kind == "city", name if spelling == "exact" else "", person
