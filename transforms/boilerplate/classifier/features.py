"""What is known of each block, as numbers: the columns that the block classifier reads."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt

from transforms.boilerplate import hint_words as h
from transforms.boilerplate.classifier.measure import (
    PARAGRAPH,
    Column,
    Index,
    Measured,
    shifted,
    summed,
)
from transforms.boilerplate.lines import FURNITURE, SECTION
from transforms.boilerplate.text import fold

Columns = Iterator[npt.NDArray[np.generic]]

COLUMNS = 105

_AROUND_WORDS = "article ol form figure blockquote"
_AROUND = {tag: 1 << i for i, tag in enumerate(_AROUND_WORDS.split())}
_OWN = (h.CAPTION, h.HIDDEN)
_ALL = (h.BODY, h.PROMOTION, h.HIDDEN)
_LEVELS = 5
_FAR = 99


def features_of(page: Measured, evidence: Column, title: str) -> Column:
    """A row for each column, an entry for each block.

    `evidence` is what the names around a block say (`names.evidence_of`).
    """
    against, around = _inherited(page)
    rows = chain(
        _words(page),
        _containers(page),
        _names(page, evidence, against, around),
        _positions(page, title),
        _holder(page),
        _repeats(page),
        _neighbours(page, evidence, against),
    )
    columns = np.empty((COLUMNS, len(page.lengths)), np.float32)
    for i, row in enumerate(rows):  # one by one: a page may have 100,000 blocks
        columns[i] = row
    return columns


def _words(page: Measured) -> Columns:
    """What the block's own text is like."""
    counts = page.counts
    length = counts.length
    words = np.maximum(counts.space + 1, (counts.wide + counts.hangul) / 2)
    texts, _, _, _, links, bold = zip(*page.layout.blocks, strict=True)
    yield np.log1p(page.lengths)
    yield np.log1p(page.prose)
    yield page.linked / page.lengths
    yield np.array(links)
    yield np.array(bold) / length
    yield counts.comma / words
    yield counts.sentence_end / words
    yield np.minimum(counts.sentence_end, 20)
    yield counts.upper / length
    yield np.minimum(counts.quote, 10)
    yield counts.sign / length
    yield length / words
    yield counts.ends_sentence
    yield np.array([text.endswith(("...", "…")) for text in texts])
    yield page.kinds & FURNITURE > 0
    yield page.tags


def _containers(page: Measured) -> Columns:
    """How much prose, link text and how many paragraphs each of five containers around holds."""
    length = page.inside(page.lengths)
    prose = page.inside(page.prose)
    count = page.inside(np.ones(len(page.lengths)))
    most, number = np.maximum(1, length), np.maximum(1, count)
    values = np.array(
        [
            prose / max(1.0, float(page.prose.sum())),
            page.inside(page.linked) / most,
            count,
            prose / most,
            page.inside((page.tags == PARAGRAPH) * page.lengths) / most,
            length / number,
            np.log1p(length),
        ]
    )
    at = page.container
    for _ in range(_LEVELS):
        yield from values[:, at]
        at = np.maximum(page.parents[at], 0)


