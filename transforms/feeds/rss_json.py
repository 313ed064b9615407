"""RSS-in-JSON: RSS 2.0 with braces for tags.

Source: github.com/scripting/Scripting-News, "rss-in-json"; for where else items are found,
NetNewsWire's RSSInJSONParser.
"""

from typing import Any

from transforms.feeds.dates import MAX_DATE, parse_date
from transforms.feeds.freshness import refresh_after_s, skipped_days, skipped_hours
from transforms.feeds.links import is_web, joined
from transforms.feeds.rows import MAX_ENTRIES, ParsedEntry, ParsedFeed
from transforms.feeds.text import author_of, html_of, language_of, storable, title_of, trimmed


def read_rss_json(document: dict[str, Any], url: str) -> ParsedFeed | None:
    """The feed of a JSON object with the member `rss` or `channel`; None if it has no items.

    One item may stand without a list around it. Members of the wrong type count as absent.
    """
    rss = _object(document.get("rss")) or document
    channel = _object(rss.get("channel")) or {}
    items = _items(channel, rss, document)
    if items is None:
        return None
    objects = [item for item in items if isinstance(item, dict)]
    hours = _object(channel.get("skipHours")) or {}
    days = _object(channel.get("skipDays")) or {}
    return ParsedFeed(
        title=title_of(_text(channel, "title")),
        language=language_of(_text(channel, "language")),
        entries=tuple(_entry(item, url) for item in objects[:MAX_ENTRIES]),
        refresh_after_s=refresh_after_s(_text(channel, "ttl"), None, None),
        left_out=max(0, len(objects) - MAX_ENTRIES),
        skip_hours=skipped_hours(map(_string, _list(hours.get("hour")))),
        skip_days=skipped_days(map(_string, _list(days.get("day")))),
    )


def _items(*holders: dict[str, Any]) -> list[Any] | None:
    for holder in holders:
        for name in ("item", "items"):
            if isinstance(holder.get(name), dict | list):
                return _list(holder[name])
    return [] if "channel" in holders[1] else None


def _entry(item: dict[str, Any], url: str) -> ParsedEntry:
    guid = trimmed(_text(item, "guid"))
    link = trimmed(_text(item, "link"))
    if link is None and is_web(guid) and _is_permalink(item.get("guid")):
        link = guid
    published = trimmed(_text(item, "pubDate"))
    content = html_of(_text(item, "content:encoded"))
    summary = html_of(_text(item, "description"))
    return ParsedEntry(
        id=guid,
        link=joined(url, link),
        title=title_of(_text(item, "title")),
        published=parse_date(published),
        summary_html=summary if summary != content else None,
        content_html=content,
        authors=tuple(
            filter(None, [author_of(_text(item, "author") or _text(item, "dc:creator"))])
        ),
        published_raw=published[:MAX_DATE] if published else None,
    )


def _is_permalink(guid: Any) -> bool:
    says = _object(guid).get("isPermaLink", True) if _object(guid) else True
    return _string(says).lower() == "true"


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _text(record: dict[str, Any], key: str) -> str | None:
    """A member as text; an element with attributes is an object with its text in `#value`."""
    value = record.get(key)
    if isinstance(value, dict):
        value = value.get("#value", value.get("_"))
    return _string(value) or None


def _string(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else ""
    return storable(value) if isinstance(value, str) else ""
