"""The trained block classifier: how likely each block of a page is article text."""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from transforms.boilerplate.classifier.features import features_of
from transforms.boilerplate.classifier.forest import Forest, probabilities
from transforms.boilerplate.classifier.measure import Column, Measured
from transforms.boilerplate.classifier.names import NameWeights
from transforms.boilerplate.classifier.second_look import second_look

MODEL = "blocks.npz"


class Classifier(NamedTuple):
    """Two looks at a page, and what the result is worth."""

    names: NameWeights
    first: Forest
    second: Forest
    agreement: npt.NDArray[np.float64]
    """2 x n: expected F1 of a choice, rising, and the F1 that such choices had when measured."""

    def probabilities_of(self, page: Measured, title: str) -> Column:
        """One probability a block: the mean of the first look and of the second."""
        containers = page.layout.containers
        evidence = self.names.evidence_of(containers, page.container, page.parents)
        features = features_of(page, evidence, title)
        first = probabilities(self.first.log_odds(features))
        both = np.vstack((features, second_look(page, first)))
        return ((first + probabilities(self.second.log_odds(both))) / 2).astype(np.float32)

    def confidence_of(self, expected: float) -> float:
        """The F1 that choices with this expected F1 had on pages not trained on, 0.0 to 1.0."""
        return float(np.interp(expected, *self.agreement))


@lru_cache(maxsize=1)
def load_classifier() -> Classifier:
    """The classifier that is part of the package; `benchmarks/boilerplate` trains it."""
    packed = files("transforms.boilerplate.classifier").joinpath(MODEL).read_bytes()
    return unpack(np.load(BytesIO(packed), allow_pickle=False))


def unpack(arrays: Any) -> Classifier:
    """The classifier from its arrays by name, as `benchmarks/boilerplate/learn.py` writes them."""
    words = arrays["words"].tobytes().decode().split("\n")
    weights = dict(zip(words, map(tuple, arrays["word_weights"].tolist()), strict=True))
    first, second = (
        Forest(
            arrays[f"{look}_rows"],
            arrays[f"{look}_borders"],
            arrays[f"{look}_leaves"],
            float(arrays[f"{look}_bias"]),
        )
        for look in ("first", "second")
    )
    names = NameWeights(weights, float(arrays["word_bias"]))
    return Classifier(names, first, second, arrays["agreement"])
