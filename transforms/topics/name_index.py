"""The names of a lexicon by the folded text that the matcher finds, the simplest cases apart."""

from collections import defaultdict

from transforms.topics.folding import fold
from transforms.topics.lexicon import Lexicon, Reading, surname

NameUse = tuple[str, str, str, str, tuple[Reading, ...]]
"""Text, code, kind, spelling ("any", "capital" or "exact") and readings of a name."""
SimpleUse = tuple[str, str, str, tuple[str, str] | None, bool]
"""What a name means that means one state wherever it is written so: code, kind, the
exact spelling if one is asked for, surname and code of a person, and if that person must have
been named in full before."""

PLACES = frozenset(["name", "capital", "city"])
_SIMPLE_KINDS = PLACES | {"people", "leader", "surname", "government"}


class NameIndex:
    """What a folded text may stand for.

    `uses`: everything; `simple`: the one meaning of those that mean one state wherever they are
    written so (most of them), if the person is known in the case of surnames; `given_names`: by
    surname and code.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        uses: dict[str, list[NameUse]] = defaultdict(list)
        for text, code, kind in lexicon.names:
            found = uses[fold(text).text]
            use = (text, code, kind, spelling_of(text), lexicon.readings.get(text, ()))
            if all(use[1:4] != other[1:4] for other in found):  # `Guinea-Bissau`, `Guinea Bissau`
                found.append(use)
        self.given_names: dict[tuple[str, str], set[str]] = defaultdict(set)
        for text, code, kind in lexicon.names:
            if kind == "leader" and " " in text:
                self.given_names[surname(text, code), code].update(text.split(" ")[:-1])
        alone = {pattern: found[0] for pattern, found in uses.items() if len(found) == 1}
        self.uses = {pattern: tuple(found) for pattern, found in uses.items()}
        self.simple = {p: _simple(use) for p, use in alone.items() if _is_simple(use)}


def spelling_of(name: str) -> str:
    """How an English name must be written to count: `US` is not `us`, `Turkey` not `turkey`."""
    if is_acronym(name):
        return "exact"
    return "capital" if name[:1].isupper() else "any"


def is_acronym(name: str) -> bool:
    """True for a short name in capitals (`UAE`); `U.S.` is none, it needs no such care."""
    return len(name) <= 5 and name.isupper() and name.isascii() and name.isalnum()


def _is_simple(use: NameUse) -> bool:
    _, _, kind, spelling, readings = use
    return kind in _SIMPLE_KINDS and spelling != "any" and not readings


def _simple(use: NameUse) -> SimpleUse:
    name, code, kind, spelling, _ = use
    is_person, is_full = kind in {"leader", "surname"}, " " in name
    person = (surname(name, code) if is_full else name, code) if is_person else None
    exact = name if spelling == "exact" else ""
    return code, kind, exact, person, is_person and not is_full
