"""Markup that stands as elements in a feed, written as HTML."""

import html
from xml.etree.ElementTree import Element

from transforms.feeds.slots import local_name

MAX_DEPTH = 100
"""Levels of inline markup that are written out; of what is nested deeper only the words stay."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_XML_LANG = "http://www.w3.org/XML/1998/namespace}lang"


def inline_html(parent: Element) -> str:
    """What is inside `parent` as HTML, namespaces dropped.

    A single `div` around all of it is dropped too: it is the wrapper that Atom asks for
    (RFC 4287, section 3.1.1.3).
    """
    if len(parent) == 1 and not (parent.text or "").strip():
        (child,) = parent
        if local_name(child.tag) == "div" and not (child.tail or "").strip():
            parent = child
    pieces: list[str] = []
    _write(parent, pieces, 0)
    return "".join(pieces)


def _write(parent: Element, pieces: list[str], depth: int) -> None:
    if parent.text:
        pieces.append(html.escape(parent.text, quote=False))
    for child in parent:
        name = local_name(child.tag)
        if depth >= MAX_DEPTH:
            pieces.append(html.escape("".join(child.itertext()), quote=False))
        elif name in _VOID and not len(child) and not child.text:
            pieces.append(f"<{name}{_attributes(child)} />")
        else:
            pieces.append(f"<{name}{_attributes(child)}>")
            _write(child, pieces, depth + 1)
            pieces.append(f"</{name}>")
        if child.tail:
            pieces.append(html.escape(child.tail, quote=False))


def _attributes(element: Element) -> str:
    return "".join(
        f' {"lang" if name == _XML_LANG else local_name(name)}="{html.escape(value)}"'
        for name, value in element.attrib.items()
    )
