"""In which role a state is named, and whether it plays a part there: read from the words around.

All text here is folded: small letters, one blank, plain apostrophes, no hyphens.
"""

import re
from collections.abc import Sequence
from typing import Any

from transforms.topics.lexicon import Lexicon

PASSING, LISTED, VENUE, NAMED, DEALT, ACTS = -3, -2, -1, 0, 1, 2
"""A mention in passing (`London-based`), one in a long list, the place of talks
(`in Doha`), a bare one, one of a state that
something is done to or with (`talks with Japan`), one of a state that acts (`Japan agreed`)."""

BARE_ROLES = {
    "name": "place",
    "capital": "place",
    "city": "place",
    "people": "people",
    "group": "people",
    "government": "government",
    "leader": "leader",
    "surname": "leader",
}
"""The role of a name that nothing around it makes a stronger one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOTHING = ("", "", "")
TOWNS = frozenset(["capital", "city"])
_AT = frozenset(["in", "at", "near", "outside"])
_BEING = frozenset(["is", "are", "was", "were"])
_AUXILIARIES = _BEING | _words(
    "has have had will would could should may might must can cannot won't"
)
_ADVERBS = _words("also not now then still already later again itself")
LONGEST_POSSESSIVE = 3
"""Characters from a name to the word after it, of `'s `."""
_BEFORE_A_WORD = frozenset([" ", "'"])
_LONGEST_PHRASE = 40
"""Characters after a name that are looked at: an auxiliary, an adverb and two words."""
_CLAUSES = {", which ": 8, ", who ": 6, ", will ": 2, ", has ": 2, ", have ": 2, ", had ": 2}
"""What may stand between a subject and its verb, and how much of it to skip."""
_CLAUSE_BEGINS = frozenset(words[2] for words in _CLAUSES)
_MARKS = ".,;:?!\"')]|"
_PASSING_WORDS = frozenset(
    ["based", "born", "educated", "trained", "language", "speaking", "style", "restaurant", "time"]
)
_PREPOSITIONS = _words(
    "in of from on at with to against over for by between into near across inside outside toward "
    "towards about around like behind than including within via through under if whether"
)
_PARTNER_PREPOSITIONS = _words(
    "in of from on at with to against over for between into toward towards across by"
)
_MODIFIERS = _words(
    "the a an its their our his northern southern eastern western central neighbouring neighboring "
    "nearby communist ally rival mainland both all some more most former"
)
_WINDOW = 72
"""Characters before a name in which the act stands that it is the object of: a clause or so."""
_CLAUSE_END = re.compile(r"[.;:!?|\n\"]")


class RoleReader:
    """Reads roles by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._officials = lexicon.role_words("official")
        self._acts = lexicon.role_words("act")
        self._dealings = lexicon.role_words("dealing")
        firsts = {word.partition(" ")[0] for word in self._officials}
        self._telling = self._acts | firsts | _PASSING_WORDS
        self._open = self._telling | _AUXILIARIES | _ADVERBS

    def role(self, kind: str, text: str, start: int, end: int) -> tuple[str, int]:
        """The role of a name at `text[start:end]`, and PASSING, NAMED or ACTS.

        A name followed by an office (`Chinese officials`, `Iran's navy`) is the government, and so
        is a name or capital followed by a verb of states (`Beijing said`).
        """
        bare = BARE_ROLES[kind]
        if kind in TOWNS and start and _word_before(text, start - 1) in _AT:
            return bare, VENUE
        after = text[end : end + 1]
        if after in _BEFORE_A_WORD:
            begin = text.find(" ", end, end + LONGEST_POSSESSIVE) + 1
            if not begin:
                return bare, NAMED
            stop = text.find(" ", begin)
            if stop >= 0 or after == " ":
                word = text[begin:stop]
                if word.isalpha() and word not in self._open and not word.endswith("ly"):
                    return bare, NAMED  # most names
        elif after != "," or text[end + 2 : end + 3] not in _CLAUSE_BEGINS:
            return bare, NAMED
        return self._read(bare, kind, text, start, end)

    def _read(self, bare: str, kind: str, text: str, start: int, end: int) -> tuple[str, int]:
        begin, possessive = _phrase_start(text, end)
        auxiliary, word, rest = _phrase(text, begin) if begin >= 0 else _NOTHING
        if not auxiliary and word not in self._telling:
            return bare, NAMED
        if word in _PASSING_WORDS:
            return bare, NAMED if possessive else PASSING
        actor = "leader" if bare == "leader" else "government"
        if kind != "city":
            if not auxiliary and self._is_office(word, rest):
                return actor, ACTS
            if not possessive and self._is_act(auxiliary, word) and _is_subject(text, start):
                if bare != "people":
                    return actor, ACTS
                if _is_noun(text, start, end):
                    return bare, ACTS
        return bare, NAMED

    def _is_office(self, word: str, rest: str) -> bool:
        if word in self._officials:
            return True
        second = rest.partition(" ")[0].rstrip(_MARKS)
        return f"{word} {second}" in self._officials

    def _is_act(self, auxiliary: str, word: str) -> bool:
        if auxiliary in _BEING:
            return word.endswith("ing")
        return word in self._acts or auxiliary != ""

    def is_dealt_with(self, text: str, start: int) -> bool:
        """True if the clause before `start` says what is done to the state, or with it."""
        word = _word_before(text, start - 1)
        if word in self._acts or word in self._dealings:
            return True
        if word not in _PARTNER_PREPOSITIONS:
            return False
        clause = _CLAUSE_END.split(text[max(0, start - _WINDOW) : start])[-1]
        return not self._dealings.isdisjoint(clause.replace(",", "").split()[-9:])

    def is_government_of(self, text: str, start: int) -> bool:
        """True for `president of Latvia`: an office and `of` stand before `start`."""
        words = text[max(0, start - 40) : start].split()
        while words and words[-1] in _MODIFIERS:
            words.pop()
        return len(words) > 1 and words[-1] == "of" and words[-2] in self._officials


