"""A layout as arrays: what the columns of the block classifier are computed from."""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from transforms.boilerplate.blocks import Block, Containers, Layout
from transforms.boilerplate.classifier.characters import CharacterCounts, count_characters
from transforms.boilerplate.days import day_in
from transforms.boilerplate.lines import FURNITURE, kinds_of_lines

Column = npt.NDArray[np.float32]
Index = npt.NDArray[np.int64]
Sums = npt.NDArray[np.float64]

_TAG_WORDS = """
p h1 h2 h3 h4 h5 h6 li td th blockquote figcaption pre dd dt div section article header footer aside
nav form figure address label main body
"""
_NUMBER_OF_TAG = {tag: i for i, tag in enumerate(_TAG_WORDS.split())}
PARAGRAPH = _NUMBER_OF_TAG["p"]
CELL, HEADER_CELL = _NUMBER_OF_TAG["td"], _NUMBER_OF_TAG["th"]
HEADINGS = range(1, 7)
"""The numbers of h1 to h6."""
OTHER_TAG = len(_NUMBER_OF_TAG)

_MAX_DATE = 40
_DIGITS_OF_YEAR = 4
_YEAR = re.compile(r"\b(?:19|20)\d\d")
_TIMELINE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd"})
_MIN_PROSE = 40
_SURE_PROSE = 140
_REACH = 4


class Measured(NamedTuple):
    """One entry a block, or a container where it says so; at least one block."""

    layout: Layout
    counts: CharacterCounts
    lengths: Column
    """Characters; a Chinese or Japanese one counts three, a Korean one two: so the same news has
    about the same length in every script."""
    linked: Column
    """The part of the length that is link text."""
    prose: Column
    """The length outside of links where the block is a sentence or more, 0.0 where it is not."""
    kinds: Index
    """What its words say: the flags of `lines`."""
    tags: Index
    container: Index
    places: Index
    """Equal for blocks with the same tag whose containers and those around them have the same
    names: paragraphs of one text, items of one list."""
    parents: Index
    """Per container, as are the next two."""
    starts: Index
    ends: Index

    @property
    def is_heading(self) -> npt.NDArray[np.bool_]:
        """Which blocks are h1 to h6."""
        return (self.tags >= HEADINGS.start) & (self.tags < HEADINGS.stop)

    def inside(self, values: npt.NDArray[np.generic]) -> Sums:
        """For each container the sum of `values` over the blocks in it, at any depth."""
        sums = summed(values)
        return sums[self.ends] - sums[self.starts]


def measure(layout: Layout) -> Measured:
    """The arrays of a layout that has at least one block."""
    blocks, containers = layout
    texts, tags, container, linked, *_ = zip(*blocks, strict=True)
    counts = count_characters(texts)
    lengths = (counts.length + 2 * counts.wide + counts.hangul).astype(np.float32)
    kinds: Index = np.array(kinds_of_lines(texts))
    kinds[_dates(blocks, counts)] |= FURNITURE
    share = np.array(linked, np.float32) / counts.length
    is_prose = (lengths >= _MIN_PROSE) & (share < 0.4) & (kinds == 0)
    is_prose &= (lengths >= _SURE_PROSE) | (counts.ends_sentence > 0)
    return Measured(
        layout=layout,
        counts=counts,
        lengths=lengths,
        linked=(lengths * share).astype(np.float32),
        prose=np.where(is_prose, lengths * (1 - share), 0).astype(np.float32),
        kinds=kinds,
        tags=np.array([_NUMBER_OF_TAG.get(tag, OTHER_TAG) for tag in tags]),
        container=np.array(container),
        places=_places(blocks, containers),
        parents=np.array(containers.parents),
        starts=np.array(containers.starts),
        ends=np.array(containers.ends),
    )


def _dates(blocks: list[Block], counts: CharacterCounts) -> list[int]:
    """The lines that are a date of the page; headings and items may be those of a story."""
    may_be = np.flatnonzero((counts.length <= _MAX_DATE) & (counts.digit >= _DIGITS_OF_YEAR))
    return [
        i
        for i in may_be.tolist()
        if blocks[i].tag not in _TIMELINE
        and _YEAR.search(blocks[i].text)
        and day_in(blocks[i].text) is not None
    ]


def _places(blocks: list[Block], containers: Containers) -> Index:
    parents, names = containers.parents, containers.names
    seen: dict[tuple[str, str, str], int] = {}
    return np.array(
        [
            seen.setdefault((tag, names[at], names[parents[at]] if at else ""), len(seen))
            for _, tag, at, *_ in blocks
        ]
    )


def summed(values: npt.NDArray[np.generic]) -> Sums:
    """Sums of the first 0, 1, .. n values, so that the sum of a range is one subtraction."""
    sums = np.zeros(len(values) + 1)
    np.add.accumulate(values, out=sums[1:], dtype=np.float64)
    return sums


def shifted(values: npt.NDArray[np.generic], *steps: int) -> list[Sums]:
    """For each step of -4 to 4 the values of the blocks that far on; -1 where there is none."""
    n = len(values)
    padded = np.full(n + 2 * _REACH, -1.0)
    padded[_REACH : _REACH + n] = values
    return [padded[_REACH + step : _REACH + step + n] for step in steps]
