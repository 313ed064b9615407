"""The tagger: title and text of an article in, everything it is about out."""

from collections.abc import Iterator, Sequence
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
from transforms.topics.near_misses import NearMiss, near_misses
from transforms.topics.relevance import GATE_COUNTS, gate_counts
from transforms.topics.scoring import (
    TOPIC_COUNTS,
    TermHits,
    TopicModel,
    counts_of,
    deciding,
    find_terms,
    sums_of,
)
from transforms.topics.taxonomy import PACKAGED, UNMEASURED, TopicDefinition, load_taxonomy
from transforms.topics.versions import model_version
from transforms.topics.weights import Weights, load_weights


class Tagging(NamedTuple):
    """What an article is about. With a closed gate topics, dyads and domains are empty."""

    diplomatic: bool
    score: float  # the probability that it is diplomatic
    topics: tuple[Topic, ...]  # strongest first
    countries: tuple[Country, ...]  # most named first
    organisations: tuple[str, ...]  # most named first
    dyads: tuple[Dyad, ...]
    near_misses: tuple[NearMiss, ...]  # strongest first, at most 5; () if not asked for
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

    Takes 0.45 s of CPU (measured), of which the taxonomy 0.18 s; build it once a worker.
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
        self._gate = weights.gate
        self._given, self._primary = TopicModel(weights.given), TopicModel(weights.primary)
        self._local: dict[str, Matcher | UnspacedMatcher] = {}
        self.topic_ids = tuple(topic.id for topic in self._taxonomy.topics)
        self.measured_topics = frozenset(
            topic.id for topic in self._taxonomy.topics if topic.status != UNMEASURED
        )
        self.taxonomy_version = self._taxonomy.version
        self.model_version = model_version(weights, lexicon)

    def tag(self, title: str, text: str, language: str | None) -> Tagging:
        """What the article is about, without near misses.

        `language`: a tag such as `en`, `zh-Hans`; None: unknown.

        English, and what looks like it if the language is unknown, is tagged in full. Languages
        with names in the lexicon get countries only: their score is 0.0 and not a judgement.
        Takes any str, empty ones too; raises nothing.
        """
        subtag = primary_subtag(language)
        if subtag == "en" or (subtag is None and looks_english(text or title)):
            return self._tag_english(self.look(title, text))
        if subtag is None or subtag not in self._lexicon.languages:
            return UNTAGGED
        article = _context(title, text, self._local_matcher(subtag))
        states, organisations = find_local_mentions(article)
        return UNTAGGED._replace(
            level=COUNTRIES_ONLY,
            countries=countries_of(article, states),
            organisations=_most_named(organisations),
        )

    def explain(self, title: str, text: str, language: str | None) -> Tagging:
        """As `tag`, and with the near misses: topics that have a term there, and why not given."""
        found = self.tag(title, text, language)
        if found.level != FULL:
            return found
        seen, given = self.look(title, text), {topic.id for topic in found.topics}
        gate = self._gate.threshold
        misses = near_misses(
            (
                (round(self._given.probability(sums_of(hits)), 4), topic)
                for topic, hits in self._topics_of(seen)
                if topic.id not in given
            ),
            seen.actors,
            self._given.threshold,
            ""
            if found.diplomatic
            else f"the article is not diplomatic: {found.score:.2f} of {gate:.2f}",
        )
        return found._replace(near_misses=misses)

    def _topics_of(self, seen: "Seen") -> Iterator[tuple[TopicDefinition, list[TermHits]]]:
        return ((self._taxonomy.topics[index], hits) for index, hits in seen.hits.items())

    def _local_matcher(self, subtag: str) -> Matcher | UnspacedMatcher:
        if subtag not in self._local:
            self._local[subtag] = local_matcher(self._lexicon.local_names(subtag), subtag)
        return self._local[subtag]

    def counts(self, title: str, text: str) -> tuple[list[float], dict[str, list[float]]]:
        """What the weights are fitted to: the gate's counts, and those of each topic.

        Shape: GATE_COUNTS; TOPIC_COUNTS for each topic that has a term, and actors enough.
        """
        seen = self.look(title, text)
        return seen.gate, {
            topic.id: counts_of(sums_of(hits))
            for topic, hits in self._topics_of(seen)
            if seen.actors >= topic.needs_states
        }

    def look(self, title: str, text: str) -> "Seen":
        """What an English article shows, before anything is decided."""
        article = _context(title, text, self._english)
        states, organisations = self._mentions.find(article)
        hits, points = find_terms(article, states)
        words = article.raw.count(" ") + 1
        gate = gate_counts(article.zones, article.hits.words, states, organisations, points, words)
        actors = len({mention[2] for mentions in (states, organisations) for mention in mentions})
        return Seen(article, states, organisations, hits, gate, actors)

    def _tag_english(self, seen: "Seen") -> Tagging:
        score = round(self._gate.probability(seen.gate), 4)
        countries = countries_of(seen.article, seen.states)
        topics: list[Topic] = []
        dyads: tuple[Dyad, ...] = ()
        parents = set()
        if score >= self._gate.threshold:
            for definition, hits in self._topics_of(seen):
                if seen.actors < definition.needs_states:
                    continue
                if topic := self._topic(definition.id, hits, seen.article):
                    topics.append(topic)
                    parents.add(definition.parent)
            topics.sort(key=lambda topic: (-topic.score, topic.id))
            dyads = dyads_of(seen.article, seen.states, seen.organisations, countries)
        return Tagging(
            diplomatic=score >= self._gate.threshold,
            score=score,
            topics=tuple(topics),
            countries=countries,
            organisations=_most_named(seen.organisations),
            dyads=dyads,
            near_misses=(),
            level=FULL,
            domain_ids=tuple([domain for domain in self._taxonomy.domains if domain in parents]),
        )

    def _topic(self, topic_id: str, hits: Sequence[TermHits], article: Context) -> Topic | None:
        """The topic with what decides it, or None if its hits are too few or too weak."""
        sums = sums_of(hits)
        score = round(self._given.probability(sums), 4)
        if score < self._given.threshold:
            return None
        is_primary = self._primary.probability(sums) >= self._primary.threshold
        proof = deciding(hits, self._primary if is_primary else self._given)
        salience = "primary" if is_primary else "mentioned"
        return Topic(topic_id, score, salience, term_evidence(article, proof))


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
    codes = [mention[2] for mention in mentions]
    return tuple(sorted(dict.fromkeys(codes), key=codes.count, reverse=True))
