"""The fitted weights of the tagger: package data that `benchmarks/topics/train.py` writes."""

import json
import math
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

FILE = "weights.json"


class Logistic(NamedTuple):
    """A logistic model: bias, and a weight for each count in the order of `names`."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float
    """A probability from here on counts as yes."""

    def probability(self, counts: Sequence[float]) -> float:
        """The probability for these counts, above 0.0 and below 1.0."""
        logit = self.bias
        for weight, count in zip(self.weights, counts, strict=True):
            logit += weight * count
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


class Weights(NamedTuple):
    """The three models of the tagger."""

    version: str
    gate: Logistic
    """Is the article diplomatic?"""
    given: Logistic
    """Does a careful reader give it the topic?"""
    primary: Logistic
    """Is the topic a main point?"""


def load_weights(gate: Sequence[str], topic: Sequence[str]) -> Weights:
    """The packaged weights for counts of these names.

    Raises: ValueError if the file is of other counts: a damaged or mixed installation.
    """
    written = files("transforms.topics").joinpath("data").joinpath(FILE).read_text(encoding="utf-8")
    return unpack(json.loads(written), gate, topic)


def unpack(stored: Mapping[str, Any], gate: Sequence[str], topic: Sequence[str]) -> Weights:
    """The weights from their stored form."""
    models = {}
    for name, counts in (("gate", gate), ("given", topic), ("primary", topic)):
        model = stored[name]
        if list(model["weights"]) != list(counts):
            raise ValueError(
                f"{FILE}: {name} has weights for {list(model['weights'])}, "
                f"the code counts {list(counts)}; install the package anew"
            )
        models[name] = Logistic(
            tuple(counts), tuple(model["weights"].values()), model["bias"], model["threshold"]
        )
    return Weights(stored["version"], **models)
