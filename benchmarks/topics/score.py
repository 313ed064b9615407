"""What a tagger answers for an article, and how right that is: precision, recall, F1, intervals."""

import random
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from benchmarks.topics.labelled import Labelled, Row
from transforms.topics import Tagger

RESAMPLES = 1_000
SEED = 1
MEASURES = ("gate", "topics", "primary", "countries", "dyads")


class Answer(NamedTuple):
    """What is compared with the labels."""

    diplomatic: bool
    topics: dict[str, str]  # id -> salience
    countries: frozenset[str]
    dyads: frozenset[tuple[str, str]]


class Counts(NamedTuple):
    """Right, too much, missed."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float:
        """0.0 where nothing was answered."""
        return self.tp / (self.tp + self.fp) if self.tp else 0.0

    @property
    def recall(self) -> float:
        """0.0 where nothing was found."""
        return self.tp / (self.tp + self.fn) if self.tp else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0


def answer_of(tagger: Tagger, row: Row) -> Answer:
    """The tagger's answer, without topics that nobody has labelled."""
    found = tagger.tag(row["title"], row["text"], "en")
    measured = tagger.measured_topics
    return Answer(
        found.diplomatic,
        {t.id: t.salience for t in found.topics if t.id in measured},
        frozenset(c.code for c in found.countries),
        frozenset((d.a, d.b) for d in found.dyads),
    )


def compared(article: Labelled, answer: Answer) -> dict[str, Counts]:
    """The counts of one article by measure; optional labels count neither way.

    A disputed article counts for nothing; states and pairs are scored on diplomatic ones.
    """
    row, found = article.row, answer.topics
    if article.is_diplomatic is None:
        return {}
    gold, optional = row["topics"], set(row["topics_optional"])
    either = {topic for topic, salience in gold.items() if salience == "either"}
    main = [topic for topic, salience in found.items() if salience == "primary"]
    wanted = [topic for topic, salience in gold.items() if salience == "primary"]
    results = {
        "gate": _counts([1] * answer.diplomatic, [1] * article.is_diplomatic, ()),
        "topics": _counts(found, gold, optional),
        "primary": _counts(main, wanted, optional | either),
    }
    if article.is_diplomatic:
        states = (_states(row[name]) for name in ("countries", "countries_optional"))
        pairs = (map(tuple, row[name]) for name in ("dyads", "dyads_optional"))
        results["countries"] = _counts(answer.countries, *states)
        results["dyads"] = _counts(answer.dyads, *pairs)
    return results


def _states(codes: Iterable[str]) -> set[str]:
    """Without the EU, which is no state."""
    return {code for code in codes if len(code) == 3}


def _counts(found: Iterable[Any], gold: Iterable[Any], optional: Iterable[Any]) -> Counts:
    answered, wanted, free = set(found), set(gold), set(optional)
    return Counts(len(answered & wanted), len(answered - wanted - free), len(wanted - answered))


class Scores:
    """The answers of one tagger beside the labels."""

    def __init__(self, articles: Sequence[Labelled], answers: Sequence[Answer]) -> None:
        self.articles = list(zip(articles, answers, strict=True))
        self._compared = [compared(article, answer) for article, answer in self.articles]

    def counts(self, measure: str, some: Iterable[int] | None = None) -> Counts:
        """The counts over all articles, or over those with these numbers (repeats count)."""
        numbers = range(len(self.articles)) if some is None else some
        found = [self._compared[i][measure] for i in numbers if measure in self._compared[i]]
        return Counts(*map(sum, zip(*found, strict=True))) if found else Counts(0, 0, 0)

    def interval(self, measure: str) -> tuple[float, float]:
        """The 95 % bootstrap interval of F1, by clusters of near copies; seeded."""
        clusters: dict[int, list[int]] = {}
        for i, (article, _) in enumerate(self.articles):
            clusters.setdefault(article.cluster, []).append(i)
        groups, drawn = list(clusters.values()), random.Random(SEED)
        values = sorted(
            self.counts(measure, [i for g in drawn.choices(groups, k=len(groups)) for i in g]).f1
            for _ in range(RESAMPLES)
        )
        return values[RESAMPLES // 40], values[-RESAMPLES // 40]

    def mentioned(self) -> Counts:
        """Topics that labels or answer call mentioned, not primary; the answer's salience aside."""
        total = [0, 0, 0]
        for article, answer in self.articles:
            if article.is_diplomatic is None:
                continue
            row = article.row
            gold = {t for t, salience in row["topics"].items() if salience == "mentioned"}
            free = set(row["topics"]) - gold | set(row["topics_optional"])
            counts = _counts(answer.topics, gold, free)
            total = [a + b for a, b in zip(total, counts, strict=True)]
        return Counts(*total)

    def by_topic(self) -> dict[str, Counts]:
        """The counts of each topic that is labelled or answered."""
        found: dict[str, Counts] = {}
        for article, answer in self.articles:
            if article.is_diplomatic is None:
                continue
            row = article.row
            for topic in {*row["topics"], *answer.topics} - set(row["topics_optional"]):
                old = found.get(topic, Counts(0, 0, 0))
                is_found, is_gold = topic in answer.topics, topic in row["topics"]
                found[topic] = Counts(
                    old.tp + (is_found and is_gold),
                    old.fp + (is_found and not is_gold),
                    old.fn + (is_gold and not is_found),
                )
        return found
