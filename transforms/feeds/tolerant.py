"""The tolerant way: feedparser, for all that is odd or broken."""

import io
import re
from collections.abc import Mapping
from typing import Any

from schemas.errors import RowError
from transforms.feeds.dates import MAX_DATE, parse_date
from transforms.feeds.freshness import refresh_after_s
from transforms.feeds.links import is_web, joined
from transforms.feeds.rows import MAX_ENTRIES, ParsedEntry, ParsedFeed
from transforms.feeds.text import author_of, html_of, language_of, title_of, trimmed

# What so large a library has raised, or may, on broken input; no document is worth a run.
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError),
    ValueError,
)
MAX_MARKUP = 50_000
"""Tags that feedparser is given: 20 to 60 µs each. A feed of 100 whole articles has some 20,000."""
MAX_ATTRIBUTES = 200
"""Attributes of one tag; the standard library's SAX takes their square (20,000: 20 s)."""
_MARKUP = re.compile(
    rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|<(?P<wide>[^<>=]*(?:=[^<>=]*){{{MAX_ATTRIBUTES + 1}}})?",
    re.DOTALL,
)
_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)


def read_tolerantly(text: str, url: str) -> ParsedFeed:
    """The feed in inert and repaired XML `text` (see `xml_text`), however broken.

    Reads up to where the document outgrows one of the limits above; `left_out` counts the rest.
    Raises: RowError `not_a_feed` if feedparser finds neither a format nor an item.
    """
    import feedparser  # noqa: PLC0415 - takes 0.1 s, and plain feeds do not need it

    end = _end_of_reach(text)
    left_out = sum(1 for _ in _ITEM.finditer(text, end))
    # no content-location: feedparser would make guids absolute, which are to stay as written
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        # a stream, never a string: strings may be taken for addresses or file names
        document = feedparser.parse(
            io.BytesIO(text[:end].encode("utf-8", "replace")),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except _FAULTS as error:
        detail = f"feedparser gives it up: {type(error).__name__}: {error}"
        raise RowError("not_a_feed", detail[:300]) from error
    version = dict.get(document, "version") or ""  # absent where nothing was given to read
    if not version and not document.entries:
        raise RowError("not_a_feed", "it has neither the root of a known format nor an item")
    return _feed(document, url, left_out, atom=version.startswith("atom"))


def _end_of_reach(text: str) -> int:
    """Where reading must stop: before the item that is, or has, one too many of something.

    Half an item would get an identity of its own; only the first one, if it is that large, is cut.
    """
    items = item = 0
    for tags, found in enumerate(_MARKUP.finditer(text), start=1):
        if _ITEM.match(text, found.start()):
            items, item = items + 1, found.start()
        if tags > MAX_MARKUP or items > MAX_ENTRIES or found["wide"] is not None:
            return item if items > 1 else found.start()
    return len(text)


def _feed(document: Any, url: str, left_out: int, *, atom: bool) -> ParsedFeed:
    about = document.feed
    return ParsedFeed(
        title=_title(about, atom=atom),
        language=language_of(_get(about, "language")),
        entries=tuple(_entry(e, url, atom=atom) for e in document.entries),
        refresh_after_s=refresh_after_s(
            _get(about, "ttl"), _get(about, "sy_updateperiod"), _get(about, "sy_updatefrequency")
        ),
        left_out=left_out,
    )


def _entry(entry: Any, url: str, *, atom: bool) -> ParsedEntry:
    raw = trimmed(_get(entry, "published")) or trimmed(_get(entry, "created"))
    changed = trimmed(_get(entry, "updated"))
    published, updated = parse_date(raw), parse_date(changed)
    if published is None and not atom:
        # feedparser files dc:date, the publication date of RSS 1.0, under "updated"
        published, updated, raw = updated, None, changed if updated else raw
    entry_id = trimmed(_get(entry, "id"))
    link = _alternate(entry) if atom else trimmed(_get(entry, "link"))
    if link == entry_id and not is_web(link):
        link = None  # feedparser takes any id for a link where there is none
    summary = _html(_get(entry, "summary"), dict.get(entry, "summary_detail"))
    content = _content(entry)
    return ParsedEntry(
        id=entry_id,
        link=joined(url, link),
        title=_title(entry, atom=atom),
        published=published,
        updated=updated,
        summary_html=summary if summary != content else None,  # it fills one from the other
        content_html=content,
        authors=_authors(entry),
        published_raw=raw[:MAX_DATE] if raw else None,
    )


def _alternate(entry: Any) -> str | None:
    """The first link to a web page, where feedparser has the last one, or else the id."""
    for link in dict.get(entry, "links") or ():
        if link.get("rel") == "alternate" and "html" in (link.get("type") or ""):
            return trimmed(link.get("href"))
    return None


def _get(record: Any, key: str) -> str | None:
    # feedparser's own `get` answers with other keys (updated for published) and warns of it
    value = dict.get(record, key)
    return value if isinstance(value, str) else None


def _title(record: Any, *, atom: bool) -> str | None:
    detail = dict.get(record, "title_detail")
    return title_of(_get(record, "title"), plain=atom and _is_plain(detail))


def _is_plain(detail: Mapping[str, Any] | None) -> bool:
    return detail is not None and detail.get("type") == "text/plain"


def _html(value: str | None, detail: Mapping[str, Any] | None) -> str | None:
    return html_of(value, plain=_is_plain(detail))


def _content(entry: Any) -> str | None:
    contents = dict.get(entry, "content") or ()
    found = (_html(content.get("value"), content) for content in contents)
    return next(filter(None, found), None)


def _authors(entry: Any) -> tuple[str, ...]:
    written = [author.get("name") for author in dict.get(entry, "authors") or ()]
    return tuple(dict.fromkeys(filter(None, map(author_of, written))))
