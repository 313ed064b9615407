"""The second look: what the first one thought of a block's neighbours and containers."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt

from transforms.boilerplate.classifier.measure import Column, Measured, Sums, summed

COLUMNS = 28

_MOST = 400
_LEVELS = 5
_FAR = 50


def second_look(page: Measured, first: Column) -> Column:
    """A row for each column, an entry for each block. `first`: the probabilities found so far."""
    columns = np.empty((COLUMNS, len(first)), np.float32)
    for i, row in enumerate(chain(_around(page, first), _nearest(page, first))):
        columns[i] = row
    return columns


def _around(page: Measured, first: Column) -> Iterator[npt.NDArray[np.generic]]:
    """Means of the probabilities in containers and places, weighted by length."""
    weight = np.minimum(page.lengths, _MOST) + 5.0
    likely = first * weight
    likelies = summed(likely)
    total = max(1.0, likelies[-1])
    yield first
    inside, length = page.inside(likely), page.inside(weight)
    container = page.container
    for _ in range(_LEVELS):
        here, most = inside[container], length[container]
        yield here / most
        yield here / total
        yield (here - likely) / np.maximum(1, most - weight)
        container = np.maximum(page.parents[container], 0)
    by_place, of_place = np.bincount(page.places, likely), np.bincount(page.places, weight)
    yield (by_place / of_place)[page.places]
    yield ((by_place[page.places] - likely) / np.maximum(1, of_place[page.places] - weight))
    yield likelies[:-1] / total
    yield np.array(likelies[-1] / weight.sum())


def _nearest(page: Measured, first: Column) -> Iterator[npt.NDArray[np.generic]]:
    """Distances from the most likely container's ends and from the nearest likely prose."""
    n = len(first)
    at = np.arange(n)
    surplus: Sums = page.inside((first - 0.5) * (np.minimum(page.lengths, _MOST) + 5.0))
    best = int(surplus.argmax())
    start, end = page.starts[best], page.ends[best]
    yield (at >= start) & (at < end)
    yield (at - start) / max(1, end - start)
    yield np.minimum(np.maximum(at - start, -30), 60)
    yield np.minimum(np.maximum(end - at, -30), 60)
    is_likely = (first > 0.5) & (page.prose > 0)
    if not is_likely.any():
        yield from (np.full(n, -99.0) for _ in range(4))
        return
    likely = np.flatnonzero(is_likely)
    yield np.minimum(np.maximum(at - likely[0], -40), 60)
    yield np.minimum(np.maximum(likely[-1] - at, -40), 60)
    last = np.maximum.accumulate(np.where(is_likely, at, -_FAR))
    following = np.minimum.accumulate(np.where(is_likely, at, n + _FAR)[::-1])[::-1]
    yield np.minimum(at - last, _FAR)
    yield np.minimum(following - at, _FAR)
