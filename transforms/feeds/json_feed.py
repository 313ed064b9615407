"""JSON: JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), else RSS-in-JSON."""

import json
from typing import Any

from schemas.errors import RowError
from transforms.feeds.dates import MAX_DATE, parse_date
from transforms.feeds.links import joined
from transforms.feeds.rows import MAX_ENTRIES, ParsedEntry, ParsedFeed
from transforms.feeds.rss_json import read_rss_json
from transforms.feeds.text import author_of, html_of, language_of, storable, title_of, trimmed

_DECODER = json.JSONDecoder(strict=False)


def read_json(text: str, url: str) -> ParsedFeed:
    """The JSON Feed, or the RSS-in-JSON, in `text`.

    Members of the wrong type count as absent, items that are no objects are left out. Line ends in
    strings are let pass, and whatever comes after the document.
    Raises: RowError `not_a_feed` for broken JSON and for JSON without items.
    """
    try:
        document, _ = _DECODER.raw_decode(text)
    except RecursionError:
        raise RowError("not_a_feed", "JSON nested too deep to read") from None
    except ValueError as error:
        raise RowError("not_a_feed", f"looks like JSON, but is broken: {error}"[:300]) from None
    if not isinstance(document, dict):
        raise RowError("not_a_feed", "JSON without the list `items` of a JSON Feed: no object")
    items = document.get("items")
    if not isinstance(items, list) or "rss" in document:
        rss = read_rss_json(document, url)
        if rss is None:
            raise RowError("not_a_feed", "JSON without the list `items` of a JSON Feed, or `rss`")
        return rss
    objects = [item for item in items if isinstance(item, dict)]
    return ParsedFeed(
        title=title_of(_text(document, "title"), plain=True),
        language=language_of(_text(document, "language")),
        entries=tuple(_entry(item, url) for item in objects[:MAX_ENTRIES]),
        left_out=max(0, len(objects) - MAX_ENTRIES),
    )


def _entry(item: dict[str, Any], url: str) -> ParsedEntry:
    content = html_of(_text(item, "content_html"))
    published = trimmed(_text(item, "date_published"))
    return ParsedEntry(
        id=trimmed(_text(item, "id")),
        link=joined(url, trimmed(_text(item, "url")) or trimmed(_text(item, "external_url"))),
        title=title_of(_text(item, "title"), plain=True),
        published=parse_date(published),
        updated=parse_date(_text(item, "date_modified")),
        summary_html=html_of(_text(item, "summary"), plain=True),
        content_html=content or html_of(_text(item, "content_text"), plain=True),
        authors=_authors(item),
        published_raw=published[:MAX_DATE] if published else None,
    )


def _text(record: dict[str, Any], key: str) -> str | None:
    """A member as text; 1.0 had numbers as ids, and says to read them as strings."""
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**40 else None
    return storable(value) if isinstance(value, str) else None


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """`authors` of 1.1, else `author` of 1.0."""
    written = item.get("authors")
    records = written if isinstance(written, list) else [item.get("author")]
    names = [author_of(_text(record, "name")) for record in records if isinstance(record, dict)]
    return tuple(dict.fromkeys(filter(None, names)))
