"""Dates of feeds: RFC 822, ISO 8601 and the few other forms that can be read only one way."""

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from transforms.feeds.months import MONTHS

FIRST_YEAR = 1990
"""Nothing on the web is older; years before it are a content system's way to say "unknown"."""

MAX_AHEAD = timedelta(hours=24)
"""A later date is an event's, or a mistake (NetNewsWire ignores such dates too)."""
MAX_DATE = 120
"""Characters read of a date."""

# The two forms that almost all feeds write, tried first: for them the forms below cost three
# times as much.
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3}, )?([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-5][0-9])"
    r" (?:GMT|UTC?|Z|([+-][0-9]{4}))"
)
_RFC_3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-5][0-9])(?:\.[0-9]+)?"
    r"(?:Z|([+-][0-9]{2}:[0-9]{2}))"
)
_AT_GREENWICH = frozenset({"+0000", "+00:00"})
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>[A-Za-z]+(?:/[A-Za-z_]+)?|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?)"
_TIME = rf"(?:{_CLOCK}\s?(?P<half>[AaPp]\.?[Mm]\.?)?(?:\s?{_ZONE}(?:\s?\(.*\)|\[.*\])?)?)"
_DIGITS = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
_YEAR, _DAY = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})"
_WEEKDAY = r"(?:[^\W0-9_]{1,12}\.?(?:\s?[,،]\s?|\s))?"
_OF, _OR_TWO = r"(?:\s(?:de|of)\s|\s|-)", r"(?P<year>\d{4}|\d\d)"
_MONTH = r"(?P<name>[^\W0-9_]{3,14})"
_NTH = r"(?:st|nd|rd|th|er|[.ºª])?"
_CJK_DAY = rf"{_YEAR}[年년]\s?(?P<month>\d{{1,2}})[月월]\s?{_DAY}[日일]"
# One form a pattern; numbers are ASCII only, or `\d` would take digits that `strptime` does not.
_FORMS = tuple(
    re.compile(form.replace(r"\d", "[0-9]"))
    for form in (
        # 2026-05-03T10:20:30.5+02:00, 2026/05/03 10:20 GMT (ISO 8601, W3CDTF)
        rf"{_YEAR}(?P<s>[-/.])(?P<month>\d{{1,2}})(?P=s){_DAY}(?:(?:\s?[Tt]\s?|\s){_TIME})?",
        # 20260503T102030Z (ISO 8601, basic format)
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:[Tt]?{_DIGITS}(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
        # 2026-05-03T102030Z, 20260503T10:20:30Z (the two mixed)
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)[Tt]{_DIGITS}(?P<zone>Z|[+-]\d\d:?\d\d)?",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)[Tt\s]{_TIME}",
        # Sun, 03 May 2026 10:20:30 +0200, 3-May-26 (RFC 822, RFC 2822, RFC 850), 3 de mayo de 2026
        rf"{_WEEKDAY}{_DAY}{_NTH}{_OF}{_MONTH}[.,]?(?:\sdel?\s|[\s-]){_OR_TWO},?(?:\s{_TIME})?",
        # Sun May 3 10:20:30 CEST 2026 (asctime, date(1)). Java in China writes its own CST in this
        # form, so here the name says nothing.
        rf"{_WEEKDAY}{_MONTH}\.?\s{_DAY}\s{_CLOCK}(?:\s(?!CST){_ZONE})?\s{_YEAR}",
        # May 3, 2026 10:20 AM
        rf"{_WEEKDAY}{_MONTH}\.?\s{_DAY}{_NTH},?\s{_YEAR},?(?:\s(?:at\s)?{_TIME})?",
        # 2026年5月3日 10:20, 2026년 5월 3일
        rf"{_CJK_DAY}(?:\s?{_TIME})?",
        # 2026年05月03日 10時20分
        rf"{_CJK_DAY}\s?(?P<hour>\d{{1,2}})[時时点시]\s?(?P<minute>\d{{1,2}})[分분]",
        # 23.05.2026, 05/23/2026 10:20: one of the two numbers cannot be a month
        rf"(?P<one>\d{{1,2}})(?P<s>[./-])(?P<two>\d{{1,2}})(?P=s){_YEAR}(?:,?\s{_TIME})?",
    )
)
# Hours east of UTC: the names of RFC 822, then abbreviations that in feeds mean one zone. IST
# (India, Israel, Ireland) is left out: a zone that may be several makes the date unknown.
_ZONES = {
    name: hours
    for hours, names in (
        (-10.0, "hst"),
        (-9.0, "akst"),
        (-8.0, "pst akdt"),
        (-7.0, "pdt mst"),
        (-6.0, "mdt cst"),
        (-5.0, "cdt est et"),
        (-4.0, "edt ast"),
        (-3.5, "nst"),
        (-3.0, "adt brt"),
        (0.0, "z ut utc gmt wet etc/gmt etc/utc"),
        (1.0, "bst cet met west"),
        (2.0, "cest mest eet sast"),
        (3.0, "eest msk trt"),
        (8.0, "sgt hkt"),
        (9.0, "jst kst"),
        (10.0, "aest"),
        (11.0, "aedt"),
        (12.0, "nzst"),
        (13.0, "nzdt"),
    )
    for name in names.split()
}
_MAX_OFFSET_H = 14  # Kiribati, the easternmost


