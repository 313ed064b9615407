"""Chosen blocks -> the article's text, and the rules that every text here obeys."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from transforms.boilerplate.blocks import Block, Containers

_MAX_CELL = 100
_LITANY = 0.5
_REFRAINS = 2

# C0 and C1 controls, lone surrogates, non-characters, bidi marks and overrides, zero-width
# no-break space, soft hyphens. Zero-width (non-)joiners stay: Persian, Hindi and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]+"
)
_MAX_MARKS = 30
"""Combining marks in a row. Source: Unicode UAX 15, section 13, the Stream-Safe Text Format."""
_FOLDED = re.compile(r"[\W_]+")
_NO_SIGNS = {point: None for point in range(128) if not chr(point).isalnum()}


def plain(text: str) -> str:
    """One line of plain text: NFC, whitespace collapsed to single spaces, no control characters.

    Also dropped: bidirectional controls (U+202E can make a line read backwards), lone surrogates
    (they cannot be written as UTF-8), soft hyphens, byte order marks. Source: Unicode TR 36 and 9.
    """
    text = " ".join(text.split())
    if not text.isprintable():  # true of all that is unwanted
        text = " ".join(_UNWANTED.sub("", text).split())
    is_composed = text.isascii() or unicodedata.is_normalized("NFC", text)
    return text if is_composed else _composed(text)


def _composed(text: str) -> str:
    """NFC, with at most 30 combining marks in a row: sorting them takes the square of the run."""
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MAX_MARKS:
            kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def fold(text: str) -> str:
    """The letters and digits of a text in lower case: equal for lines that read the same."""
    if text.isascii():  # a sixth of the time
        return text.lower().translate(_NO_SIGNS)
    return _FOLDED.sub("", text.casefold())


def render(blocks: Iterable[Block], containers: Containers, title: str) -> str:
    """The text: one paragraph for each block, an empty line between two; "" for no blocks.

    A list item is a paragraph. The short cells of a table row are joined by ` | `. No paragraph
    is the title, and none comes twice: pages hold copies for phones, for print, for quotes. Only
    where one or two paragraphs, each beside its copies, come again and again for half of the text
    or more, it is written so (a litany, a form, a specimen), and stays.
    """
    heading = fold(title)
    longest = 2 * len(title)
    written: list[_Paragraph] = []
    homes: dict[str, int] = {}
    for line, home in _rows_joined(blocks, containers):
        paragraph = plain(line)
        is_title = len(paragraph) <= longest and fold(paragraph) == heading
        if paragraph and not is_title:
            first = homes.setdefault(paragraph.casefold(), len(written))
            is_first = first == len(written)
            if is_first or (written[first].home, written[first].text) == (home, paragraph):
                written.append(_Paragraph(paragraph, home, is_first))
    return "\n\n".join(_without_copies(written))


class _Paragraph(NamedTuple):
    text: str
    home: int
    is_first: bool


def _without_copies(paragraphs: list[_Paragraph]) -> list[str]:
    copies = [paragraph.text for paragraph in paragraphs if not paragraph.is_first]
    length = sum(len(paragraph.text) for paragraph in paragraphs)
    is_written_so = len(set(copies)) <= _REFRAINS and sum(map(len, copies)) >= _LITANY * length
    return [text for text, _, is_first in paragraphs if is_first or is_written_so]


def _rows_joined(blocks: Iterable[Block], containers: Containers) -> list[tuple[str, int]]:
    """The lines, each with the element around its own."""
    lines: list[tuple[list[str], int]] = []
    last_row = -1
    for block in blocks:
        row = _row_of(block, containers)
        if row >= 0 and row == last_row and len(block.text) <= _MAX_CELL:
            lines[-1][0].append(block.text)
        else:
            lines.append(([block.text], containers.parents[block.container]))
        last_row = row if len(block.text) <= _MAX_CELL else -1
    return [(" | ".join(cells), home) for cells, home in lines]


def _row_of(block: Block, containers: Containers) -> int:
    """The container that is the block's table row, -1 outside of tables."""
    parents, tags, *_ = containers
    at = block.container
    for _ in range(4):
        if at < 0:
            break
        if tags[at] == "tr":
            return at
        at = parents[at]
    return -1
