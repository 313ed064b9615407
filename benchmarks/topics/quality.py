"""Score the tagger: cross-validated, beside a keyword list and MiniLM, with its evidence tested.

    python -m benchmarks.topics.quality SHARED [--embeddings FILE] [--write docs/quality-topics.md]

SHARED as for `train`. FILE is what minilm.py printed for articles.jsonl, which `--articles FILE`
writes. What is fitted (gate, topics, main points; of MiniLM everything) is fitted ten times without
the articles that are scored, near copies kept together.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.boilerplate.quality import put_between_marks
from benchmarks.topics import report, rivals, train
from benchmarks.topics.labelled import FOLDS, Labelled, fold_of, labelled, read_rows
from benchmarks.topics.score import Answer, Scores, answer_of
from transforms.topics import load_tagger
from transforms.topics.relevance import GATE_COUNTS
from transforms.topics.scoring import TOPIC_COUNTS
from transforms.topics.weights import unpack

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def cross_validated(articles: Sequence[Labelled], others: Sequence[list[float]]) -> list[Answer]:
    """What the tagger says of each article with weights that never saw it or a copy of it."""
    answers: dict[int, Answer] = {}
    for fold in range(FOLDS):
        rest = [a for a in articles if fold_of(a.cluster, FOLDS) != fold]
        tagger = load_tagger(weights=unpack(train.fit(rest, others), GATE_COUNTS, TOPIC_COUNTS))
        for i, article in enumerate(articles):
            if fold_of(article.cluster, FOLDS) == fold:
                answers[i] = answer_of(tagger, article.row)
    return [answers[i] for i in range(len(articles))]


def main() -> None:
    """Measure, print, and write the tables where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--articles", type=Path, help="write the texts for minilm.py here and stop")
    parser.add_argument("--embeddings", type=Path, help="what minilm.py printed")
    parser.add_argument("--write", type=Path, help="page that gets the tables")
    asked = parser.parse_args()
    rows = read_rows(asked.shared)
    if asked.articles:
        lines = (json.dumps({k: row[k] for k in ("id", "title", "text")}) for row in rows)
        asked.articles.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    tagger = load_tagger()
    articles = labelled(rows, tagger)
    others = train.read_others(asked.shared / "extraction", tagger)
    systems = {
        "Communiqué, cross-validated": cross_validated(articles, others),
        "Communiqué, as it ships": [answer_of(tagger, row) for row in rows],
        "keywords alone": [rivals.keywords(tagger, row) for row in rows],
    }
    if asked.embeddings:
        vectors = rivals.read_vectors(asked.embeddings)
        systems["MiniLM + logistic regression, cross-validated"] = rivals.embedded(
            articles, vectors
        )
    scores = {name: Scores(articles, answers) for name, answers in systems.items()}
    text = report.tables(scores, tagger, rows, asked.shared / "extraction")
    print(text)
    if asked.write:
        put_between_marks(asked.write, text, (BEGIN, END))


if __name__ == "__main__":
    sys.exit(main())
