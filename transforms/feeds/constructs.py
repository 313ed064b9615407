"""Text constructs: the value of a title, summary or content element, plain or HTML."""

import base64
import re
from xml.etree.ElementTree import Element

from transforms.feeds.inline import inline_html
from transforms.feeds.text import html_of, title_of

_PLAIN = frozenset({"text", "text/plain", "plain"})
_HTML = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_XHTML = frozenset({"xhtml", "application/xhtml+xml"})
# A closing tag or a reference: what makes feedparser take text of RSS for HTML.
_LOOKS_LIKE_HTML = re.compile(r"</\w+>|&#?\w+;")


def text_in(element: Element | None) -> str | None:
    """All text inside `element`, tags left out; None if there is none."""
    if element is None:
        return None
    return "".join(element.itertext()) if len(element) else element.text


def title_in(element: Element, *, atom: bool) -> str | None:
    """The title as plain text; outside Atom every title is read as HTML, for most are."""
    if len(element):
        return title_of(inline_html(element))
    if not atom or not element.text:
        return title_of(element.text)
    kind = _kind(element, "text")
    if kind in _HTML and kind not in _XHTML:
        return title_of(element.text)
    if kind in _PLAIN or kind in _XHTML:
        return title_of(element.text, plain=True)
    return title_of(_decoded(element, kind))


def html_in(element: Element, default: str, *, atom: bool) -> str | None:
    """The HTML of a summary or content: inline elements written out, plain text escaped.

    `default` is the type where none is given. Sources: RFC 4287, sections 3.1 and 4.1.3.3, for
    `type`; Atom 0.3 for `mode="base64"`; feedparser for what other types mean.
    """
    if len(element):
        return html_of(inline_html(element))
    text = element.text
    if not text:
        return None
    kind = default
    if element.attrib:
        kind = _kind(element, default)
        if kind not in _HTML and kind not in _PLAIN:
            text = _decoded(element, kind)
    if kind in _XHTML:
        return html_of(text, plain=True)
    return html_of(text, plain=kind in _PLAIN and (atom or not _LOOKS_LIKE_HTML.search(text)))


def _kind(element: Element, default: str) -> str:
    if element.get("mode") == "base64":
        return "base64"
    return element.get("type", default).lower()


def _decoded(element: Element, kind: str) -> str:
    """Base64 is what is neither text nor XML (RFC 4287, section 4.1.3.3); as it is if it is not."""
    text = element.text or ""
    if kind.startswith("text/") or kind.endswith(("+xml", "/xml")):
        return text
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
    except ValueError:  # no ASCII, no base64, or no UTF-8 inside
        return text
