"""Days written out for readers: `May 5, 2024`, `5 mai 2024`, `05.05.2024`, `2024年5月5日`."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal, NamedTuple

from transforms.boilerplate.calendars import gregorian
from transforms.boilerplate.months import GREGORIAN, PARTICLES, SOLAR_HIJRI

_HAS_DIGITS = re.compile(r"\d.*\d", re.DOTALL)
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_CJK = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})")
_ERA = re.compile(r"(令和|平成|民[國国])\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_ERA_STARTS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""The year before the first one of the Japanese eras since 1989, and of the Republic of China."""
_VIETNAMESE = re.compile(
    r"(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)", re.IGNORECASE
)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?![\d.]*\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})\s?[/-]\s?(\d{1,2})\s?[/-]\s?(\d{4})(?![\d/])")
_YEAR = re.compile(r"(?<!\d)(?:\d{4}|(?<=[. ])\d{2})(?!\d)")
_MAX_YEARS = 10
_REACH = 32
"""Characters before and after a year in which its day and month stand."""
_DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2})([^\d\n]{1,30})\Z")
_MONTH_AND_DAY = re.compile(
    r"([^\W\d_][^\d\s,•|·/]{1,14})[.,]?\s{0,3}(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s,]{1,4}(?:de\s)?\Z"
)
_AFTER_YEAR = re.compile(r"([^\d\n]{1,24})(\d{1,2})(?!\d)(\.?\s[^\W\d_]+)?")
_BETWEEN = re.compile(r"[\s,/'’،-]+")

Leading = Literal["day", "month"] | None
"""Which of the two a page writes first in `3/4/2024`, None if nobody knows."""


class Day(NamedTuple):
    """A day of the Gregorian calendar as written: it need not exist."""

    year: int
    month: int
    day: int


def day_in(text: str, leading: Leading = None) -> Day | None:
    """The first day written in a short text, None if there is none or it can be read two ways.

    `3/4/2024` is 3 April where the `leading` one is the day, 4 March where it is the month;
    else the date counts only if one of the two is over 12. Month names of 50 languages, digits of
    every script, the calendars of Iran, Thailand, Japan and Taiwan; years with two digits only in
    `28.01.22` and in Thai.
    """
    if not _HAS_DIGITS.search(text):
        return None
    if match := _ISO.search(text) or _CJK.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _ERA.search(text):
        year = 1 if match[2] == "元" else int(match[2])
        return Day(_ERA_STARTS[match[1]] + year, int(match[3]), int(match[4]))
    if match := _DOTTED.search(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _day(year, int(match[2]), int(match[1]))
    return _day_with_name(text) or _day_with_slashes(text, leading)


def days_in(lines: Iterable[str], leading: Leading = None) -> Iterator[Day]:
    """The days of the lines that have one, in order."""
    return (day for line in lines if (day := day_in(line, leading)))


def _day_with_name(text: str) -> Day | None:
    for match in islice(_YEAR.finditer(text), _MAX_YEARS):
        year, start = match[0], match.start()
        before, after = text[max(0, start - _REACH) : start], text[match.end() :][:_REACH]
        if (found := _DAY_AND_MONTH.search(before)) and (day := _named(year, found[2], found[1])):
            return day
        if (found := _MONTH_AND_DAY.search(before)) and (day := _named(year, found[1], found[2])):
            return day
        if found := _AFTER_YEAR.match(after):
            day = _named(year, found[1], found[2]) or _named(
                year, found[1] + (found[3] or ""), found[2]
            )
            if day:
                return day
    found = _VIETNAMESE.search(text)
    return _day(int(found[3]), int(found[2]), int(found[1])) if found else None


def _named(year: str, words: str, day: str) -> Day | None:
    """The day, if the words name one month and hold nothing else but particles."""
    parts = [part.strip(".()") for part in _BETWEEN.split(words.casefold())]
    name = " ".join(part for part in parts if part and part not in PARTICLES)
    if month := GREGORIAN.get(name):
        if len(year) == 4:
            return _day(int(year), month, int(day))
        is_thai = "ก" <= name[0] <= "๛"
        return _day(2500 + int(year), month, int(day)) if is_thai else None
    if len(year) == 4 and (month := SOLAR_HIJRI.get(name)):
        return _day(int(year), month, int(day))
    return None


def _day_with_slashes(text: str, leading: Leading) -> Day | None:
    if match := _SLASHED.search(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if second > 12 or (leading == "month" and first <= 12):
            return _day(year, first, second)
        if first > 12 or first == second or leading == "day":
            return _day(year, second, first)
    return None


def _day(year: int, month: int, day: int) -> Day | None:
    found = gregorian(year, month, day)
    return Day(*found) if found else None
