"""What a page says outright about a block, without any model: names, links, cards."""

import numpy as np
import numpy.typing as npt

from transforms.boilerplate.classifier.measure import Measured
from transforms.boilerplate.hint_words import AGAINST, BODY, CAPTION, CONSENT, HIDDEN

_NO_CAPTIONS = frozenset({"table", "blockquote"})
_LINKED = 0.8
_MAX_CARD = 500
_CARD_DEPTH = 6
_MIN_HEADLINE = 12

Blocks = npt.NDArray[np.bool_]


def said_furniture(page: Measured) -> Blocks:
    """Which blocks are link text, stand in the card of another article, or in a named furniture."""
    links = (page.linked > _LINKED * page.lengths) & (page.prose == 0)
    return links | in_cards(page) | named_furniture(page)


def named_furniture(page: Measured) -> Blocks:
    """Which blocks stand in an element whose names are evidence against it (`hints`).

    Evidence against an element with more than half of the page's prose is not believed: whoever
    named it so meant something else. Consent texts are, for they may be longer than the article.
    In a named body a hidden paragraph is shown by a script, and the text of a table or a quote is
    no caption.
    """
    parents, tags, hints, *_ = page.layout.containers
    inside = page.inside(page.prose)
    is_most = (inside > 0.5 * float(page.prose.sum())).tolist()
    standing = [0]  # the first stands for no parent
    for parent, tag, own, is_half in zip(parents, tags, hints, is_most, strict=True):
        around = standing[parent + 1]
        believed = own & (~AGAINST | CONSENT) if is_half else own
        if tag == "p" and around & BODY:
            believed &= ~HIDDEN
        inherited = around & ~CAPTION if tag in _NO_CAPTIONS else around
        standing.append(believed | inherited)
    return (np.array(standing)[page.container + 1] & AGAINST) > 0


def in_cards(page: Measured) -> Blocks:
    """Which blocks stand in the card of another article.

    That is the largest of six elements around a linked heading with 1 to 500 characters of prose.
    """
    found = np.zeros(len(page.lengths), np.bool_)
    is_linked = page.is_heading & (page.linked > _LINKED * page.lengths)
    prose = page.inside(page.prose)
    for block in np.flatnonzero(is_linked & (page.counts.length > _MIN_HEADLINE)):
        at = page.container[block]
        for _ in range(_CARD_DEPTH):
            above = page.parents[at]
            if above <= 0 or prose[above] > _MAX_CARD:
                break
            at = above
        if prose[at]:
            found[page.starts[at] : page.ends[at]] = True
    return found
