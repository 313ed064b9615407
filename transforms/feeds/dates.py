"""Dates of feeds: RFC 822, ISO 8601 and the few other forms that can be read only one way."""

import re
from datetime import datetime, timedelta, timezone

FIRST_YEAR = 1990
"""Nothing on the web is older; years before it are a content system's way to say "unknown"."""

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>[A-Za-z]+(?:/[A-Za-z_]+)?|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?)"
_TIME = rf"(?:{_CLOCK}\s?(?P<half>[AaPp]\.?[Mm]\.?)?(?:\s?{_ZONE}(?:\s?\(.*\))?)?)"
_DIGITS = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
_YEAR, _DAY = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})"
_WEEKDAY = r"(?:[^\W0-9_]{2,12}\.?,?\s)?"
_MONTH = r"(?P<name>[^\W0-9_]{3,12})"
# One form a pattern; numbers are ASCII only, or `\d` would take digits that `strptime` does not.
_FORMS = tuple(
    re.compile(form.replace(r"\d", "[0-9]"))
    for form in (
        # 2026-05-03T10:20:30.5+02:00, 2026/05/03 10:20 GMT (ISO 8601, W3CDTF)
        rf"{_YEAR}(?P<s>[-/.])(?P<month>\d{{1,2}})(?P=s){_DAY}(?:[Tt\s]\s?{_TIME})?",
        # 20260503T102030Z (ISO 8601, basic format)
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:[Tt]?{_DIGITS}(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
        # Sun, 03 May 2026 10:20:30 +0200, 3-May-26 (RFC 822, RFC 2822, RFC 850)
        rf"{_WEEKDAY}{_DAY}(?:\.?\s|-){_MONTH}[.,]?[\s-](?P<year>\d{{4}}|\d\d),?(?:\s{_TIME})?",
        # Sun May 3 10:20:30 CEST 2026 (asctime, date(1)). Java in China writes its own CST in this
        # form, so here the name says nothing.
        rf"{_WEEKDAY}{_MONTH}\.?\s{_DAY}\s{_CLOCK}(?:\s(?!CST){_ZONE})?\s{_YEAR}",
        # May 3, 2026 10:20 AM
        rf"{_WEEKDAY}{_MONTH}\.?\s{_DAY},?\s{_YEAR},?(?:\s(?:at\s)?{_TIME})?",
        # 2026年5月3日 10:20, 2026년 5월 3일
        rf"{_YEAR}[年년]\s?(?P<month>\d{{1,2}})[月월]\s?{_DAY}[日일](?:\s?{_TIME})?",
    )
)
# English, and the other names that mean one month in every language of the default list.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene gennaio gen janeiro janv",
            "feb february februar février févr febrero febbraio fev fevereiro",
            "mar march märz mär mars marzo março",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre déc diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
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
    for 03/05/2024 (two readings), 26-07-30 (three), a year alone, an unknown zone name, an
    offset over 14 hours, a day that does not exist. Two-digit years: RFC 2822, section 4.3.
    """
    line = " ".join(text[:120].split()) if text else ""
    for form in _FORMS:
        match = form.fullmatch(line)
        if match is not None:
            return _instant(match.groupdict())
    return None


def _instant(parts: dict[str, str | None]) -> datetime | None:
    month = _month(parts)
    offset = _offset(parts.get("zone"))
    hour = _hour(parts)
    if month is None or offset is None or hour is None:
        return None
    second = min(int(parts.get("second") or 0), 59)  # 60 is a leap second, never another minute
    try:
        local = datetime(
            _year(parts["year"] or ""),
            month,
            int(parts["day"] or 0),
            hour % 24,
            int(parts.get("minute") or 0),
            second,
            tzinfo=timezone.utc,
        )
        instant = local + timedelta(days=hour // 24) - offset
    except (ValueError, OverflowError):
        return None
    return instant if instant.year >= FIRST_YEAR else None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _month(parts: dict[str, str | None]) -> int | None:
    name = parts.get("name")
    return _MONTHS.get(name.lower()) if name else int(parts.get("month") or 0)


def _hour(parts: dict[str, str | None]) -> int | None:
    """Hour of the day, 0..24 (24 only as 24:00:00); None if there is no such hour."""
    hour, half = int(parts.get("hour") or 0), (parts.get("half") or "").lower()
    if half:
        return hour % 12 + (12 if half[0] == "p" else 0) if 1 <= hour <= 12 else None
    if hour == 24:
        return None if int(parts.get("minute") or 0) + int(parts.get("second") or 0) else 24
    return hour if hour < 24 else None


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
