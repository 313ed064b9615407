"""The card of the trained model, as `docs/quality.md` shows it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from benchmarks.boilerplate import learn
from benchmarks.boilerplate.examples import Example
from transforms.boilerplate.classifier import features, second_look

BEGIN, END = "<!-- model: begin -->", "<!-- model: end -->"
FEW = 4
STEPS = (0.0, 0.8, 0.9, 0.95, 0.98, 1.0)


def model_card(pages: Sequence[Example], rows: Sequence[dict], size: int) -> str:
    """Size and settings, and the cross-validated scores by set, by language and by confidence."""
    hosts = len({page.host for page in pages})
    return f"""{len(pages)} pages of {hosts} hosts; {size:,} bytes; two forests of \
{learn.FIRST_TREES} and {learn.SECOND_TREES} oblivious trees of depth {learn.DEPTH} over \
{features.COLUMNS} and {features.COLUMNS + second_look.COLUMNS} columns; seed {learn.SEED}. \
Macro F1 {macro_f1(rows):.4f}, cross-validated by host.

{_table("set", rows, "dataset", 1)}

{_table("language", rows, "lang", FEW)}

{_agreement(rows)}"""


def macro_f1(rows: Sequence[dict]) -> float:
    """The mean over the sets of the mean F1 of their pages."""
    names = dict.fromkeys(row["dataset"] for row in rows)
    return float(np.mean([np.mean([r["f1"] for r in rows if r["dataset"] == n]) for n in names]))


def _table(what: str, rows: Sequence[dict], key: str, few: int) -> str:
    counts = Counter(row[key] for row in rows)
    lines = [f"| {what} | pages | F1 | P | R |", "| --- | --: | --: | --: | --: |"]
    for value, count in counts.most_common():
        if count >= few:
            of_value = [row for row in rows if row[key] == value]
            lines.append(f"| {value} | {count} | {_means(of_value)} |")
    return "\n".join(lines)


def _means(rows: Sequence[dict]) -> str:
    fields = ("f1", "precision", "recall")
    return " | ".join(f"{np.mean([row[field] for row in rows]):.3f}" for field in fields)


def _agreement(rows: Sequence[dict]) -> str:
    lines = ["| expected F1 | pages | F1 measured |", "| --- | --: | --: |"]
    for low, high in pairwise(STEPS):
        found = [
            row["f1"]
            for row in rows
            if low <= row["expected"] < high or row["expected"] == high == 1
        ]
        if found:
            lines.append(f"| {low:.2f} to {high:.2f} | {len(found)} | {np.mean(found):.3f} |")
    return "\n".join(lines)
