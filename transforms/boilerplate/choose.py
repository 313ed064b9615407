"""Which blocks of a page are the article: the rule-based choice.

The cut is here: a `Layout` goes in, a `Choice` comes out. Whatever makes the choice, the walk
before it and the rendering after it stay the same.
"""

from itertools import compress
from typing import NamedTuple

from transforms.boilerplate.blocks import Block, Layout
from transforms.boilerplate.hints import (
    AGAINST,
    ASIDE,
    BODY,
    COMMENTS,
    CONSENT,
    LEAD,
    NAVIGATION,
    RELATED,
)
from transforms.boilerplate.lines import FURNITURE, PAYWALL
from transforms.boilerplate.weigh import HEADINGS, Weights, standing_hints, weigh

_FIRM = COMMENTS | CONSENT | NAVIGATION
"""What is believed even where little is left: these texts may be longer than the article."""

_WORTH_DOUBT = 0.3
_BODY_BONUS = 1.1
_WORTH_WIDENING = 1.05
_ITEMS = frozenset({"li", "td", "th", "dd", "dt", "blockquote", "pre"})
_LEAD_REACH = 40


class Choice(NamedTuple):
    """The article among the blocks of a page."""

    kept: list[bool]
    """For each block of the layout: is it article text?"""
    purity: float
    """Share of the prose of the page that was kept, 0.0 to 1.0, firm boilerplate left out."""
    is_doubtful: bool
    """The evidence of names left too little and was set aside."""
    has_paywall_line: bool
    """In or just after the chosen blocks stands an invitation to pay for the rest."""


def choose_blocks(layout: Layout) -> Choice:
    """The blocks that are the article; none where no block is a sentence or a line of text.

    First with all evidence. Where that leaves less than 0.3 of the prose that the firm evidence
    alone would leave, the names on the elements misled, and the firm evidence alone decides.
    """
    if not layout.blocks:
        return Choice([], 0.0, is_doubtful=False, has_paywall_line=False)
    weights = weigh(layout)
    kept = _attempt(layout, weights, AGAINST)
    amount = _amount(weights, kept)
    whole = _unopposed(layout, weights)
    is_doubtful = False
    if amount < _WORTH_DOUBT * whole:
        all_kept = _attempt(layout, weights, _FIRM)
        possible = _amount(weights, all_kept)
        is_doubtful = amount < _WORTH_DOUBT * possible
        if is_doubtful:
            kept, amount = all_kept, possible
    purity = min(1.0, amount / whole) if whole else 0.0
    return Choice(kept, purity, is_doubtful, _has_paywall_line(weights, kept))


def _amount(weights: Weights, kept: list[bool]) -> float:
    return sum(compress(weights.prose, kept))


def _unopposed(layout: Layout, weights: Weights) -> float:
    hints = standing_hints(layout, weights, _FIRM)
    pairs = zip(layout.blocks, weights.prose, strict=True)
    return sum(prose for block, prose in pairs if not hints[block.container] & _FIRM)


def _has_paywall_line(weights: Weights, kept: list[bool]) -> bool:
    if True not in kept:
        return any(kind & PAYWALL for kind in weights.kinds)
    last = len(kept) - 1 - kept[::-1].index(True)
    return any(kind & PAYWALL for kind in weights.kinds[kept.index(True) : last + 12])


def _attempt(layout: Layout, weights: Weights, against: int) -> list[bool]:
    hints = standing_hints(layout, weights, against)
    opposed = [bool(hints[block.container] & against) for block in layout.blocks]
    scores = [
        _score(block, length, prose, is_opposed=is_opposed)
        for block, length, prose, is_opposed in zip(
            layout.blocks, weights.lengths, weights.prose, opposed, strict=True
        )
    ]
    inside = _inside(layout, _best_container(layout, scores))
    kept = [
        inside[block.container]
        and not is_opposed
        and not kind
        and (prose > 0 or block.linked <= 0.5 * len(block.text))
        for block, is_opposed, kind, prose in zip(
            layout.blocks, opposed, weights.kinds, weights.prose, strict=True
        )
    ]
    _add_lead(layout.blocks, weights, hints, kept)
    _trim_ends(layout.blocks, weights, kept)
    _drop_empty_sections(layout.blocks, kept)
    return kept


def _score(block: Block, length: float, prose: float, *, is_opposed: bool) -> float:
    """What a block says for (above 0) or against the container that holds it."""
    if is_opposed:
        return -0.3 * length
    if prose:
        return prose
    return -length if block.linked > 0.5 * len(block.text) else 0.0


def _best_container(layout: Layout, scores: list[float]) -> int:
    """The container with the largest sum of scores; a wider one has to gain 5 % to be chosen."""
    parents, _, hints = layout.containers
    total = [0.0] * len(parents)
    for block, score in zip(layout.blocks, scores, strict=True):
        total[block.container] += score
    best = [(0.0, i) for i in range(len(parents))]
    for i in range(len(parents) - 1, -1, -1):
        value = total[i] * (_BODY_BONUS if hints[i] & BODY else 1.0)
        if value > best[i][0] * _WORTH_WIDENING:
            best[i] = (value, i)
        if i:
            above = parents[i]
            total[above] += total[i]
            if best[i][0] > best[above][0]:
                best[above] = best[i]
    return best[0][1]


def _inside(layout: Layout, best: int) -> list[bool]:
    inside: list[bool] = []
    for i, parent in enumerate(layout.containers.parents):
        inside.append(i == best or (parent >= 0 and inside[parent]))
    return inside


def _add_lead(blocks: list[Block], weights: Weights, hints: list[int], kept: list[bool]) -> None:
    """The standfirst often stands in the header, between the headline and the body."""
    if True not in kept:
        return
    first = kept.index(True)
    tags = [block.tag for block in blocks[max(0, first - _LEAD_REACH) : first]]
    if "h1" not in tags:
        return
    headline = first - 1 - tags[::-1].index("h1")
    for i in range(headline + 1, first):
        hint = hints[blocks[i].container]
        # a standfirst may be called a teaser, or stand in an aside
        is_lead = bool(hint & LEAD) and not hint & AGAINST & ~(RELATED | ASIDE)
        is_prose = weights.prose[i] > 0 or (is_lead and weights.lengths[i] >= 40)
        if is_prose and (is_lead or not hint & AGAINST) and not weights.kinds[i] & FURNITURE:
            kept[i] = True


def _trim_ends(blocks: list[Block], weights: Weights, kept: list[bool]) -> None:
    """Short lines before the first sentence and after the last are bylines, dates and credits."""
    solid = [i for i, prose in enumerate(weights.prose) if prose and kept[i]]
    if not solid:
        return
    kept[: solid[0]] = [
        keep and bool(weights.lengths[i] >= 40) and blocks[i].tag not in HEADINGS
        for i, keep in enumerate(kept[: solid[0]])
    ]
    tail = [i for i in range(solid[-1] + 1, len(kept)) if kept[i]]
    is_list = len(tail) >= 4
    for i in tail:
        kept[i] = is_list or blocks[i].tag in _ITEMS


def _drop_empty_sections(blocks: list[Block], kept: list[bool]) -> None:
    """A heading stays only if text follows it before the next heading or the end."""
    follows = False
    for i in range(len(blocks) - 1, -1, -1):
        if kept[i]:
            is_heading = blocks[i].tag in HEADINGS
            kept[i] = follows or not is_heading
            follows = not is_heading