def parse_date(text: str | None) -> datetime | None:
    """The instant that `text` names, in UTC, from 1990 on; None if unreadable or ambiguous.

    A missing zone counts as UTC (RFC 2822, section 4.3), a missing time as midnight UTC. None
    for 03/05/2024 (two readings; 23/05/2024 has one), 26-07-30 (three), a year alone, an unknown
    zone name, an offset over 14 hours, a day that does not exist. Two-digit years: RFC 2822,
    section 4.3.
    """
    if not text:
        return None
    usual = _usual(text)
    if usual is not None:
        return usual
    line = " ".join(text[:MAX_DATE].split())
    for form in _FORMS:
        match = form.fullmatch(line)
        if match is not None:
            return _instant(match.groupdict())
    return None


def is_ahead(date: datetime | None, now: datetime) -> bool:
    """Whether an aware time lies more than `MAX_AHEAD` after `now`; False for None."""
    return date is not None and date > now + MAX_AHEAD


def _usual(text: str) -> datetime | None:
    """The instant of a date in the usual forms; None if it has another, or is no good."""
    if match := _RFC_822.fullmatch(text):
        day, name, year, hour, minute, second, zone = match.groups()
        month = MONTHS.get(name.lower(), 0)
    elif match := _RFC_3339.fullmatch(text):
        year, number, day, hour, minute, second, zone = match.groups()
        month = int(number)
    else:
        return None
    try:
        instant = datetime(
            int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=timezone.utc
        )
        if zone is not None and zone not in _AT_GREENWICH:
            offset = _offset(zone)
            if offset is None:
                return None
            instant -= offset
    except (ValueError, OverflowError):
        return None
    return instant if instant.year >= FIRST_YEAR else None


def _instant(parts: dict[str, str | None]) -> datetime | None:
    month, day = _month_and_day(parts)
    offset = _offset(parts.get("zone"))
    hour, second = _hour(parts), int(parts.get("second") or 0)
    if month is None or offset is None or hour is None or second > 60:
        return None
    try:
        local = datetime(
            _year(parts["year"] or ""),
            month,
            day,
            hour % 24,
            int(parts.get("minute") or 0),
            min(second, 59),  # 60 is a leap second, never another minute
            tzinfo=timezone.utc,
        )
        instant = local + timedelta(days=hour // 24) - offset
    except (ValueError, OverflowError):
        return None
    return instant if instant.year >= FIRST_YEAR else None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _month_and_day(parts: dict[str, str | None]) -> tuple[int | None, int]:
    """The month, None if unknown, and the day; of two bare numbers the order must be certain."""
    if name := parts.get("name"):
        return MONTHS.get(name.lower()), int(parts["day"] or 0)
    if parts.get("one") is None:
        return int(parts.get("month") or 0), int(parts["day"] or 0)
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    if one == two or one > 12:
        return two, one
    return (one, two) if two > 12 else (None, 0)


def _hour(parts: dict[str, str | None]) -> int | None:
    """Hour of the day, 0..24 (24 only as 24:00:00); None if there is no such hour."""
    hour, half = int(parts.get("hour") or 0), (parts.get("half") or "").lower()
    if half:
        return hour % 12 + (12 if half[0] == "p" else 0) if 1 <= hour <= 12 else None
    if hour == 24:
        return None if int(parts.get("minute") or 0) + int(parts.get("second") or 0) else 24
    return hour if hour < 24 else None


@lru_cache(maxsize=256)
def _offset(zone: str | None) -> timedelta | None:
    """East of UTC; None for a zone that does not exist, or that is several."""
    if not zone:
        return timedelta(0)
    name = zone.lower().replace(" ", "")
    if name in _ZONES:
        return timedelta(hours=_ZONES[name])
    match = re.fullmatch(r"(?:utc|gmt)?([+-])([0-9]{1,2}):?([0-9]{2})?", name)
    if match is None:
        return None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if minutes > 59 or timedelta(hours=hours, minutes=minutes) > timedelta(hours=_MAX_OFFSET_H):
        return None
    return timedelta(hours=hours, minutes=minutes) * (-1 if match[1] == "-" else 1)
