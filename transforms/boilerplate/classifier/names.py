"""What the words in class and id attributes say, by weights learned from pages with gold text."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from transforms.boilerplate.blocks import Containers
from transforms.boilerplate.classifier.measure import Column, Index
from transforms.boilerplate.hints import words_in


def words_of(tag: str, name: str) -> list[str]:
    """The tag as `<p>`, and the words of class and id: see `hints.words_in`."""
    return [f"<{tag}>", *words_in(name)]


class NameWeights:
    """Log-odds for a block to be article text, by the words of the elements around it."""

    def __init__(self, weights: Mapping[str, tuple[float, float]], bias: float) -> None:
        """`weights` by word: for the two elements around a block, and for those further out."""
        self._weights = {word: complex(near, far) for word, (near, far) in weights.items()}
        self._bias = bias
        self._of_name = lru_cache(maxsize=1 << 15)(self._weigh)

    def _weigh(self, tag: str, name: str) -> tuple[float, float]:
        """Near and far: summed as one complex number, in one call."""
        found = sum(filter(None, map(self._weights.get, words_of(tag, name))), 0j)
        return found.real, found.imag

    def evidence_of(self, containers: Containers, container: Index, parents: Index) -> Column:
        """Three rows, an entry for each block: the sum, the near part, and the far part of it."""
        weigh = self._of_name
        near, far = zip(*map(weigh, containers.tags, containers.names), strict=True)
        sums = [0.0]  # that of element i stands at i + 1
        for parent, weight in zip(containers.parents, far, strict=True):
            sums.append(weight + sums[parent + 1])
        nearby = np.array((*near, 0.0))
        outer = np.array(sums)
        above = parents[container]
        close = nearby[container] + nearby[above]  # the last, for no parent, is 0.0
        beyond = outer[np.where(above >= 0, parents[above], -1) + 1]
        return np.array([self._bias + close + beyond, close, beyond], np.float32)
