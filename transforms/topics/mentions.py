"""Where an article names states and organisations, and in which role.

Longest match wins: `North Korea` is no mention of `Korea`, `New York Times` none of the USA. Names
with several meanings are resolved by their neighbours (`data/ambiguous.tsv`).
"""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from transforms.topics.folding import Folded, fold
from transforms.topics.lexicon import Lexicon, Reading
from transforms.topics.matching import Hits, spelling_of
from transforms.topics.readings import ArticleReader
from transforms.topics.roles import ACTS, DEALT, LISTED, NAMED, PASSING, RoleReader, coordinated

TITLE, LEAD, REST = 0, 1, 2
LEAD_CHARACTERS = 600
"""How much of the text counts as its lead: three to four sentences of agency prose."""

ROLES = ("government", "leader", "people", "place")
"""Roles of a state, the strongest first (as `schemas.article.Country` documents them)."""

LONGEST_POSSESSIVE = 3
_PERSONS = frozenset(["leader", "surname"])
_PLACES = frozenset(["name", "capital", "city"])
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


_Use = tuple[str, str, str, str, tuple[Reading, ...]]
"""Text, code, kind, spelling (as matching.spelling_of) and readings of a name: a plain tuple, for
there are dozens of hits in an article."""


class MentionFinder:
    """Finds mentions by the dictionaries' rules."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._roles = RoleReader(lexicon)
        uses: dict[str, list[_Use]] = defaultdict(list)
        for text, code, kind in lexicon.names:
            readings = lexicon.readings.get(text, ())
            uses[fold(text).text].append((text, code, kind, spelling_of(text), readings))
        self._uses = {pattern: tuple(found) for pattern, found in uses.items()}
        self._officials = lexicon.role_words("official")

    def find(self, article: Context) -> tuple[list[Mention], list[Mention]]:
        """Mentions of states and of organisations, each in the order of the text."""
        found = _Found(article, ArticleReader(article.raw), [], [], [])
        covered = 0
        for start, end, _ in article.hits.names:
            if start >= covered and self._take(start, end, found):
                covered = end
        for credit in found.credits:
            _discount(found, *found.reader.caption(credit))
        self._read_closely(article.folded.text, found.states)
        return found.states, found.organisations

    def _take(self, start: int, end: int, found: "_Found") -> bool:
        """Adds what a hit stands for; False if it stands for nothing as it is written there."""
        article, reader, states, organisations, credits_ = found
        folded, raw = article.folded, article.raw
        first, last = (start, end) if folded.starts is None else folded.original(start, end)
        uses = self._uses[folded.text[start:end]]
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
                zone = article.zones.of(start)
                organisations.append(Mention(start, end, code, kind, zone))
            else:
                self._add(use, (start, end), (first, last), found, states)
        return taken

    def _add(
        self,
        use: _Use,
        span: tuple[int, int],
        raw_span: tuple[int, int],
        found: "_Found",
        states: list[Mention],
    ) -> None:
        """Adds mentions of the states that a name means."""
        name, code, kind, _, readings = use
        start, end = span
        if kind == "government" and states and _is_owned(states[-1], start, code):
            return
        article, reader = found.article, found.reader
        role, part = self._roles.role(kind, article.folded.text, start, end)
        if kind in _PLACES and reader.is_dateline(*raw_span):
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
        return word not in self._officials and word not in self._uses

    def _read_closely(self, text: str, states: list[Mention]) -> None:
        """Says for states that are named once or twice whether they play a part there."""
        codes = [mention.code for mention in states]
        counts = Counter(codes)
        scarce = [
            at for at, c in enumerate(codes) if counts[c] <= SCARCE and states[at].zone != TITLE
        ]
        if not scarce:
            return
        lists = coordinated(text, [(m.start, m.end) for m in states])
        lengths = Counter(lists)
        best: dict[int, int] = {}
        heads: dict[int, int] = {}
        for number, mention in zip(lists, states, strict=True):
            heads.setdefault(number, mention.start)
            if mention.part > best.get(number, NAMED):
                best[number] = mention.part
        for at in scarce:
            mention, number = states[at], lists[at]
            if mention.part != NAMED:
                continue
            if best.setdefault(number, NAMED) == NAMED:
                head = heads[number]
                if self._roles.is_government_of(text, head):
                    best[number] = ACTS
                elif self._roles.is_dealt_with(text, head):
                    best[number] = DEALT
            part = best[number]
            if part == NAMED and lengths[number] >= LONG_LIST:
                part = LISTED
            states[at] = mention._replace(part=part)


class _Found(NamedTuple):
    """What one article has given so far. `credits` are positions in `raw`."""

    article: Context
    reader: ArticleReader
    states: list[Mention]
    organisations: list[Mention]
    credits: list[int]


def _is_owned(last: Mention, start: int, code: str) -> bool:
    """True for a house of another state: `Canada's House of Commons`."""
    return last.code != code and start - last.end <= LONGEST_POSSESSIVE


def _discount(found: _Found, begin: int, end: int) -> None:
    """Makes what is named in `raw[begin:end]`, a caption, be named in passing."""
    original = found.article.folded.original
    for at, mention in enumerate(found.states):
        if begin <= original(mention.start, mention.end)[0] < end:
            found.states[at] = mention._replace(part=PASSING, zone=max(mention.zone, REST))
