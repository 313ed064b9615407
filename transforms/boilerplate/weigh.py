"""How much each block and each container weighs as article text."""

import re
from typing import NamedTuple

from transforms.boilerplate.blocks import Block, Containers, Layout
from transforms.boilerplate.days import day_in
from transforms.boilerplate.hints import BODY, CAPTION, CONSENT, HIDDEN, RELATED
from transforms.boilerplate.lines import FURNITURE, SECTION, kinds_of_lines

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_MIN_PROSE = 40
_SURE_PROSE = 140
_MAX_CARD = 500
_MAX_DATE = 40
_YEAR = re.compile(r"\b(?:19|20)\d\d")
_TIMELINE = HEADINGS | {"li", "td", "th", "dt", "dd"}
_SENTENCE_ENDS = tuple('.!?…。！？।؟։"”»“」:;)')
_TEASER_ENDS = ("...", "…", "[…]", "[...]")


_WIDE = re.compile("[\u3040-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7af]")


class Weights(NamedTuple):
    """What the choice is made of, one entry a block, or a container where it says so."""

    lengths: list[float]
    """Characters; one of a script without spaces counts three."""
    prose: list[float]
    """The length as far as it is prose and not link; 0.0 for all that is no sentence."""
    kinds: list[int]
    """What the words say: the flags of `lines`."""
    hints: list[int]
    """Per container: the element's own evidence, with what its content adds to it."""


def weigh(layout: Layout) -> Weights:
    """The weights of every block and the evidence of every container."""
    blocks, containers = layout
    lengths = [length_of(block.text) for block in blocks]
    kinds = kinds_of_lines([block.text for block in blocks])
    for i, block in enumerate(blocks):
        if len(block.text) <= _MAX_DATE and _is_date(block):
            kinds[i] |= FURNITURE
    prose = [
        0.0 if kind else _prose(block, length)
        for block, length, kind in zip(blocks, lengths, kinds, strict=True)
    ]
    hints = list(containers.hints)
    _mark_cards(blocks, containers, prose, kinds, hints)
    return Weights(lengths, prose, kinds, hints)


def length_of(text: str) -> float:
    """Characters of a text; Chinese and Japanese ones count three, Korean ones two.

    So the same news weighs about the same in every script (a Chinese news text has about a third
    of the characters of its English translation).
    """
    length = float(len(text))
    if text.isascii():
        return length
    return length + 2.0 * len(_WIDE.findall(text)) + len(_HANGUL.findall(text))


def totals(blocks: list[Block], containers: Containers, values: list[float]) -> list[float]:
    """For each container the sum of `values` over the blocks in it, at any depth."""
    parents = containers.parents
    total = [0.0] * len(parents)
    for block, value in zip(blocks, values, strict=True):
        total[block.container] += value
    for i in range(len(parents) - 1, 0, -1):
        total[parents[i]] += total[i]
    return total


def standing_hints(layout: Layout, weights: Weights, against: int) -> list[int]:
    """Per container the evidence of itself and all around it, as far as it can be believed.

    Evidence `against` a container with more than half of the page's prose falls: whoever named it
    so meant something else. Consent texts are believed in any case: they may be longer than the
    article. Inside the body, a paragraph is not hidden for good: a script shows it.
    """
    blocks, (parents, tags, _) = layout
    under = totals(blocks, layout.containers, weights.prose)
    half = 0.5 * under[0]
    standing: list[int] = []
    for i, parent in enumerate(parents):
        hint = weights.hints[i]
        if hint & against and under[i] > half:
            hint &= ~against | CONSENT
        if parent >= 0:
            around = standing[parent]
            if around & BODY and tags[i] == "p":
                hint &= ~HIDDEN
            hint |= around
            if tags[i] in {"table", "blockquote"}:
                hint &= ~CAPTION
        standing.append(hint)
    return standing


def _is_date(block: Block) -> bool:
    """True for a line that is the date of the page; headings and items may be those of a story."""
    text = block.text
    return block.tag not in _TIMELINE and bool(_YEAR.search(text)) and day_in(text) is not None


def _prose(block: Block, length: float) -> float:
    """Source of the limits: the best of a few tried on the development sets."""
    text = block.text
    free = 1.0 - block.linked / len(text)
    if length < _MIN_PROSE or free <= 0.6:
        return 0.0
    if block.linked and text.endswith(_TEASER_ENDS):
        return 0.0  # a linked headline and the start of its text
    if length >= _SURE_PROSE or text.endswith(_SENTENCE_ENDS):
        return length * free
    return 0.0


def _mark_cards(
    blocks: list[Block],
    containers: Containers,
    prose: list[float],
    kinds: list[int],
    hints: list[int],
) -> None:
    """Adds RELATED to the cards of other articles and to the sections that announce them.

    A card is the largest container around a linked heading that has at most 500 characters of
    prose. A section is the parent of a heading such as `Related articles`, if it has less than a
    third of the page's prose.
    """
    parents = containers.parents
    under = totals(blocks, containers, prose)
    for block, kind in zip(blocks, kinds, strict=True):
        at = block.container
        if kind & SECTION:
            above = parents[at]
            if not under[at] and above > 0 and under[above] < 0.3 * under[0]:
                hints[above] |= RELATED
        elif block.tag in HEADINGS and block.linked > 0.8 * len(block.text) > 12:
            while parents[at] > 0 and under[parents[at]] <= _MAX_CARD:
                at = parents[at]
            if under[at]:
                hints[at] |= RELATED
