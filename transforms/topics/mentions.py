"""Where an article names states and organisations, and in which role.

Longest match wins: `North Korea` is no mention of `Korea`, `New York Times` none of the USA. Names
with several meanings are resolved by their neighbours (`data/ambiguous.tsv`).
"""

import re
from collections import Counter
from typing import NamedTuple

from transforms.topics.folding import Folded
from transforms.topics.lexicon import Lexicon
from transforms.topics.matching import Hits
from transforms.topics.name_index import NameIndex, SimpleUse, Use
from transforms.topics.readings import ArticleReader
from transforms.topics.roles import (
    ACTS,
    DEALT,
    LISTED,
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

LONGEST_POSSESSIVE = 3
_POSSESSIVES = frozenset([" ", "'s ", "' "])
_PERSONS = frozenset(["leader", "surname"])
_FAMILY_NAME = re.compile(r" ([A-Z][a-z]+)")

SCARCE = 2
"""States named no more often than this are read more closely: did they play a part?"""


LONG_LIST = 4
"""A state among so many (`in Somalia, Mali, Chad and Senegal`) is an example."""


class Mention(NamedTuple):
    """A state or organisation named at `[start:end]` of the folded text."""

    start: int
    end: int
    code: str
    role: str  # one of ROLES; "organisation"
    zone: int  # TITLE, LEAD or REST
    is_city: bool = False
    part: int = NAMED  # PASSING, LISTED, NAMED, DEALT or ACTS of `roles`


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
        self._roles = RoleReader(lexicon)
        self._names = NameIndex(lexicon)
        self._officials = lexicon.role_words("official")

    def find(self, article: Context) -> tuple[list[Mention], list[Mention]]:
        """Mentions of states and of organisations, each in the order of the text."""
        found = _Found(article, ArticleReader(article.raw, self._names.given_names), [], [], [])
        text, raw, plain = article.folded.text, article.raw, article.folded.starts is None
        simple_uses, known = self._names.simple, found.reader.known
        has_office = found.reader.has_office
        covered = 0
        for start, end, _ in article.hits.names:
            if start < covered:
                continue
            pattern = text[start:end]
            simple = simple_uses.get(pattern) if plain else None
            if simple is None or (simple[5] and simple[4] not in known):
                if simple and simple[1] == "surname" and not has_office(start):
                    continue
                if self._take(start, end, found):
                    covered = end
            elif raw[start:end] == simple[3] if simple[3] else raw[start].isupper():
                self._add_simple(simple, start, end, found)
                covered = end
        for credit in found.credits:
            _discount(found, *found.reader.caption(credit))
        self._read_closely(article.folded.text, found.states)
        return found.states, found.organisations

    def _add_simple(self, use: SimpleUse, start: int, end: int, found: "_Found") -> None:
        """Adds a mention of the one state that a name means."""
        code, kind, is_city, _, person, _ = use
        states, article = found.states, found.article
        if person:
            found.reader.known.add(person)
        elif kind == "government" and _is_owned(found, start, code):
            return
        role, part = self._roles.role(kind, article.folded.text, start, end)
        if kind in TOWNS and found.reader.is_dateline(start, end):
            part = PASSING
        zone = article.zones.of(start)
        states.append(Mention(start, end, code, role, zone, is_city, part))

    def _take(self, start: int, end: int, found: "_Found") -> bool:
        """Adds what a hit stands for; False if it stands for nothing as it is written there."""
        article, reader, _, organisations, credits_ = found
        folded, raw = article.folded, article.raw
        first, last = (start, end) if folded.starts is None else folded.original(start, end)
        uses = self._names.uses[folded.text[start:end]]
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
                credits_.append(first)
            elif kind == "organisation":
                if not (organisations and organisations[-1][:3] == (start, end, code)):
                    zone = article.zones.of(start)
                    organisations.append(Mention(start, end, code, kind, zone))
            else:
                self._add(use, (start, end), (first, last), found)
        return taken

    def _add(
        self, use: Use, span: tuple[int, int], raw_span: tuple[int, int], found: "_Found"
    ) -> None:
        """Adds mentions of the states that a name means."""
        name, code, kind, _, readings = use
        start, end = span
        if kind == "government" and _is_owned(found, start, code):
            return
        article, reader, states, *_ = found
        role, part = self._roles.role(kind, article.folded.text, start, end)
        if kind in TOWNS and reader.is_dateline(*raw_span):
            part = PASSING
        zone, is_city = article.zones.of(start), kind == "city"
        if not readings:
            states.append(Mention(start, end, code, role, zone, is_city, part))
        elif not self._is_given_name(article.raw, raw_span[1]):
            states += [
                Mention(start, end, meant, role, zone, is_city, part)
                for meant in reader.codes(name, readings, raw_span[0])
            ]

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
        counts = Counter(codes)
        for at, code in enumerate(codes):
            mention = states[at]
            if counts[code] > SCARCE or mention.part != NAMED or mention.zone == TITLE:
                continue
            first, last = coordinated_with(text, states, at)
            part = max(other.part for other in states[first:last])
            if part == NAMED:
                head = states[first].start
                if self._roles.is_government_of(text, head):
                    part = ACTS
                elif self._roles.is_dealt_with(text, head):
                    part = DEALT
                elif last - first >= LONG_LIST:
                    part = LISTED
            if part != NAMED:
                states[at] = mention._replace(part=part)


class _Found(NamedTuple):
    """What one article has given so far. `credits` are positions in `raw`."""

    article: Context
    reader: ArticleReader
    states: list[Mention]
    organisations: list[Mention]
    credits: list[int]


def _is_owned(found: _Found, start: int, code: str) -> bool:
    """True for a house of another state: `Canada's House of Commons`."""
    last = found.states[-1] if found.states else None
    if last is None or last.code == code or start - last.end > LONGEST_POSSESSIVE:
        return False
    return found.article.folded.text[last.end : start] in _POSSESSIVES


def _discount(found: _Found, begin: int, end: int) -> None:
    """Makes what is named in `raw[begin:end]`, a caption, be named in passing."""
    original = found.article.folded.original
    for at, mention in enumerate(found.states):
        if begin <= original(mention.start, mention.end)[0] < end:
            found.states[at] = mention._replace(part=PASSING, zone=max(mention.zone, REST))
