"""Boosted oblivious decision trees as flat arrays: all blocks, all trees, a dozen numpy calls.

In an oblivious tree every node of a level asks the same question, so a tree of depth 6 is six
questions and a table of 64 answers, and a leaf's number is the six answers as bits.
Source: Prokhorenkova et al., CatBoost, NeurIPS 2018, which also trains them.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

_AT_ONCE = 4_096
"""Blocks: bounds the memory that a page of 100,000 takes."""


class Forest(NamedTuple):
    """`t` trees of depth `d`, at most 8.

    Level `i` asks whether row `rows[i, t]` is above `borders[i, t]`.
    """

    rows: npt.NDArray[np.int32]
    """d x t"""
    borders: Array
    """d x t"""
    leaves: Array
    """t x 2**d log-odds"""
    bias: float

    def log_odds(self, features: Array) -> Array:
        """One entry for each column of `features`, which has a row for each feature."""
        sums = np.empty(features.shape[1], np.float32)
        for start in range(0, len(sums), _AT_ONCE):
            sums[start : start + _AT_ONCE] = self._sums(features[:, start : start + _AT_ONCE])
        return sums

    def _sums(self, features: Array) -> Array:
        depth, trees = self.rows.shape
        leaf = np.zeros((trees, features.shape[1]), np.uint8)
        for rows, borders in zip(self.rows[::-1], self.borders[::-1], strict=True):
            answers = features.take(rows, axis=0, mode="clip") > borders[:, None]
            leaf += leaf
            leaf += answers.view(np.uint8)
        leaves = (np.arange(trees, dtype=np.intp) << depth)[:, None] + leaf
        sums: Array = self.leaves.ravel().take(leaves, mode="clip").sum(axis=0)
        return sums + np.float32(self.bias)


def probabilities(log_odds: Array) -> Array:
    """The logistic function, for any finite log-odds without overflow."""
    return (1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)
