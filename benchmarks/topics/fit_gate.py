"""Fit the weights of the gate (transforms/topics/relevance.py) on labelled articles.

    python benchmarks/topics/fit_gate.py ARTICLES.jsonl

ARTICLES has title, text and diplomatic (true, false, or null for disputed: left out). Ridge
logistic regression by Newton's method; prints the weights to paste, and F1 by leave-one-out.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from transforms.topics import relevance, tagging
from transforms.topics.tagging import load_tagger

RIDGE = 1.0


def collect(path):
    """Feature rows and labels of the articles, and what the fixed weights give."""
    rows, labels, offsets = [], [], []
    tagger = load_tagger()
    counted = {}

    def spy(counts):
        counted.update(counts)
        return relevance.probability(counts)

    tagging.probability = spy
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if article["diplomatic"] is None:
            continue
        counted.clear()
        tagger.tag(article["title"], article["text"], "en")
        rows.append([counted[name] for name in relevance.WEIGHTS])
        labels.append(article["diplomatic"])
        fixed = relevance.FIXED_WEIGHTS
        offsets.append(sum(weight * counted[name] for name, weight in fixed.items()))
    return np.array(rows), np.array(labels, dtype=float), np.array(offsets)


def fit(rows, labels, offsets):
    """Weights, the bias first; rows are scaled to unit variance so that the ridge is fair."""
    scale = rows.std(axis=0) + 1e-9
    x = np.hstack([np.ones((len(rows), 1)), rows / scale])
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[0, 0] = 0
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w - offsets))
        gradient = x.T @ (p - labels) + penalty @ w
        hessian = (x.T * (p * (1 - p))) @ x + penalty
        w -= np.linalg.solve(hessian, gradient)
    return np.concatenate([[w[0]], w[1:] / scale])


def f1(open_, labels):
    """P, R and F1 of an opened gate."""
    tp = float((open_ * labels).sum())
    p, r = tp / max(open_.sum(), 1), tp / labels.sum()
    return f"P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}"


def main():
    """Print the fit."""
    rows, labels, offsets = collect(Path(sys.argv[1]))
    weights = fit(rows, labels, offsets)
    logits = weights[0] + rows @ weights[1:] + offsets
    print("fitted on all:", f1((logits >= 0).astype(float), labels), "(optimistic)")
    left_out = []
    for index in range(len(rows)):
        keep = np.arange(len(rows)) != index
        w = fit(rows[keep], labels[keep], offsets[keep])
        left_out.append(w[0] + rows[index] @ w[1:] + offsets[index])
    print("leave one out:", f1((np.array(left_out) >= 0).astype(float), labels))
    print(f"BIAS = {weights[0]:.2f}")
    for name, weight in zip(relevance.WEIGHTS, weights[1:], strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
