"""A page by its site's rule: the rule takes the page apart, every page's rules make the text."""

import re
from html import escape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.boilerplate.blocks import Layout, read_layout
from transforms.boilerplate.published import Moment, parse_moment
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

# What no page's text is read from; the content of most is no markup, and parsers differ on it.
_UNREAD_WORDS = """
script style noscript template svg math iframe object embed video audio canvas xmp noembed
noframes plaintext textarea select
"""
_UNREAD = frozenset(_UNREAD_WORDS.split())
_VOID_WORDS = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_WORDS.split())
_ATTRIBUTE = re.compile(r"[A-Za-z_:@][\w:.@-]*\Z", re.ASCII)


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
    """
    markup = None if rule is None else markup_of(tree)
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


def markup_of(tree: LexborHTMLParser) -> str | None:
    """The page's elements and text as markup that all parsers read alike; None above `MAX_EFFORT`.

    So selectors match the tree that browsers show, whatever end tags the page leaves out, and no
    quirk of a second parser brings to light what the first one took for a comment or a script.
    """
    pieces: list[str] = []
    ends: list[str] = []
    places = [0]
    effort = 0
    node = tree.root
    while node is not None:
        tag = node.tag
        child = None
        if tag == "-text":
            pieces.append(escape(node.text_content or "", quote=False))
        elif tag is not None and tag[0] != "-" and tag not in _UNREAD:
            places[-1] += 1
            effort += len(places) + places[-1]
            if effort > MAX_EFFORT:
                return None
            pieces.append(_start_tag(tag, node))
            if tag not in _VOID:
                ends.append(f"</{tag}>")
                child = node.first_child
                if child is None:
                    pieces.append(ends.pop())
        if child is not None:
            places.append(0)
            node = child
            continue
        following = node.next
        while following is None and node is not None and ends:
            pieces.append(ends.pop())
            places.pop()
            node = node.parent
            following = node.next if node is not None else None
        node = following
    return "".join(pieces)


def _start_tag(tag: str, node: LexborNode) -> str:
    attributes = "".join(
        f' {name}="{escape(value or "")}"'
        for name, value in node.attributes.items()
        if _ATTRIBUTE.match(name)
    )
    return f"<{tag}{attributes}>"
