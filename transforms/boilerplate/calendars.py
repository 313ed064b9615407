"""Years of other calendars that news sites date their pages by."""

from datetime import date, timedelta

_THAI_YEARS = range(2533, 2644)
"""Buddhist years of 1990 to 2100: 543 more. Months and days are the Gregorian ones since 1941."""
_SOLAR_HIJRI_YEARS = range(1369, 1430)
"""Years of Iran's calendar, 1990 to 2050. The lunar Hijri years of now are 1440 and more: they
cannot be told from later ones of Iran, which is why the range ends."""
_FIRST_NOWRUZ = date(1990, 3, 21)
"""1 Farvardin 1369."""
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Leap years by their rest in a division by 33. Source: the rule agrees with the astronomical
calendar in all years from 1343 to 1472."""


def gregorian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """The Gregorian (year, month, day) of a date by its year's calendar; None if there is none.

    A date that is Gregorian already comes back as it is, whether that day exists or not.
    """
    if year in _THAI_YEARS:
        return year - 543, month, day
    if year in _SOLAR_HIJRI_YEARS:
        return _from_solar_hijri(year, month, day)
    return year, month, day


def _from_solar_hijri(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    before = sum(365 + (y % 33 in _LEAPS) for y in range(_SOLAR_HIJRI_YEARS.start, year))
    of_year = (month - 1) * 31 - max(0, month - 7) + day - 1
    found = _FIRST_NOWRUZ + timedelta(days=before + of_year)
    return found.year, found.month, found.day
