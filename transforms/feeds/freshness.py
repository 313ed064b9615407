"""What a feed document says of how often it changes."""

import re
from collections.abc import Iterable

_PERIODS_S = {
    "hourly": 3_600,
    "daily": 86_400,
    "dayly": 86_400,  # seen by mediacloud/rss-fetcher
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def refresh_after_s(ttl: str | None, period: str | None, frequency: str | None) -> float | None:
    """Seconds that a feed asks to be left alone; None if it does not say, or says nonsense."""
    minutes = _count(ttl)
    if minutes:
        return minutes * 60.0
    seconds = _PERIODS_S.get(period.strip().lower()) if period else None
    return seconds / (_count(frequency) or 1) if seconds else None


def skipped_hours(texts: Iterable[str]) -> tuple[int, ...]:
    """Hours of the day in GMT, 0..23, in which a feed asks not to be polled; nonsense left out.

    Both forms are read: 1..24 (RSS 0.91) and 0..23 (RSS 0.92 on). Source: RSS 2.0, skipHours.
    """
    hours = {_count(text) for text in texts}
    return tuple(sorted({hour % 24 for hour in hours if hour is not None and hour <= 24}))


def skipped_days(texts: Iterable[str]) -> tuple[int, ...]:
    """Days of the week in GMT, 0 (Monday) to 6, in which a feed asks not to be polled."""
    names = {text.strip().lower() for text in texts}
    return tuple(number for number, name in enumerate(_DAYS) if name in names)


def _count(text: str | None) -> int | None:
    text = text.strip() if text else ""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
