"""Fit the weights of the dyads (transforms/topics/dyads.py) on labelled articles.

    python benchmarks/topics/fit_dyads.py ARTICLES.jsonl...

Each line has title, text, diplomatic, dyads and dyads_optional (left out). Ridge logistic
regression by Newton's method; prints the weights to paste, and F1 by leave-one-article-out.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from transforms.topics import dyads
from transforms.topics.tagging import load_tagger

RIDGE = 2.0
NAMES = list(dyads.WEIGHTS)


def collect(paths):
    """Feature rows, labels and article numbers of all pairs, and how many have no sentence."""
    rows, labels, articles, missed = [], [], [], 0
    tagger = load_tagger()
    original = dyads.features
    seen = []

    def spy(*arguments):
        seen[:] = list(original(*arguments))
        return seen

    dyads.features = spy
    lines = [line for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    for number, line in enumerate(lines):
        article = json.loads(line)
        if not article["diplomatic"]:
            continue
        gold, optional = (
            {tuple(sorted(pair)) for pair in article[key]} for key in ("dyads", "dyads_optional")
        )
        seen.clear()
        tagger.tag(article["title"], article["text"], "en")
        missed += len(gold - {pair for pair, _ in seen})
        for pair, values in seen:
            if pair not in optional:
                rows.append(values)
                labels.append(pair in gold)
                articles.append(number)
    dyads.features = original
    return np.array(rows), np.array(labels, dtype=float), np.array(articles), missed


def fit(rows, labels):
    """Weights, the bias first; rows are scaled to unit variance so that the ridge is fair."""
    scale = rows.std(axis=0) + 1e-9
    x = np.hstack([np.ones((len(rows), 1)), rows / scale])
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[0, 0] = 0
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x.T * (p * (1 - p))) @ x + penalty
        w -= np.linalg.solve(hessian, x.T @ (p - labels) + penalty @ w)
    return np.concatenate([[w[0]], w[1:] / scale])


def main():
    rows, labels, articles, missed = collect(sys.argv[1:])
    weights = fit(rows, labels)
    print(f"BIAS = {weights[0]:.2f}")
    for name, weight in zip(NAMES, weights[1:], strict=True):
        print(f'    "{name}": {weight:.2f},')
    unseen = np.zeros(len(labels))
    for number in set(articles):
        own = articles == number
        w = fit(rows[~own], labels[~own])
        unseen[own] = 1 / (1 + np.exp(-w[0] - rows[own] @ w[1:]))
    for at in (0.34, 0.38, 0.42, 0.46, 0.5):
        hit = ((unseen >= at) & (labels > 0)).sum()
        found = (unseen >= at).sum()
        print(f"kept at {at}: F1 {2 * hit / (found + labels.sum() + missed):.3f}")
    print(f"{len(labels)} pairs, {int(labels.sum())} true, {missed} true ones in no sentence")


if __name__ == "__main__":
    main()
