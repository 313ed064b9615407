"""Where an article names states and organisations, and in which role.

Longest match wins: `North Korea` is no mention of `Korea`, `New York Times` none of the USA. Names
with several meanings are resolved by their neighbours (`data/ambiguous.tsv`).
"""

import re
from typing import NamedTuple

from transforms.topics.folding import Folded
from transforms.topics.lexicon import Lexicon, Name, Reading
from transforms.topics.matching import Hits, is_spelt

TITLE, LEAD, REST = 0, 1, 2
LEAD_CHARACTERS = 600
"""How much of the text counts as its lead: three to four sentences of agency prose."""

ROLES = ("government", "leader", "people", "place")
"""Roles of a state, the strongest first (as `schemas.article.Country` documents them)."""

_FIXED_ROLES = {"government": "government", "leader": "leader", "group": "people"}
_FOLLOWING = re.compile(r"([^\W\d_]+)(?: [^\W\d_]+)?")
_CAPITALISED = re.compile(r"\b([A-Z][a-z]+|[A-Z]\.) $")
_NO_GIVEN_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    In From And The With To Of For On At By But As Via Over Against Near President King Queen
    Minister While If When After Before Into Until Between Since Across Inside That Why How Is
    Can Could Will Or Northern Southern Eastern Western Central
        """,
    )
)


class Mention(NamedTuple):
    """A state or organisation named at `[start:end]` of the folded text."""

    start: int
    end: int
    code: str
    role: str  # one of ROLES; "organisation"
    zone: int  # TITLE, LEAD or REST
    is_city: bool = False


class Zones(NamedTuple):
    """Ends of the title and of the lead in the folded text."""

    title_end: int
    lead_end: int

    def of(self, position: int) -> int:
        """The zone of a position."""
        if position < self.title_end:
            return TITLE
        return LEAD if position < self.lead_end else REST


class Context(NamedTuple):
    """An article while it is being tagged. `raw` is title, line break, text.

    Line breaks inside the title are blanks in `raw`: its first line break ends the title.
    """

    title: str
    text: str
    raw: str
    folded: Folded
    zones: Zones
    hits: Hits


class MentionFinder:
    """Finds mentions by the dictionaries' rules."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._readings = lexicon.readings
        self._officials = lexicon.role_words("official")
        self._acts = lexicon.role_words("act")

    def find(self, article: Context) -> tuple[list[Mention], list[Mention]]:
        """Mentions of states and of organisations, each in the order of the text."""
        states: list[Mention] = []
        organisations: list[Mention] = []
        meanings: dict[str, tuple[str, ...]] = {}
        covered = 0
        for start, end, uses in article.hits.names:
            if start < covered:
                continue
            first, last = article.folded.original(start, end)
            names = [use.name for use in uses if is_spelt(use, article.raw[first:last])]
            if not names:
                continue
            covered = end
            zone = article.zones.of(start)
            for name in names:
                if name.kind == "hide":
                    break
                if name.kind == "organisation":
                    organisations.append(Mention(start, end, name.code, name.kind, zone))
                    continue
                role = self._role(name, article.folded.text, end)
                is_city = name.kind == "city"
                codes = self._codes(name, article.raw, first, meanings)
                states += [Mention(start, end, code, role, zone, is_city) for code in codes]
        return states, organisations

    def _role(self, name: Name, text: str, end: int) -> str:
        """The role of one mention.

        A name followed by an office (`Chinese officials`, `Iran's navy`) is the government, and so
        is a name or capital followed by a verb of states (`Beijing said`).
        """
        if name.kind in _FIXED_ROLES:
            return _FIXED_ROLES[name.kind]
        possessive = text.startswith("'s ", end)
        following = _FOLLOWING.match(text, end + (3 if possessive else 1))
        if following is None:
            return "people" if name.kind == "people" else "place"
        word, two_words = following.group(1), following.group()
        if word in self._officials or two_words in self._officials:
            return "government"
        if name.kind == "people":
            return "people"
        acts = name.kind != "city" and not possessive and word in self._acts
        return "government" if acts else "place"

    def _codes(
        self, name: Name, raw: str, start: int, meanings: dict[str, tuple[str, ...]]
    ) -> tuple[str, ...]:
        """The states that a name means in this article; `meanings` remembers them."""
        readings = self._readings.get(name.text)
        if readings is None:
            return (name.code,)
        if _is_person(raw, start):
            return ()
        if name.text not in meanings:
            meanings[name.text] = _meaning(readings, raw)
        return meanings[name.text]


def _meaning(readings: tuple[Reading, ...], raw: str) -> tuple[str, ...]:
    for number, reading in enumerate(readings):
        if reading.near and not any(word in raw for word in reading.near):
            continue
        if any(word in raw for word in reading.unless):
            continue
        always = [r.code for r in readings[number:] if not r.near and not r.unless]
        return tuple(always) if reading.code in always else (reading.code,)
    return ()


def _is_person(raw: str, start: int) -> bool:
    before = _CAPITALISED.search(raw, max(0, start - 30), start)
    return before is not None and before.group(1) not in _NO_GIVEN_NAMES
