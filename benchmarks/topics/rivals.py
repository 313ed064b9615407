"""What one would do without Communiqué: a list of keywords, or embeddings and a regression."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.topics.fit import fit_logistic
from benchmarks.topics.labelled import FOLDS, Labelled, Row, fold_of
from benchmarks.topics.score import Answer
from transforms.topics import Tagger
from transforms.topics.mentions import REST

RIDGE = 1.0
LEAST_LABELS = 3
"""A topic needs so many articles to learn from."""


def keywords(tagger: Tagger, row: Row) -> Answer:
    """The same dictionaries without gate and model: each strong term gives its topic.

    The topic is primary if the term stands in title or lead; diplomatic is what has a topic; every
    state that is named counts, and every two of them in the title are a pair.
    """
    seen = tagger.look(row["title"], row["text"])
    topics = {}
    for index, hits in seen.hits.items():
        zones = [zone for _, strength, zone, _ in hits if strength == "strong"]
        if zones:
            is_early = any(zone != REST for zone in zones)
            topics[tagger.topic_ids[index]] = "primary" if is_early else "mentioned"
    measured = {t: salience for t, salience in topics.items() if t in tagger.measured_topics}
    title_end = seen.article.zones.title_end
    titled = sorted({code for _, end, code, *_ in seen.states if end <= title_end})
    pairs = {(a, b) for i, a in enumerate(titled) for b in titled[i + 1 :]}
    codes = frozenset(code for _, _, code, *_ in seen.states)
    return Answer(bool(measured), measured, codes, frozenset(pairs))


def read_vectors(path: Path) -> dict[str, list[float]]:
    """Embeddings by the id of the article."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["vector"] for row in rows}


def embedded(articles: Sequence[Labelled], vectors: Mapping[str, Sequence[float]]) -> list[Answer]:
    """One regression for the gate, two a topic; each article by those that never saw it."""
    x = np.array([vectors[article.row["id"]] for article in articles])
    folds = np.array([fold_of(article.cluster, FOLDS) for article in articles])
    answers = [
        Answer(diplomatic=False, topics={}, countries=frozenset(), dyads=frozenset())
        for _ in articles
    ]
    for fold in range(FOLDS):
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        known = [i for i in train if articles[i].is_diplomatic is not None]
        is_open = _predicted(x, known, [float(articles[i].is_diplomatic) for i in known], test)
        inside = [i for i in known if articles[i].is_diplomatic]
        given, primary = (
            {t: _predicted(x, inside, y, test) for t, y in _labels(articles, inside, s).items()}
            for s in (("primary", "mentioned", "either"), ("primary",))
        )
        for at, i in enumerate(test):
            topics = {
                t: "primary" if t in primary and primary[t][at] >= 0.5 else "mentioned"
                for t in given
                if is_open[at] >= 0.5 and given[t][at] >= 0.35
            }
            answers[i] = Answer(bool(is_open[at] >= 0.5), topics, frozenset(), frozenset())
    return answers


def _labels(
    articles: Sequence[Labelled], numbers: Sequence[int], saliences: tuple[str, ...]
) -> dict[str, list[float]]:
    topics = {topic for i in numbers for topic in articles[i].row["topics"]}
    labels = {
        topic: [float(articles[i].row["topics"].get(topic) in saliences) for i in numbers]
        for topic in sorted(topics)
    }
    return {topic: values for topic, values in labels.items() if sum(values) >= LEAST_LABELS}


def _predicted(
    x: np.ndarray, train: Sequence[int], labels: Sequence[float], test: np.ndarray
) -> np.ndarray:
    y = np.array(labels)
    bias, weights = fit_logistic(x[train], y, np.ones(len(y)), RIDGE, (0,) * x.shape[1])
    return 1 / (1 + np.exp(-(bias + x[test] @ np.array(weights))))
