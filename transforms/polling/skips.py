"""skipHours and skipDays: when a feed asks not to be polled (RSS 2.0)."""

import re
from datetime import datetime, timedelta

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BLOCK = re.compile(rb"<skip(Hours|Days)\s*>(.{0,2000}?)</skip\1\s*>", re.DOTALL)
_ITEM = re.compile(rb"<(hour|day)\s*>\s*([A-Za-z0-9]{1,9})\s*</\1\s*>")


def skips_of(body: bytes) -> str | None:
    """What an RSS document asks to be skipped, such as `0 1 2 Saturday`; None if nothing.

    Hours are those of GMT, 0 to 23, and 24 is another name of 0 (RSS 0.91 counted from 1). Words
    that are neither are left out, and so is a list that leaves no time at all.
    Source: RSS Advisory Board, RSS 2.0 specification, channel elements.
    """
    if b"<skip" not in body:
        return None
    hours: set[int] = set()
    days: set[str] = set()
    for _, block in _BLOCK.findall(body):
        for kind, word in _ITEM.findall(block):
            text = word.decode("ascii")
            if kind == b"hour" and text.isdecimal() and int(text) <= 24:
                hours.add(int(text) % 24)
            elif kind == b"day" and text.capitalize() in _DAYS:
                days.add(text.capitalize())
    hours = hours if len(hours) < 24 else set()
    days = days if len(days) < 7 else set()
    words = [*map(str, sorted(hours)), *sorted(days, key=_DAYS.index)]
    return " ".join(words) or None


def after_skips(skip: str | None, at: datetime) -> datetime:
    """The first time from `at` on that is not to be skipped: `at` itself, or a full hour in UTC."""
    words = set(skip.split()) if skip else set()
    hour = at
    for _ in range(7 * 24 + 1):
        if str(hour.hour) not in words and _DAYS[hour.weekday()] not in words:
            return hour
        hour = hour.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at
