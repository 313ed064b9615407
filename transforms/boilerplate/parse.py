"""Bytes -> parsed page, or a RowError for what is no page."""

import re

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from schemas.errors import RowError
from transforms.boilerplate.limits import refuse_monsters
from transforms.web import decode_body

_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"\x00\x00\x00\x18ftyp", "an MP4 file"),
    (b"\x00\x00\x00\x20ftyp", "an MP4 file"),
)
"""First bytes of the file formats that servers send as text/html (WHATWG MIME Sniffing, 6)."""

_MARKUP = re.compile(
    r"<(?:!doctype html|(?:html|head|body|title|meta|main|article|section|div|p|h1|h2|table|span|a"
    r"|ul|br|b|i|font|center|pre|header|form|script)[\s/>])",
    re.IGNORECASE,
)
# A comment must not be able to end at two places: the ways to read n of them would be 2 ** n.
_XML_ROOT = re.compile(
    r"(?:\s|<\?[^>]*>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>]*>)*<([a-zA-Z:]+)", re.DOTALL
)
_OTHER_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "svg", "urlset", "sitemapindex", "opml"})
_HEAD = 1 << 16


def parse_page(html: bytes, charset: str | None) -> LexborHTMLParser:
    """The parsed page. `charset` is what the HTTP header said, if anything.

    Raises: RowError `empty_text` for no bytes; `not_html` for another file format, JSON, a feed, or
    text without a single HTML tag; `too_deep` above the limits of `refuse_monsters`.
    """
    start = html[:64].lstrip()
    if not start and not html.strip():
        raise RowError("empty_text", "the body is empty")
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            raise RowError("not_html", f"the body is {what}, by its first bytes")
    markup = decode_body(html, charset)
    if b"\0" in html:  # a parser would write U+FFFD for it
        markup = markup.replace("\0", "")
    _refuse_other_text(markup)
    refuse_monsters(markup)
    # with events a <select> takes the square of its options, and <selectedcontent> doubles text
    return LexborHTMLParser(markup, options=LexborDocumentOptions.WO_EVENTS)


def _refuse_other_text(markup: str) -> None:
    head = markup[:_HEAD]
    if not (_MARKUP.search(head) or _MARKUP.search(markup)):
        raise RowError("not_html", f"no HTML tag in the body, which begins {head[:40]!r}")
    start = head.lstrip("\ufeff \t\r\n")
    if start[:1] in "{[" and "<html" not in head.lower() and start[1:2] in "\"'{[ \t\r\n":
        raise RowError("not_html", f"the body looks like JSON: it begins {start[:40]!r}")
    root = _XML_ROOT.match(head)
    if root and root[1].lower() in _OTHER_ROOTS:
        raise RowError("not_html", f"the body is XML with the root element {root[1]}")
