"""skipHours and skipDays: when a feed asks not to be polled (RSS 2.0)."""

from collections.abc import Collection
from datetime import datetime, timedelta

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def skip_text(hours: Collection[int], days: Collection[int]) -> str | None:
    """What a document asks to be skipped, such as `0 1 2 Saturday`; None if nothing.

    `hours` are 0 to 23 in GMT, `days` 0 (Monday) to 6. A list that leaves no time at all is
    nonsense, and left out. Source: RSS Advisory Board, RSS 2.0 specification, channel elements.
    """
    words = [str(hour) for hour in sorted(hours)] if len(hours) < 24 else []
    words += [_DAYS[day] for day in sorted(days)] if len(days) < 7 else []
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
