"""The lines around the headline: there readers find the date, the authors and the agency."""

import re
from collections.abc import Iterator

from transforms.boilerplate.blocks import Block, Layout
from transforms.boilerplate.date_labels import is_label, says_published
from transforms.boilerplate.hint_words import BYLINE, CAPTION, COMMENTS, RELATED
from transforms.boilerplate.text import fold

_MAX_LINE = 80
_MAX_BLOCKS = 3_000
"""Real pages have 100 to 1,000; one with 100,000 would be read for half a second."""
_LABEL = 24
_AFTER = 16
_BEFORE = 6
_ELSEWHERE = RELATED | COMMENTS
_LEVELS = 8
_SPARE = 8
"""Characters by which two spellings of a title may differ: quotes, dashes, spaces."""
_DATE_LIKE = re.compile(r"\d{4}|\d\s?[.年월]")


def around_headline(layout: Layout, title: str) -> list[Block]:
    """The short blocks from a few before the headline to 16 after it, those after it first.

    The headline is the block that reads as the title, an <h1> if there is one; else the first
    <h1>. None without it. What stands in lists of other articles or comments is left out.
    """
    at = _headline(layout, title)
    if at is None:
        return []
    blocks = layout.blocks[at + 1 : at + 1 + _AFTER] + layout.blocks[max(0, at - _BEFORE) : at]
    shared = set(_ancestors(layout, layout.blocks[at].container))
    return [
        block
        for block in blocks
        if len(block.text) <= _MAX_LINE and not _is_elsewhere(layout, block.container, shared)
    ]


def bylines_of(layout: Layout, lines: list[Block]) -> list[str]:
    """Those of the lines that are marked as byline: there an agency is credited."""
    hints = layout.containers.hints
    return [line.text for line in lines if hints[line.container] & (BYLINE | CAPTION) == BYLINE]


def dated_lines(layout: Layout, lines: list[Block]) -> Iterator[str]:
    """The lines, then all lines of the page's first 3,000 that begin with a word for a publication.

    A label on a line of its own (`Published`) is joined with the line below it.
    """
    yield from _labelled(lines)
    rest = [block for block in layout.blocks[:_MAX_BLOCKS] if len(block.text) <= _MAX_LINE]
    yield from (line for line in _labelled(rest) if says_published(line[:_LABEL]))


def _labelled(lines: list[Block]) -> Iterator[str]:
    """The lines that may hold a date, with the label before them."""
    before = ""
    for line in lines:
        if _DATE_LIKE.search(line.text):
            yield f"{before} {line.text}" if is_label(before) else line.text
        before = line.text


def _headline(layout: Layout, title: str) -> int | None:
    blocks, key, length = layout.blocks, fold(title), len(title)
    h1s = [at for at, block in enumerate(blocks) if block.tag == "h1"]
    for at in h1s:
        if fold(blocks[at].text) == key:
            return at
    for at, block in enumerate(blocks):
        if key and abs(len(block.text) - length) < _SPARE and fold(block.text) == key:
            return at
    return h1s[0] if h1s else None


def _is_elsewhere(layout: Layout, container: int, shared: set[int]) -> bool:
    """True inside of other articles or comments, unless the headline is in there too."""
    hints = layout.containers.hints
    for at in _ancestors(layout, container):
        if at in shared:
            return False
        if hints[at] & _ELSEWHERE:
            return True
    return False


def _ancestors(layout: Layout, container: int) -> Iterator[int]:
    parents = layout.containers.parents
    for _ in range(_LEVELS):
        if container < 0:
            return
        yield container
        container = parents[container]
