"""Where an article names states and organisations, and in which role.

Longest match wins: `North Korea` is no mention of `Korea`, `New York Times` none of the USA. Names
with several meanings are resolved by their neighbours (`data/ambiguous.tsv`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.topics.folding import Folded
from transforms.topics.lexicon import Lexicon
from transforms.topics.matching import Hits
from transforms.topics.name_index import NameIndex, NameUse
from transforms.topics.readings import ArticleReader
from transforms.topics.roles import (
    ACTS,
    DEALT,
    LISTED,
    LONGEST_POSSESSIVE,
    NAMED,
    PASSING,
    TOWNS,
    RoleReader,
    coordinated_with,
)

TITLE, LEAD, REST = 0, 1, 2
LEAD_CHARACTERS = 600
"""How much of the text counts as its lead: three to four sentences of agency prose."""

ROLES = ("government", "leader", "people", "place")
"""Roles of a state, the strongest first (as `schemas.article.Country` documents them)."""

_POSSESSIVES = frozenset([" ", "'s ", "' "])
_PERSONS = frozenset(["leader", "surname"])
_FAMILY_NAME = re.compile(r" ([A-Z][a-z]+)")

SCARCE = 2
"""States named no more often than this are read more closely: did they play a part?"""


LONG_LIST = 4
"""A state among so many (`in Somalia, Mali, Chad and Senegal`) is an example."""


Mention = tuple[int, int, str, str, int, bool, int]
"""A state or organisation named at `[start:end]` of the folded text: start, end, code, role (one of
ROLES, or "organisation"), zone (TITLE, LEAD or REST), if it is a city, and the part it plays
(PASSING, LISTED, VENUE, NAMED, DEALT or ACTS of `roles`). A plain tuple: there are dozens."""


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

    def __init__(self, lexicon: Lexicon, names: NameIndex) -> None:
        self._roles = RoleReader(lexicon)
        self._names = names
        self._officials = lexicon.role_words("official")

    def find(self, article: Context) -> tuple[list[Mention], list[Mention]]:
        """Mentions of states and of organisations, each in the order of the text."""
        found = _Found(article, ArticleReader(article.raw, self._names.given_names))
        raw, known, plain = article.raw, found.reader.known, article.folded.starts is None
        covered = 0
        for start, end, uses, simple in article.hits.names:
            if start < covered:
                continue
            if simple and plain:
                code, kind, exact, person, must_be_known = simple
                if not must_be_known or person in known:
                    if raw[start:end] == exact if exact else raw[start].isupper():
                        covered = end
                        if person:
                            known.add(person)
                        self._add((code,), kind, start, end, found)
                    continue
                if kind == "surname" and not found.reader.has_office(start):
                    continue
            if self._take(start, end, uses, found):
                covered = end
        for credit in found.credits:
            _discount(found, *found.reader.caption(credit))
        self._read_closely(found.text, found.states)
        return found.states, found.organisations

    def _take(self, start: int, end: int, uses: Sequence[NameUse], found: "_Found") -> bool:
        """Adds what a hit stands for; False if it stands for nothing as it is written there."""
        reader, organisations = found.reader, found.organisations
        folded, raw = found.article.folded, found.article.raw
        first, last = (start, end) if folded.starts is None else folded.original(start, end)
        taken = False
        for use in uses:
            name, code, kind, spelling, _ = use
            if spelling == "exact":
                if raw[first:last] != name:
                    continue
            elif spelling == "capital" and not raw[first].isupper():
                continue
            if kind in _PERSONS and not reader.is_leader(
                name, code, kind, first, is_unique=len(uses) == 1
            ):
                continue
            taken = True
            if kind == "hide":
                break
            if kind == "credit":
                found.credits.append(first)
            elif kind == "organisation":
                if not (organisations and organisations[-1][:3] == (start, end, code)):
                    zone = found.article.zones.of(start)
                    organisations.append((start, end, code, kind, zone, False, NAMED))
            else:
                self._add(self._meant(use, first, last, found), kind, start, end, found)
        return taken

    def _meant(self, use: NameUse, first: int, last: int, found: "_Found") -> Sequence[str]:
        """The states that a name at `raw[first:last]` means."""
        name, code, _, _, readings = use
        if not readings:
            return (code,)
        if self._is_given_name(found.article.raw, last):
            return ()
        return found.reader.codes(name, readings, first)

    def _add(self, codes: Sequence[str], kind: str, start: int, end: int, found: "_Found") -> None:
        """Adds mentions of the states that a name means."""
        if not codes or (kind == "government" and _is_owned(found, start, codes[0])):
            return
        role, part = self._roles.role(kind, found.text, start, end)
        if kind in TOWNS and found.reader.is_dateline(*found.article.folded.original(start, end)):
            part = PASSING
        zone = TITLE if start < found.title_end else LEAD if start < found.lead_end else REST
        for code in codes:
            found.states.append((start, end, code, role, zone, kind == "city", part))

    def _is_given_name(self, raw: str, end: int) -> bool:
        """True for the `Jordan` of `Jordan Peterson`, not of `Jordan King Abdullah`."""
        after = _FAMILY_NAME.match(raw, end)
        if after is None:
            return False
        word = after.group(1).lower()
        return word not in self._officials and word not in self._names.uses

    def _read_closely(self, text: str, states: list[Mention]) -> None:
        """Says for states that are named once or twice whether they play a part there."""
        codes = [mention[2] for mention in states]
        counts = {code: codes.count(code) for code in set(codes)}
        for at, mention in enumerate(states):
            start, _, code, _, zone, _, part = mention
            if part != NAMED or zone == TITLE or counts[code] > SCARCE:
                continue
            first, last = coordinated_with(text, states, at)
            if last - first > 1:
                part = max([other[6] for other in states[first:last]])
                start = states[first][0]
            if part == NAMED:
                if self._roles.is_government_of(text, start):
                    part = ACTS
                elif self._roles.is_dealt_with(text, start):
                    part = DEALT
                elif last - first >= LONG_LIST:
                    part = LISTED
            if part != NAMED:
                states[at] = (*mention[:6], part)


class _Found:
    """What one article has given so far. `credits` are positions in `raw`."""

    __slots__ = (
        "article",
        "credits",
        "lead_end",
        "organisations",
        "reader",
        "states",
        "text",
        "title_end",
    )

    def __init__(self, article: Context, reader: ArticleReader) -> None:
        self.article, self.reader, self.text = article, reader, article.folded.text
        self.title_end, self.lead_end = article.zones
        self.states: list[Mention] = []
        self.organisations: list[Mention] = []
        self.credits: list[int] = []


def _is_owned(found: _Found, start: int, code: str) -> bool:
    """True for a house of another state: `Canada's House of Commons`."""
    if not found.states:
        return False
    _, end, owner, *_ = found.states[-1]
    if owner == code or start - end > LONGEST_POSSESSIVE:
        return False
    return found.text[end:start] in _POSSESSIVES


def _discount(found: _Found, begin: int, end: int) -> None:
    """Makes what is named in `raw[begin:end]`, a caption, be named in passing."""
    original = found.article.folded.original
    for at, (first, last, code, role, _, is_city, _) in enumerate(found.states):
        if begin <= original(first, last)[0] < end:
            found.states[at] = (first, last, code, role, REST, is_city, PASSING)