def _inherited(page: Measured) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Per block: how many elements around have evidence against it; hints, tags and depth."""
    parents, tags, hints, *_ = page.layout.containers
    against, standing, inside, depth = [0], [0], [0], [-1]  # the first stands for no parent
    flag_of = _AROUND.get
    for parent, tag, hint in zip(parents, tags, hints, strict=True):
        above = parent + 1
        against.append(against[above] + 1 if hint & h.AGAINST else against[above])
        standing.append(standing[above] | hint)
        inside.append(inside[above] | flag_of(tag, 0))
        depth.append(depth[above] + 1)
    inherited = np.array((against, standing, inside, depth))[:, page.container + 1]
    return inherited[0], inherited[1:]


def _names(
    page: Measured,
    evidence: Column,
    against: npt.NDArray[np.int64],
    around: npt.NDArray[np.int64],
) -> Columns:
    """What tags, class and id say: of the two elements around the block, and of all around it."""
    hints = np.array(page.layout.containers.hints)
    own = hints[page.container] | hints[np.maximum(page.parents[page.container], 0)]
    standing, tags, depth = around
    yield depth
    yield against
    yield from evidence
    weight = page.prose + 1
    yield evidence[0] - float(evidence[0] @ weight) / float(weight.sum())
    yield from (own & flag > 0 for flag in _OWN)
    yield from (standing & flag > 0 for flag in _ALL)
    yield from (tags & flag > 0 for flag in _AROUND.values())


def _positions(page: Measured, title: str) -> Columns:
    """Where the block stands on the page, counted in blocks, in prose, and from the headline."""
    n = len(page.lengths)
    at = np.arange(n)
    before = summed(page.prose)
    whole = max(1.0, before[-1])
    total = max(1.0, float(page.lengths.sum()))
    headline, is_title = _headline(page, title)
    yield np.array(n)
    yield np.array(whole)
    yield np.array(float(page.linked.sum()) / total)
    yield np.array(whole / total)
    yield np.array(float(page.counts.wide.sum() + page.counts.hangul.sum()) / total)
    yield is_title
    yield _within(-50, at - headline, 150) if headline >= 0 else np.full(n, -_FAR)
    yield (before[:-1] - before[max(0, headline)]) / whole
    last = np.maximum.accumulate(np.where(page.is_heading, at, -1))
    yield np.where(last >= 0, np.minimum(at - last, _FAR), _FAR)
    yield np.where(last >= 0, page.tags[last], 0)
    yield np.cumsum(page.kinds & SECTION > 0)


def _headline(page: Measured, title: str) -> tuple[int, npt.NDArray[np.bool_]]:
    """The block that is the headline (-1 for none), and which blocks are the title."""
    is_title = np.zeros(len(page.lengths), np.bool_)
    if folded := fold(title):
        length = page.counts.length
        for i in np.flatnonzero((length >= len(folded)) & (length <= 1.5 * len(title) + 10)):
            is_title[i] = fold(page.layout.blocks[i].text) == folded
    for are_candidates in (is_title & page.is_heading, is_title, page.tags == 1):
        if are_candidates.any():
            return int(are_candidates.argmax()), is_title
    return -1, is_title


def _holder(page: Measured) -> Columns:
    """Where the block stands in the innermost container that holds half the prose."""
    n = len(page.lengths)
    at = np.arange(n)
    holders = np.flatnonzero(page.inside(page.prose) > 0.5 * max(1.0, float(page.prose.sum())))
    start, end = (page.starts[holders[-1]], page.ends[holders[-1]]) if len(holders) else (0, n)
    yield (at >= start) & (at < end)
    yield (at - start) / max(1, end - start)
    yield _within(-30, at - start, 60)
    yield _within(-30, end - at, 60)


def _repeats(page: Measured) -> Columns:
    """What blocks at the same place are like, and how often the same text comes."""
    places = page.places
    count = np.bincount(places)
    length = np.maximum(1, np.bincount(places, page.lengths))
    yield (np.bincount(places, page.prose) / max(1.0, float(page.prose.sum())))[places]
    yield count[places]
    yield (np.bincount(places, page.linked) / length)[places]
    yield (length / count)[places]
    texts = [block.text for block in page.layout.blocks]
    times = Counter(texts)
    yield np.array([times[text] for text in texts])


def _neighbours(page: Measured, evidence: Column, against: npt.NDArray[np.int64]) -> Columns:
    """What stands before and after, and how much prose and link text within ten blocks."""
    yield from shifted(page.linked / page.lengths, -1, 1)
    yield from shifted(page.tags, -1, 1)
    yield from shifted(against, -2, -1, 1, 2)
    yield from shifted(evidence[0], -3, -2, -1, 1, 2, 3)
    n = len(page.lengths)
    at = np.arange(n)
    prose, length, linked = map(summed, (page.prose, page.lengths, page.linked))
    for reach in (5, 10):
        low, high = np.maximum(0, at - reach), np.minimum(n, at + reach + 1)
        yield prose[high] - prose[low]
        yield (linked[high] - linked[low]) / (length[high] - length[low])


def _within(low: int, values: Index, high: int) -> Index:
    """Half the time of `np.clip` for a few hundred values."""
    return np.minimum(np.maximum(values, low), high)
