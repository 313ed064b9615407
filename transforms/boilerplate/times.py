"""The <time> elements of a page, by what they are likely to date."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from transforms.boilerplate.date_labels import says_changed

_MAX_TIMES = 20
_MAX_HEADLINES = 3
_MAX_CHARS = 64
_MAX_ANCESTORS = 60
_LEVELS = 4
_OUTSIDE = frozenset({"aside", "nav", "footer", "li"})
_WHOLE = frozenset({"html", "body", "main"})
_INLINE = frozenset({"-text", "span", "b", "strong", "em", "i", "small", "label", "dt"})
_MAX_LABEL = 40
_OF_CHANGE = re.compile(r"updat|modif|chang|edited|revis", re.IGNORECASE)


class Times(NamedTuple):
    """`datetime`, else text, of the <time> elements; none of them is marked as a change."""

    by_headline: list[str]
    """Those that have an ancestor in common with an <h1>, a few levels up; all, without an <h1>."""
    in_article: list[str]
    """The others outside of lists, asides, navigation and footers: there are other articles."""


def sort_times(times: list[LexborNode], headlines: list[LexborNode]) -> Times:
    """Sorts the first 20 by place; `headlines` are the page's <h1> elements."""
    around = {
        node.mem_id for headline in headlines[:_MAX_HEADLINES] for node in _ancestors(headline)
    }
    found = Times([], [])
    for time in times[:_MAX_TIMES]:
        if written := (time.attributes.get("datetime") or time.text(deep=True)[:_MAX_CHARS]):
            if _is_of_change(time):
                continue
            if any(node.mem_id in around for node in _ancestors(time)):
                found.by_headline.append(written)
            elif not _is_outside(time):
                (found.in_article if headlines else found.by_headline).append(written)
    return found


def _ancestors(node: LexborNode) -> list[LexborNode]:
    """A few ancestors, none of them the whole page."""
    ancestors: list[LexborNode] = []
    parent = node.parent
    while parent is not None and len(ancestors) < _LEVELS and parent.tag not in _WHOLE:
        ancestors.append(parent)
        parent = parent.parent
    return ancestors


def _is_of_change(time: LexborNode) -> bool:
    """True for a <time> that its class, its parent's class or the words before it call a change."""
    names = f"{time.attributes.get('class')} {time.attributes.get('itemprop')}"
    if time.parent is not None:
        names += f" {time.parent.attributes.get('class')}"
    is_change = _OF_CHANGE.search(names) is not None and "publish" not in names.lower()
    return is_change or says_changed(_words_before(time))


def _words_before(node: LexborNode) -> str:
    """The end of the text right before an element, where it is text or an inline element."""
    before = node.prev
    for _ in range(2):  # white space is a node too
        if before is None or before.tag not in _INLINE:
            break
        if text := before.text(deep=True).strip():
            return text[-_MAX_LABEL:]
        before = before.prev
    return ""


def _is_outside(time: LexborNode) -> bool:
    parent = time.parent
    for _ in range(_MAX_ANCESTORS):
        if parent is None or parent.tag in {"article", "main"}:
            break
        if parent.tag in _OUTSIDE:
            return True
        parent = parent.parent
    return False
