"""Which blocks of a page are the article: the cut that promises the best text."""

from typing import NamedTuple

import numpy as np

from transforms.boilerplate.blocks import Layout
from transforms.boilerplate.classifier.measure import CELL, HEADER_CELL, Column, Measured, measure
from transforms.boilerplate.classifier.model import load_classifier
from transforms.boilerplate.classifier.outright import Blocks, said_furniture
from transforms.boilerplate.days import day_in

_FEW_BLOCKS = 30
_SHORT = 40
_MAX_DATELINE = 100


class Choice(NamedTuple):
    """The article among the blocks of a page."""

    kept: list[bool]
    """For each block of the layout: is it article text?"""
    perhaps: list[bool]
    """For each block: is it kept, or of a kind with what is? Of an index page's teasers the cut
    keeps now these, now those; this has all at the same place on the page."""
    confidence: float
    """The F1 to be expected of the text, 0.0 to 1.0; measured on pages not trained on."""


def choose_blocks(layout: Layout, title: str = "") -> Choice:
    """The blocks that are the article. A layout without blocks gives an empty choice."""
    if not layout.blocks:
        return Choice([], [], 0.0)
    page = measure(layout)
    classifier = load_classifier()
    likely = classifier.probabilities_of(page, title)
    kept, expected = best_cut(page, likely)
    perhaps = kept | _alike(page, kept)
    return Choice(kept.tolist(), perhaps.tolist(), classifier.confidence_of(expected))


def _alike(page: Measured, kept: Blocks) -> Blocks:
    """The prose in elements of the same tags and names as those of kept blocks."""
    number: dict[str, int] = {}
    tags = np.array([number.setdefault(tag, len(number)) for tag in page.layout.containers.tags])
    above = np.maximum(page.parents[page.container], 0)
    beyond = np.maximum(page.parents[above], 0)
    place = (page.places * len(number) + tags[above]) * len(number) + tags[beyond]
    kept_places = set(place[kept & ~page.is_heading].tolist())
    return np.array([at in kept_places for at in place.tolist()]) & (page.prose > 0)


def best_cut(page: Measured, likely: Column) -> tuple[Blocks, float]:
    """The most likely blocks, as many of them as give the highest expected F1, and that F1.

    A fixed cut at 0.5 loses whole articles on pages whose blocks are all unlikely.
    Source: Ye et al., Optimizing F-measures, ICML 2012: the best set is a prefix of this order.
    Here F1 counts words, and its expectation is taken of numerator and denominator apart.
    Where all that would be kept is furniture outright, and no prose, nothing is; the F1 is 0.0.
    """
    words = page.counts.words
    furniture = said_furniture(page)
    likely = _with_names(page, likely, furniture)
    order = np.argsort(-likely, kind="stable")
    hits = np.cumsum((likely * words)[order])
    f1 = 2 * hits / (np.cumsum(words[order]) + hits[-1])
    best = int(f1.argmax())
    kept = np.zeros(len(likely), np.bool_)
    kept[order[: best + 1]] = True
    if not (kept & (likely > 0) & (~furniture | (page.prose > 0))).any():
        return np.zeros_like(kept), 0.0
    kept = _with_header_cells(page, _without_dateline(page, kept))
    return _without_empty_sections(page, kept), float(f1[best])


def _with_names(page: Measured, likely: Column, furniture: Blocks) -> Column:
    """The probabilities with what is known beside the model: what words and names say outright.

    Furniture by its own words is never text. Names are in the model already; one more unit of
    log-odds costs nothing on the development pages. On a page of few blocks, of which these have
    none but in `mozilla-readability`, the numbers say little, and names have to say more.
    """
    units = 1.0 if len(likely) >= _FEW_BLOCKS else 8.0
    odds = likely / np.maximum(1 - likely, 1e-6)
    odds = odds * np.where(furniture, np.exp(-units), 1.0)
    return np.where(page.kinds > 0, 0.0, odds / (1 + odds)).astype(np.float32)


def _without_dateline(page: Measured, kept: Blocks) -> Blocks:
    """Short lines and dates before the first sentence are kicker, byline and time, not text."""
    sentences = np.flatnonzero(kept & (page.prose > 0))
    if len(sentences):
        for i in np.flatnonzero((kept & ~page.is_heading)[: sentences[0]]):
            text = page.layout.blocks[i].text
            is_dated = len(text) <= _MAX_DATELINE and day_in(text) is not None
            kept[i] = page.lengths[i] >= _SHORT and not is_dated
    return kept


def _with_header_cells(page: Measured, kept: Blocks) -> Blocks:
    """The header cells of a table go with it: they stay where half of its cells are kept."""
    tags, starts, ends = page.layout.containers.tags, page.starts, page.ends
    is_header = page.tags == HEADER_CELL
    if is_header.any():
        is_cell = page.tags == CELL
        for table in (at for at, tag in enumerate(tags) if tag == "table"):
            inside = slice(starts[table], ends[table])
            cells = kept[inside][is_cell[inside]]
            if len(cells) and 2 * cells.sum() >= len(cells):
                kept[inside] |= is_header[inside]
    return kept


def _without_empty_sections(page: Measured, kept: Blocks) -> Blocks:
    """A heading stays only if text follows it before the next heading or the end."""
    headings = page.is_heading
    follows = False
    for i in np.flatnonzero(kept)[::-1]:
        kept[i] = follows or not headings[i]
        follows = not headings[i]
    return kept
