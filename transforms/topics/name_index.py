"""The names of a lexicon by the folded text that the matcher finds, the simplest cases apart."""

from collections import defaultdict
from typing import NamedTuple

from transforms.topics.folding import fold
from transforms.topics.lexicon import Lexicon, Reading, surname


class NameUse(NamedTuple):
    """A name. `spelling` is how it must be written: "any", "capital" or "exact"."""

    text: str
    code: str
    kind: str
    spelling: str
    readings: tuple[Reading, ...] = ()


class SimpleUse(NamedTuple):
    """What a name means that means one state wherever it is written so."""

    code: str
    kind: str
    is_city: bool
    exact: str  # the spelling if an exact one is asked for
    person: tuple[str, str] | None  # surname and code
    must_be_known: bool  # the person was named in full before


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
            use = NameUse(text, code, kind, spelling_of(text), lexicon.readings.get(text, ()))
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


def is_spelt(use: NameUse, written: str) -> bool:
    """True if the text's own letters fit the name."""
    if use.spelling == "exact":
        return written == use.text
    return use.spelling == "any" or written[:1].isupper()


def _is_simple(use: NameUse) -> bool:
    return use.kind in _SIMPLE_KINDS and use.spelling != "any" and not use.readings


def _simple(use: NameUse) -> SimpleUse:
    name, code, kind, spelling, _ = use
    is_person, is_full = kind in {"leader", "surname"}, " " in name
    person = (surname(name, code) if is_full else name, code) if is_person else None
    exact = name if spelling == "exact" else ""
    return SimpleUse(code, kind, kind == "city", exact, person, is_person and not is_full)
