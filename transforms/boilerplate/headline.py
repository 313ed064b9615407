"""The lines around the headline: there readers find the date, the authors and the agency."""

from transforms.boilerplate.blocks import Block, Layout
from transforms.boilerplate.hints import BYLINE, CAPTION

_MAX_BYLINE = 80


def around_headline(layout: Layout) -> list[str]:
    """The short lines from a few before the <h1> to a dozen after it, those after it first."""
    return [block.text for block in _near_headline(layout, 12) if len(block.text) <= _MAX_BYLINE]


def bylines_of(layout: Layout) -> list[str]:
    """The short lines near the headline that are marked as byline: there an agency is credited."""
    hints = layout.containers.hints
    return [
        block.text
        for block in _near_headline(layout, 20)
        if len(block.text) <= _MAX_BYLINE and hints[block.container] & (BYLINE | CAPTION) == BYLINE
    ]


def _near_headline(layout: Layout, reach: int) -> list[Block]:
    tags = [block.tag for block in layout.blocks]
    if "h1" not in tags:
        return []
    at = tags.index("h1")
    return layout.blocks[at + 1 : at + 1 + reach] + layout.blocks[max(0, at - reach // 3) : at]
