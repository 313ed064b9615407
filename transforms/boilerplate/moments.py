"""Date strings as programs and people write them -> moments."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal, NamedTuple

from transforms.boilerplate.calendars import gregorian
from transforms.boilerplate.days import Leading, day_in

Precision = Literal["second", "day"]

_ISO = re.compile(
    r"(\d{4})-?(\d{1,2})-?(\d{1,2})(?:(?:[T\s]+|T:)(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?=\D|\Z)",
    re.IGNORECASE,
)
_FIRST_YEAR = 1990
"""There were no web pages before."""
_LAST_YEAR = 2100


class Moment(NamedTuple):
    """A time and how exact it is. `at` keeps the offset that the page wrote."""

    at: datetime
    precision: Precision


def parse_moment(value: str, leading: Leading = None) -> Moment | None:
    """The moment that a date string means, None if it is none or outside of 1990 to 2100.

    ISO 8601 in its usual spellings, RFC 2822, seconds or milliseconds since 1970, and all that
    `day_in` reads, which says what `leading` is. A date alone is a day: midnight UTC. So is a
    time without an offset (it may be off by 14 hours, and a false second is worse than a true
    day), and midnight to the second, which is how programs write a day.
    """
    text = value.strip()[:64]
    if text.isdecimal() and len(text) in {10, 13}:
        seconds = int(text) // (1000 if len(text) == 13 else 1)
        return _checked(datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds))
    if match := _ISO.match(text):
        return _from_iso(match)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        day = day_in(text, leading)
        return day_moment(*day) if day else None
    return _checked(moment)


def day_moment(year: int, month: int, day: int) -> Moment | None:
    """Midnight UTC of a day, None if there is no such day from 1990 to 2100."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return Moment(datetime(year, month, day, tzinfo=timezone.utc), "day")
    except ValueError:  # no such day
        return None


def _from_iso(match: re.Match[str]) -> Moment | None:
    hour, minute, second, offset = match.groups()[3:]
    date = gregorian(int(match[1]), int(match[2]), int(match[3]))
    if date is None or hour is None or offset is None:
        return day_moment(*date) if date else None
    time = int(hour), int(minute), min(59, int(second or 0))  # 23:59:60 is a leap second
    try:
        return _checked(datetime(*date, *time, tzinfo=timezone(_delta(offset))))
    except ValueError:  # 2026-02-31, or an offset of 99 hours
        return None


def _delta(offset: str) -> timedelta:
    if not offset[1:2].isdigit():
        return timedelta(0)
    digits = offset[1:].replace(":", "").ljust(4, "0")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -delta if offset[0] == "-" else delta


def _checked(moment: datetime) -> Moment | None:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    is_day = moment.tzinfo is None or (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    if is_day:
        return day_moment(moment.year, moment.month, moment.day)
    return Moment(moment, "second")
