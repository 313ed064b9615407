"""parse_feed: the document of any feed format, told by its content."""

import re
from datetime import datetime

from schemas.errors import RowError
from transforms.feeds.dates import is_ahead
from transforms.feeds.decode import is_utf8, text_of
from transforms.feeds.elements import read_elements
from transforms.feeds.json_feed import read_json
from transforms.feeds.pieces import items_in_pieces
from transforms.feeds.rows import ParsedEntry, ParsedFeed
from transforms.feeds.text import storable
from transforms.feeds.tolerant import read_tolerantly
from transforms.feeds.unpack import unpacked
from transforms.feeds.xml_text import inert_xml, repaired, start_of_root, with_windows_characters

_ROOT = re.compile(r"<\s*([A-Za-z_][\w.:-]*)")
_FEED_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_FEED_PART = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|RDF|channel|item|entry)[\s/>]", re.IGNORECASE)
_KNOWN_ROOTS = {
    "html": "an HTML page",
    "head": "an HTML page",
    "body": "an HTML page",
    "urlset": "a sitemap without news",
    "sitemapindex": "an index that names no sitemaps",
    "opml": "an OPML list of feeds",
}
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_REFERENCE = re.compile(rb"&#(?:0*1(?:2[789]|[345][0-9])|[xX]0*(?:7[fF]|[89][0-9A-Fa-f]));")


def parse_feed(
    body: bytes, url: str, content_type: str | None = None, now: datetime | None = None
) -> ParsedFeed:
    """The feed in `body`, as broken as it may be, packed with gzip or not.

    RSS 0.9 to 2.0, RSS 1.1, Atom 0.3 and 1.0, CDF; JSON Feed and RSS-in-JSON; Google News
    sitemaps and indexes of sitemaps. `url` is the address it was read from: relative links are
    resolved against it. Of `content_type` only the charset counts; the format is told by the
    content, since servers announce feeds as anything. A feed without items is a feed. With `now`
    (aware), dates more than 24 hours after it are None, and the entry says so. Never fetches,
    opens or expands anything.

    Raises: RowError `not_a_feed`; its detail says what the document looks like instead;
    `bad_encoding` and `too_large` for gzip that cannot be unpacked.
    """
    feed = _parsed(unpacked(body), url, content_type)
    if now is None:
        return feed
    return feed._replace(entries=tuple(_until(entry, now) for entry in feed.entries))


def _until(entry: ParsedEntry, now: datetime) -> ParsedEntry:
    """`entry` without the dates that lie more than 24 hours after `now`, marked if it has any."""
    published, updated = is_ahead(entry.published, now), is_ahead(entry.updated, now)
    if not published and not updated:
        return entry
    return entry._replace(
        published=None if published else entry.published,
        updated=None if updated else entry.updated,
        is_published_in_future=published or entry.is_published_in_future,
    )


def _parsed(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
    # most are plain: no text need be made of them, since expat refuses what is no UTF-8 by itself
    if is_utf8(body, content_type) and b"<!DOCTYPE" not in body and not _is_misnumbered(body):
        feed = read_elements(body.lstrip(), url)
        if feed is not None:
            return feed
    text = with_windows_characters(storable(text_of(body, content_type)))
    start = start_of_root(text)
    if start == len(text):
        raise RowError("not_a_feed", "the document is empty")
    if text[start] in "{[":
        return read_json(text[start:], url)
    return _read_xml(inert_xml(text), url)


def _read_xml(xml: str, url: str) -> ParsedFeed:
    body = xml.encode("utf-8", "replace")
    feed = None if _is_misnumbered(body) else read_elements(body, url)
    if feed is not None:
        return feed
    xml = repaired(xml)
    feed = read_elements(xml.encode("utf-8", "replace"), url)
    if feed is not None:
        return feed
    rest = _from_root(xml)
    if len(rest) < len(xml):
        feed = read_elements(rest.encode("utf-8", "replace"), url)
    return feed or _broken(rest, url)


def _broken(xml: str, url: str) -> ParsedFeed:
    """Raises: RowError `not_a_feed` if no way leads to an item, nor to a feed without any."""
    try:
        feed = read_tolerantly(xml, url)
    except RowError:
        entries = items_in_pieces(xml, url)
        if not entries:
            raise
        return ParsedFeed(entries=entries)
    return feed if feed.entries else feed._replace(entries=items_in_pieces(xml, url))


def _is_misnumbered(body: bytes) -> bool:
    """Whether it has the control DEL, or windows-1252 characters at their old numbers."""
    return (
        b"\x7f" in body
        or _C1.search(body) is not None
        or (b"#" in body and b"&#" in body and _REFERENCE.search(body) is not None)
    )


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
