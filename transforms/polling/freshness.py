"""For how long an answer stays fresh, by its header fields (RFC 9111)."""

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

MAX_FRESH_S = 86_400.0
"""A server cannot keep us away from a feed for longer than a day: by far larger values are those
of a cache for pictures that somebody set for a whole site."""

_DIRECTIVE = re.compile(r'([A-Za-z-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;"]*)))?\s*(?:[,;]|\Z)')


def fresh_for_s(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds from `now` for which the answer is fresh, 0 to 86,400; 0 if it does not say.

    `headers` have lower-case names; `now` is when the answer came. `max-age` counts, less `Age`;
    without it `Expires` less `Date`. After `no-cache` or `no-store` nothing is fresh: the one
    demands a question each time, the other forbids to keep the answer. `s-maxage` is for shared
    caches, which we are not. A value that cannot be read says nothing; an `Expires` that cannot
    (such as `0`) says "stale". Source: RFC 9111, sections 4.2.1 to 4.2.3, 5.1 to 5.3.
    """
    control = _directives(headers.get("cache-control", ""))
    if control.keys() & {"no-cache", "no-store"}:
        return 0.0
    lifetime = _seconds(control.get("max-age"))
    if lifetime is None:
        expires = _date(headers.get("expires"))
        if expires is None:
            return 0.0
        lifetime = (expires - (_date(headers.get("date")) or now)).total_seconds()
    age = _seconds(headers.get("age")) or 0.0
    return min(max(lifetime - age, 0.0), MAX_FRESH_S)


def _directives(value: str) -> dict[str, str]:
    """Names in lower case; of one that is repeated the first counts (RFC 9111, section 4.2.1)."""
    found: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(value):
        found.setdefault(name.lower(), quoted or plain)
    return found


def _seconds(text: str | None) -> float | None:
    text = text.strip() if text else ""
    if not (text.isascii() and text.isdecimal()):
        return None
    return float(text) if len(text) < 10 else 2.0**31  # RFC 9111, section 1.2.2: or a larger one


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)
