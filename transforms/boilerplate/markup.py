"""A parsed page written out again, as markup that every parser reads alike.

For beautifulsoup4: its html.parser takes the square of the length on `<a <a <a `, `</</</`
or `<!--<!--`, and stops at `<![`. Written out by another parser, markup has nothing of the kind.
"""

import re
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

# The content of these is no markup, or no part of the page, and parsers differ on where it ends.
_LEFT_OUT_WORDS = """
script style noscript template iframe xmp noembed noframes plaintext textarea select svg
"""
_LEFT_OUT = frozenset(_LEFT_OUT_WORDS.split())
_VOID_WORDS = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_WORDS.split())
_ATTRIBUTE = re.compile(r"[A-Za-z_:@][\w:.@-]*\Z", re.ASCII)


def markup_of(tree: LexborHTMLParser, most: int | None = None) -> str | None:
    """The elements and texts of the tree, without scripts, styles, forms' texts and comments.

    None where the depths of the elements and their places among siblings add up to more than
    `most`: what a selector costs at worst is an element's ancestors, or the siblings before it.
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
        elif tag is not None and tag[0] != "-" and tag not in _LEFT_OUT:
            places[-1] += 1
            effort += len(places) + places[-1]
            if most is not None and effort > most:
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
