"""The tagger: title and text of an article in, everything it is about out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.article import Country, Dyad, Topic
from transforms.topics.evidence import countries_of, dyads_of, term_evidence
from transforms.topics.folding import fold
from transforms.topics.languages import COUNTRIES_ONLY, FULL, NONE, looks_english, primary_subtag
from transforms.topics.lexicon import Lexicon
from transforms.topics.local_names import UnspacedMatcher, find_local_mentions, local_matcher
from transforms.topics.matching import Matcher, english_matcher
from transforms.topics.mentions import LEAD_CHARACTERS, Context, Mention, MentionFinder, Zones
from transforms.topics.name_index import NameIndex
from transforms.topics.relevance import GATE_COUNTS, gate_counts
from transforms.topics.scoring import (
    TOPIC_COUNTS,
    TermHits,
    counts_of,
    deciding,
    find_terms,
    points_of,
)
from transforms.topics.taxonomy import PACKAGED, UNMEASURED, TopicDefinition, load_taxonomy
from transforms.topics.versions import model_version
from transforms.topics.weights import Weights, load_weights

MAX_NEAR_MISSES = 5


class NearMiss(NamedTuple):
    """A topic that was not given, and why not."""

    id: str
    score: float  # as in Topic: a probability
    reason: str


class Tagging(NamedTuple):
    """What an article is about. With a closed gate topics, dyads and domains are empty."""

    diplomatic: bool
    score: float  # the probability that it is diplomatic
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


def load_tagger(taxonomy: Path | None = None, weights: Weights | None = None) -> "Tagger":
    """The tagger with the packaged taxonomy, or with that of a file instead; so for the weights.

    Takes about 0.5 s of CPU; build it once a worker.
    Raises: TaxonomyError for a bad taxonomy, LexiconError for a damaged installation.
    """
    fitted = load_weights(GATE_COUNTS, TOPIC_COUNTS) if weights is None else weights
    return Tagger(PACKAGED if taxonomy is None else taxonomy, Lexicon(), fitted)


def tagging_versions(taxonomy: Path | None = None) -> tuple[str, str]:
    """taxonomy_version and model_version of what `load_tagger(taxonomy)` tags.

    Takes about a quarter of its CPU (measured), as nothing is made for matching. Raises the same.
    """
    fitted = load_weights(GATE_COUNTS, TOPIC_COUNTS)
    checked = load_taxonomy(PACKAGED if taxonomy is None else taxonomy)
    return checked.version, model_version(fitted, Lexicon())


class Tagger:
    """Tags articles. Deterministic: the same title, text and language give the same Tagging."""

    def __init__(self, taxonomy: Path, lexicon: Lexicon, weights: Weights) -> None:
        self._taxonomy = load_taxonomy(taxonomy)
        self._lexicon = lexicon
        names = NameIndex(lexicon)
        self._mentions = MentionFinder(lexicon, names)
        self._english = english_matcher(self._taxonomy, lexicon, names)
        self._weights = weights
        self._local: dict[str, Matcher | UnspacedMatcher] = {}
        self.topic_ids = tuple(topic.id for topic in self._taxonomy.topics)
        self.measured_topics = frozenset(
            topic.id for topic in self._taxonomy.topics if topic.status != UNMEASURED
        )
        self.taxonomy_version = self._taxonomy.version
        self.model_version = model_version(weights, lexicon)

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
            countries=countries_of(article, states),
            organisations=_most_named(organisations),
        )

    def _local_matcher(self, subtag: str) -> Matcher | UnspacedMatcher:
        if subtag not in self._local:
            self._local[subtag] = local_matcher(self._lexicon.local_names(subtag), subtag)
        return self._local[subtag]

    def counts(self, title: str, text: str) -> tuple[list[float], dict[str, list[float]]]:
        """What the weights are fitted to: the gate's counts, and those of each topic.

        Shape: GATE_COUNTS; TOPIC_COUNTS for each topic that has a term, and actors enough.
        """
        seen = self.look(title, text)
        topics = ((self._taxonomy.topics[index], hits) for index, hits in seen.hits.items())
        return seen.gate, {
            topic.id: counts_of(hits) for topic, hits in topics if seen.actors >= topic.needs_states
        }

    def look(self, title: str, text: str) -> "Seen":
        """What an English article shows, before anything is decided."""
        article = _context(title, text, self._english)
        states, organisations = self._mentions.find(article)
        hits = find_terms(article, states)
        points = sum(map(points_of, hits.values()))
        words = article.raw.count(" ") + 1
        gate = gate_counts(article.zones, article.hits.words, states, organisations, points, words)
        actors = len({mention[2] for mention in [*states, *organisations]})
        return Seen(article, states, organisations, hits, gate, actors)

    def _tag_english(self, title: str, text: str) -> Tagging:
        seen = self.look(title, text)
        score = round(self._weights.gate.probability(seen.gate), 4)
        found = Tagging(
            diplomatic=score >= self._weights.gate.threshold,
            score=score,
            topics=(),
            countries=countries_of(seen.article, seen.states),
            organisations=_most_named(seen.organisations),
            dyads=(),
            near_misses=(),
            level=FULL,
            domain_ids=(),
        )
        topics, misses = self._topics(seen, found)
        if not found.diplomatic:
            return found._replace(near_misses=misses)
        parents = {definition.parent for definition, _ in topics}
        return found._replace(
            topics=tuple(topic for _, topic in topics),
            near_misses=misses,
            dyads=dyads_of(seen.article, seen.states, seen.organisations, found.countries),
            domain_ids=tuple(d for d in self._taxonomy.domains if d in parents),
        )

    def _topics(
        self, seen: "Seen", found: Tagging
    ) -> tuple[list[tuple[TopicDefinition, Topic]], tuple[NearMiss, ...]]:
        _, given, primary = self._weights[1:]
        topics: list[tuple[TopicDefinition, Topic]] = []
        misses: list[tuple[float, str, TopicDefinition]] = []
        for index, hits in seen.hits.items():
            definition = self._taxonomy.topics[index]
            counts = counts_of(hits)
            score = round(given.probability(counts), 4)
            if (
                score < given.threshold
                or seen.actors < definition.needs_states
                or not found.diplomatic
            ):
                misses.append((-score, definition.id, definition))
                continue
            is_primary = primary.probability(counts) >= primary.threshold
            evidence = term_evidence(seen.article, deciding(hits, primary if is_primary else given))
            salience = "primary" if is_primary else "mentioned"
            topics.append((definition, Topic(definition.id, score, salience, evidence)))
        topics.sort(key=lambda pair: (-pair[1].score, pair[0].id))
        misses.sort()
        return topics, tuple(
            [
                NearMiss(topic_id, -score, self._reason_against(definition, -score, seen, found))
                for score, topic_id, definition in misses[:MAX_NEAR_MISSES]
            ]
        )

    def _reason_against(
        self, definition: TopicDefinition, score: float, seen: "Seen", found: Tagging
    ) -> str:
        """Why a topic with a term in the article is not given."""
        gate, given = self._weights.gate.threshold, self._weights.given.threshold
        if not found.diplomatic:
            return f"the article is not diplomatic: {found.score:.2f} of {gate:.2f}"
        if seen.actors < definition.needs_states:
            return f"needs {definition.needs_states} states or organisations, has {seen.actors}"
        return f"its terms are too few or too weak: {score:.2f} of {given:.2f}"


def _context(title: str, text: str, matcher: Matcher | UnspacedMatcher) -> Context:
    one_line = title.replace("\n", " ")
    raw = f"{one_line}\n{text}"
    folded = fold(raw)
    title_end = folded.text.index("\n")
    zones = Zones(title_end, title_end + 1 + LEAD_CHARACTERS)
    return Context(title, text, raw, folded, zones, matcher.find(folded.text))


class Seen(NamedTuple):
    """What an article shows before anything is decided."""

    article: Context
    states: list[Mention]
    organisations: list[Mention]
    hits: dict[int, list[TermHits]]
    """By topic index."""
    gate: list[float]
    actors: int
    """Distinct states and organisations."""


def _most_named(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple([code for code, _ in Counter([mention[2] for mention in mentions]).most_common()])