def _phrase_start(text: str, end: int) -> tuple[int, bool]:
    """Where the words after a name begin (-1: nothing follows), and if it is a possessive."""
    character = text[end : end + 1]
    if character == " ":
        return end + 1, False
    if character == "'":
        space = text.find(" ", end, end + 3)
        return (space + 1, True) if space > 0 else (-1, False)
    if character == ",":
        for words, length in _CLAUSES.items():
            if text.startswith(words, end):
                return end + length, False
    return -1, False


def _phrase(text: str, begin: int) -> tuple[str, str, str]:
    """Auxiliary ("" if none) and first word of what follows a name, and what comes after them."""
    word, _, rest = text[begin : begin + _LONGEST_PHRASE].partition(" ")
    auxiliary = ""
    if word in _AUXILIARIES:
        auxiliary = word
        word, _, rest = rest.partition(" ")
    if word in _ADVERBS or word.endswith("ly"):
        word, _, rest = rest.partition(" ")
    return auxiliary, word if word.isalpha() else word.rstrip(_MARKS), rest


def _is_subject(text: str, start: int) -> bool:
    return not start or _word_before(text, start - 1) not in _PREPOSITIONS


def _word_before(text: str, end: int) -> str:
    """The word that ends at `end`, articles skipped."""
    for _ in range(3):
        begin = text.rfind(" ", max(0, end - 20), end) + 1
        word = text[begin or max(0, end - 20) : end]
        if word not in _MODIFIERS:
            return word
        end = begin - 1
    return ""


def _is_noun(text: str, start: int, end: int) -> bool:
    """`Iranians`, `the French`; not `Iranian`."""
    return text[end - 1] == "s" or text.endswith("the ", 0, start)


_JOINERS = frozenset([", ", " and ", " or ", " and the ", " & "])
_LAST_JOINERS = frozenset([", and ", ", or ", ", and the "])
LONGEST_JOINER = 10


def coordinated(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the list each span stands in: `Peru, Egypt and Brazil` are one list.

    Shape: as long as `spans`, ascending; a span that stands alone is a list of its own.
    """
    numbers: list[int] = []
    number, last, length = -1, -LONGEST_JOINER, 0
    for start, end in spans:
        joiner = text[last:start] if 0 < start - last <= LONGEST_JOINER else ""
        if joiner in _JOINERS or (length > 1 and joiner in _LAST_JOINERS):
            length += 1
        else:  # `Syria, and the Iranians will`: a comma and an `and` between two part clauses
            number, length = number + 1, 1
        numbers.append(number)
        last = end
    return numbers


def coordinated_with(text: str, spans: Sequence[Sequence[Any]], at: int) -> tuple[int, int]:
    """The range of the spans that stand in one list with span `at`, as in `coordinated`.

    A span begins with its start and its end.
    """
    first = at
    while first and _joins(text, spans[first - 1][1], spans[first][0]):
        first -= 1
    last = at + 1
    while last < len(spans) and _joins(text, spans[last - 1][1], spans[last][0]):
        last += 1
    if last - first == 2 and text[spans[first][1] : spans[last - 1][0]] in _LAST_JOINERS:
        first, last = at, at + 1
    return first, last


def _joins(text: str, end: int, start: int) -> bool:
    if not 0 < start - end <= LONGEST_JOINER:
        return False
    joiner = text[end:start]
    return joiner in _JOINERS or joiner in _LAST_JOINERS
