"""The tagger: title and text of an article in, everything it is about out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.article import Country, Dyad, Evidence, Topic
from transforms.topics.countries import rank_countries
from transforms.topics.dyads import find_pairs
from transforms.topics.folding import fold
from transforms.topics.languages import COUNTRIES_ONLY, FULL, NONE, looks_english, primary_subtag
from transforms.topics.lexicon import Lexicon
from transforms.topics.local_names import find_local_mentions, local_matcher
from transforms.topics.matching import Matcher, english_matcher
from transforms.topics.mentions import LEAD_CHARACTERS, Context, Mention, MentionFinder, Zones
from transforms.topics.relevance import OPEN_AT, features, probability
from transforms.topics.scoring import (
    MENTIONED_AT,
    TermPoints,
    find_terms,
    points_of,
    salience_of,
    score_of,
)
from transforms.topics.taxonomy import PACKAGED, TopicDefinition, load_taxonomy

RULES_VERSION = "rules-1"
MAX_EVIDENCE = 3
MAX_NEAR_MISSES = 5
DYAD_ORGANISATIONS = frozenset({"EU"})
"""Organisations that act like a state in a pair (trade, accession, Brexit)."""


class NearMiss(NamedTuple):
    """A topic that was not given, and why not."""

    id: str
    score: float  # as in Topic, 0.0 to 1.0
    reason: str


class Tagging(NamedTuple):
    """What an article is about. With a closed gate topics, dyads and domains are empty."""

    diplomatic: bool
    score: float  # 0.0 to 1.0: how clearly it is diplomatic
    topics: tuple[Topic, ...]  # strongest first
    countries: tuple[Country, ...]  # most named first
    organisations: tuple[str, ...]  # most named first
    dyads: tuple[Dyad, ...]
    near_misses: tuple[NearMiss, ...]  # strongest first, at most MAX_NEAR_MISSES
    level: str  # "full", "countries_only" or "none"
    domain_ids: tuple[str, ...]  # of the topics, in the order of the taxonomy


UNTAGGED = Tagging(
    diplomatic=False,
    score=0.0,
    topics=(),
    countries=(),
    organisations=(),
    dyads=(),
    near_misses=(),
    level=NONE,
    domain_ids=(),
)


def load_tagger(taxonomy: Path | None = None) -> "Tagger":
    """The tagger with the packaged taxonomy, or with that of a file instead.

    Takes about 0.2 s of CPU; build it once a worker.
    Raises: TaxonomyError for a bad taxonomy, LexiconError for a damaged installation.
    """
    return Tagger(PACKAGED if taxonomy is None else taxonomy, Lexicon())


class Tagger:
    """Tags articles. Deterministic: the same title, text and language give the same Tagging."""

    def __init__(self, taxonomy: Path, lexicon: Lexicon) -> None:
        self._taxonomy = load_taxonomy(taxonomy)
        self._lexicon = lexicon
        self._mentions = MentionFinder(lexicon)
        self._english = english_matcher(self._taxonomy, lexicon)
        self._local: dict[str, Matcher] = {}
        self.taxonomy_version = self._taxonomy.version
        self.model_version = f"{RULES_VERSION}+{lexicon.digest()}"

    def tag(self, title: str, text: str, language: str | None) -> Tagging:
        """What the article is about. `language`: a tag such as `en`, `zh-Hans`; None: unknown.

        English, and what looks like it if the language is unknown, is tagged in full. Languages
        with names in the lexicon get countries only: their score is 0.0 and not a judgement.
        Takes any str, empty ones too; raises nothing.
        """
        subtag = primary_subtag(language)
        if subtag == "en" or (subtag is None and looks_english(text or title)):
            return self._tag_english(title, text)
        if subtag is None or subtag not in self._lexicon.languages:
            return UNTAGGED
        article = _context(title, text, self._local_matcher(subtag))
        states, organisations = find_local_mentions(article)
        return UNTAGGED._replace(
            level=COUNTRIES_ONLY,
            countries=_countries(article, states),
            organisations=_most_named(organisations),
        )

    def _local_matcher(self, subtag: str) -> Matcher:
        if subtag not in self._local:
            self._local[subtag] = local_matcher(self._lexicon.local_names(subtag), subtag)
        return self._local[subtag]

    def _tag_english(self, title: str, text: str) -> Tagging:
        article = _context(title, text, self._english)
        states, organisations = self._mentions.find(article)
        hits = find_terms(article, states, len(self._taxonomy.topics))
        points = sum(map(points_of, hits))
        words = article.raw.count(" ") + 1
        counts = features(article.zones, article.hits.words, states, organisations, points, words)
        score = round(probability(counts), 4)
        actors = len({m.code for m in (*states, *organisations)})
        countries = _countries(article, states)
        found = Tagging(
            diplomatic=score >= OPEN_AT,
            score=score,
            topics=(),
            countries=countries,
            organisations=_most_named(organisations),
            dyads=(),
            near_misses=(),
            level=FULL,
            domain_ids=(),
        )
        topics, misses = self._topics(article, hits, actors, found)
        parents = {t.parent for t, _ in topics}
        return found._replace(
            topics=tuple(topic for _, topic in topics),
            near_misses=misses,
            dyads=_dyads(article, states, organisations, found) if found.diplomatic else (),
            domain_ids=tuple(d for d in self._taxonomy.domains if d in parents),
        )

    def _topics(
        self,
        article: Context,
        hits: Sequence[Sequence[TermPoints]],
        actors: int,
        found: Tagging,
    ) -> tuple[list[tuple[TopicDefinition, Topic]], tuple[NearMiss, ...]]:
        topics: list[tuple[TopicDefinition, Topic]] = []
        misses: list[NearMiss] = []
        for definition, own in zip(self._taxonomy.topics, hits, strict=True):
            if not own:
                continue
            points = points_of(own)
            score = score_of(points)
            reason = _reason_against(definition, points, actors, found)
            if reason:
                misses.append(NearMiss(definition.id, score, reason))
                continue
            evidence = _term_evidence(article, own)
            topics.append((definition, Topic(definition.id, score, salience_of(own), evidence)))
        topics.sort(key=lambda pair: (-pair[1].score, pair[0].id))
        misses.sort(key=lambda miss: (-miss.score, miss.id))
        return topics, tuple(misses[:MAX_NEAR_MISSES])


def _reason_against(definition: TopicDefinition, points: float, actors: int, found: Tagging) -> str:
    """Why a topic with some points is not given; "" if it is."""
    if not found.diplomatic:
        return f"the article is not diplomatic: {found.score:.2f} of {OPEN_AT:.2f}"
    if actors < definition.needs_states:
        return f"needs {definition.needs_states} states or organisations, has {actors}"
    if points < MENTIONED_AT:
        return f"too few terms: {points:g} of {MENTIONED_AT:g} points"
    return ""


def _context(title: str, text: str, matcher: Matcher) -> Context:
    one_line = title.replace("\n", " ")
    raw = f"{one_line}\n{text}"
    folded = fold(raw)
    title_end = folded.text.index("\n")
    zones = Zones(title_end, title_end + 1 + LEAD_CHARACTERS)
    return Context(title, text, raw, folded, zones, matcher.find(folded.text))


def _evidence(article: Context, start: int, end: int, rule: str) -> Evidence:
    """Evidence for a span of `raw`."""
    if end <= len(article.title):
        return Evidence("title", start, end, article.title[start:end], rule)
    shift = len(article.title) + 1
    start, end = start - shift, end - shift
    return Evidence("text", start, end, article.text[start:end], rule)


def _term_evidence(article: Context, hits: Sequence[TermPoints]) -> tuple[Evidence, ...]:
    strongest = sorted(hits, key=lambda hit: (-hit.points, hit.start))[:MAX_EVIDENCE]
    return tuple(
        _evidence(article, *article.folded.original(h.start, h.end), h.term) for h in strongest
    )


def _most_named(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(code for code, _ in Counter(m.code for m in mentions).most_common())


def _countries(article: Context, mentions: Sequence[Mention]) -> tuple[Country, ...]:
    original = article.folded.original
    return tuple(
        Country(
            code,
            role,
            tuple(
                _evidence(article, *original(m.start, m.end), m.role) for m in own[:MAX_EVIDENCE]
            ),
        )
        for code, role, own in rank_countries(mentions)
    )


def _dyads(
    article: Context, states: Sequence[Mention], organisations: Sequence[Mention], found: Tagging
) -> tuple[Dyad, ...]:
    allowed = {c.code for c in found.countries} | DYAD_ORGANISATIONS
    parties = sorted([*states, *(m for m in organisations if m.code in DYAD_ORGANISATIONS)])
    return tuple(
        Dyad(p.a, p.b, (_evidence(article, p.start, p.end, "same sentence"),))
        for p in find_pairs(article, parties, allowed)
    )
