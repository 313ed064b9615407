"""A page by its site's rule: the rule takes the page apart, every page's rules make the text."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from transforms.boilerplate.blocks import Layout, read_layout
from transforms.boilerplate.markup import markup_of
from transforms.boilerplate.moments import Moment, parse_moment
from transforms.boilerplate.text import render
from transforms.boilerplate.titles import one_line
from transforms.site_rules import SiteRule, take_apart

CONFIDENCE = 0.9
"""Of a text that a rule's `keep` found. A convention: a person looked, but not at this page."""

LEAST_CHARS = 50
"""A rule that leaves less text than this is out of date, and the page is read without it.

A run rejects such a text in any script: it demands 25 words, in Chinese about 50 characters.
"""

MAX_EFFORT = 4_000_000
"""Depths and places among siblings, summed over the elements of a page that a rule may read.

What a selector costs at worst: an element's ancestors, or the siblings before it.
"""


class Ruled(NamedTuple):
    """What a rule makes of a page. Without a rule, all of it is left."""

    layout: Layout
    """What `drop` left of the page."""
    kept: Layout | None
    """What `keep` matched in that; None for nothing."""
    title: str
    published: Moment | None


def apply_rule(rule: SiteRule | None, tree: LexborHTMLParser, layout: Layout) -> Ruled:
    """The page, whose layout is `layout`, by its site's rule.

    A selector that matches nothing changes nothing, nor does any on a page above `MAX_EFFORT`.
    Selectors match the tree that browsers show, whatever end tags the page leaves out.
    """
    markup = None if rule is None else markup_of(tree, MAX_EFFORT)
    if rule is None or markup is None:
        return Ruled(layout, None, "", None)
    taken = take_apart(markup, rule)
    return Ruled(
        layout=_layout(taken.left) if taken.left else layout,
        kept=_layout(taken.kept) if taken.kept else None,
        title=one_line(taken.title),
        published=parse_moment(taken.date),
    )


def kept_text(ruled: Ruled, title: str) -> tuple[str, str, float] | None:
    """(text, method, confidence) of what the rule keeps; None where that is next to nothing."""
    if ruled.kept is None:
        return None
    text = render(ruled.kept.blocks, ruled.kept.containers, title)
    return (text, "rules", CONFIDENCE) if len(text) >= LEAST_CHARS else None


def _layout(markup: str) -> Layout:
    return read_layout(LexborHTMLParser(markup))
