"""parse_feed: the document of any feed format, told by its content."""

import re

from schemas.errors import RowError
from transforms.feeds.decode import text_of
from transforms.feeds.elements import read_elements
from transforms.feeds.json_feed import read_json
from transforms.feeds.rows import ParsedFeed
from transforms.feeds.text import storable
from transforms.feeds.tolerant import read_tolerantly
from transforms.feeds.xml_text import inert_xml, start_of_root

_ROOT = re.compile(r"<\s*([A-Za-z_][\w.:-]*)")
_FEED_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_FEED_PART = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|RDF|channel|item|entry)[\s/>]", re.IGNORECASE)
_KNOWN_ROOTS = {
    "html": "an HTML page",
    "head": "an HTML page",
    "body": "an HTML page",
    "urlset": "a sitemap",
    "sitemapindex": "an index of sitemaps",
    "opml": "an OPML list of feeds",
}


def parse_feed(body: bytes, url: str, content_type: str | None = None) -> ParsedFeed:
    """The feed in `body`: RSS 0.9 to 2.0, Atom, RDF, CDF, or JSON Feed, as broken as it may be.

    `url` is the address it was read from: relative links are resolved against it. Of
    `content_type` only the charset counts; the format is told by the content, since servers
    announce feeds as anything. A feed without items is a feed. Never fetches, opens or expands
    anything.

    Raises: RowError `not_a_feed`; its detail says what the document looks like instead.
    """
    text = storable(text_of(body, content_type))
    start = start_of_root(text)
    if start == len(text):
        raise RowError("not_a_feed", "the document is empty")
    if text[start] in "{[":
        return read_json(text[start:], url)
    xml = _from_root(inert_xml(text))
    return read_elements(xml, url) or read_tolerantly(xml, url)


def _from_root(xml: str) -> str:
    """`xml` from its feed root on: warnings of a script may stand before it.

    Raises: RowError `not_a_feed` if there is nothing of a feed in it.
    """
    root = _ROOT.match(xml, start_of_root(xml))
    name = root[1].lower() if root else ""
    if name in _KNOWN_ROOTS:
        raise RowError("not_a_feed", f"the document is {_KNOWN_ROOTS[name]}")
    if not _FEED_PART.search(xml):
        what = f"has the root <{name[:60]}>" if name else f"begins with {xml.lstrip()[:40]!r}"
        raise RowError("not_a_feed", f"the document {what} and no element of a feed")
    if root is not None and _FEED_PART.match(root[0] + ">"):
        return xml
    first = _FEED_ROOT.search(xml)
    return xml[first.start() :] if first else xml
