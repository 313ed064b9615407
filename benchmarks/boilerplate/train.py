"""Train the block classifier: cross-validate by host, fit on all pages, write the model.

    python -m benchmarks.boilerplate.train DATA [--model FILE] [--card FILE] [--scores FILE]

DATA holds a folder for each set: gold.jsonl and pages/<id>.html.gz. Every random choice is seeded:
the same data, versions and machine give the same file. Takes about ten minutes of two cores.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.boilerplate import learn
from benchmarks.boilerplate.card import BEGIN, END, model_card
from benchmarks.boilerplate.examples import Example, read_examples, variants
from benchmarks.boilerplate.gold import read_sets
from benchmarks.boilerplate.quality import put_between_marks
from benchmarks.boilerplate.score import overlap, tokens
from transforms.boilerplate.body import body_of
from transforms.boilerplate.choose import Choice, best_cut
from transforms.boilerplate.classifier.model import MODEL

FOLDS = 5
INNER_FOLDS = 4
ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "transforms" / "boilerplate" / "classifier" / MODEL


def fold_of(host: str, folds: int, salt: str = "") -> int:
    """The fold that all pages of a host are in."""
    return int(hashlib.md5(f"{salt}{host}".encode()).hexdigest(), 16) % folds


def cross_validated(pages: Sequence[Example], extra: Sequence[Example]) -> list[dict]:
    """For each page the text that a classifier chose which saw no page of its host."""
    rows = []
    for fold in range(FOLDS):
        started = time.monotonic()
        rest = [e for e in (*pages, *extra) if fold_of(e.host, FOLDS) != fold]
        _, classifier = learn.fit(rest, _inner, INNER_FOLDS)
        rows += [_scored(e, classifier) for e in pages if fold_of(e.host, FOLDS) == fold]
        print(f"fold {fold}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return rows


def _inner(example: Example) -> int:
    return fold_of(example.host, INNER_FOLDS, "inner")


def _scored(example: Example, classifier) -> dict:
    page = example.page
    likely = classifier.probabilities_of(page, example.title)
    kept, expected = best_cut(page, likely)
    choice = Choice(kept.tolist(), kept.tolist(), expected)
    text = body_of(page.layout, choice, example.title, example.article).text
    score = overlap(tokens(text), tokens(example.gold))
    return {
        "dataset": example.dataset,
        "id": example.id,
        "lang": example.language,
        **score._asdict(),
        "expected": expected,
        "text": text,
    }


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, default=OUTPUT)
    parser.add_argument("--scores", type=Path, help="write the cross-validated texts here")
    parser.add_argument("--card", type=Path, help="put the figures into this page")
    arguments = parser.parse_args()
    pages = list(read_examples(arguments.data))
    seed = random.Random(learn.SEED)
    extra = [variant for example in pages for variant in variants(example, seed)]
    print(f"{len(pages)} pages, {len(extra)} variants", file=sys.stderr)
    rows = cross_validated(pages, extra)
    names, classifier = learn.fit([*pages, *extra], _inner, INNER_FOLDS)
    agreement = learn.fit_agreement([r["expected"] for r in rows], [r["f1"] for r in rows])
    arrays = learn.pack(names, classifier._replace(agreement=agreement))
    np.savez_compressed(arguments.model, **arrays)
    card = model_card(pages, rows, arguments.model.stat().st_size)
    print(card)
    if arguments.card:
        put_between_marks(arguments.card, card, (BEGIN, END))
    if arguments.scores:
        known = {(row["dataset"], row["id"]) for row in rows}
        for gold in read_sets(arguments.data):
            if gold.text is not None and gold.key not in known:  # a page without any block
                rows.append({"dataset": gold.dataset, "id": gold.id, "text": ""})
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        arguments.scores.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
