"""Days written out for readers: `May 5, 2024`, `5 mai 2024`, `05.05.2024`, `2024年5月5日`."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_MONTHS = """
january jan janvier januar janeiro gennaio enero januari styczeń stycznia января ocak ene gen jän
leden ledna január sty янв січня;
february feb février februar fevereiro febbraio febrero februari luty lutego февраля şubat fev
févr únor února február лютого;
march mar mars märz março marzo maart marzec marca марта mart mrz březen března március maret
березня;
april apr avril abril aprile kwiecień kwietnia апреля nisan abr avr duben dubna április kwi
квітня;
may mai mayo maio maggio mei maj maja мая mayıs mag květen května május травня toukokuu;
june jun juin juni junho giugno junio czerwiec czerwca июня haziran giu červen června június
червня;
july jul juillet juli julho luglio julio lipiec lipca июля temmuz lug červenec července július
липня;
august aug août agosto augustus sierpień sierpnia августа ağustos ago srpen srpna augusztus
agustus серпня;
september sep sept septembre setembro settembre septiembre wrzesień września сентября eylül set
září szeptember вересня;
october oct octobre oktober outubro ottobre octubre październik października октября ekim okt out
ott říjen října október жовтня;
november nov novembre novembro noviembre listopad listopada ноября kasım listopadu листопада;
december dec décembre dezember dezembro dicembre diciembre grudzień grudnia декабря aralık dez dic
déc prosinec prosince desember грудня;
"""
_NUMBER_OF_MONTH = {
    name: number for number, names in enumerate(_MONTHS.split(";"), 1) for name in names.split()
}
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_CJK = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_MONTH_FIRST = re.compile(
    r"([^\W\d_]{3,10})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s{1,3}(?:de\s|of\s)?([^\W\d_]{3,10})\.?,?\s{1,3}(?:de\s)?(\d{4})(?!\d)"
)


class Day(NamedTuple):
    """A day as written: it need not exist."""

    year: int
    month: int
    day: int


def day_in(text: str) -> Day | None:
    """The first day written in a short text, None if there is none or it can be read two ways.

    `3/4/2024` is March in one country and April in the next: it counts only where one of the two
    is over 12. Month names in 14 languages.
    """
    if match := _ISO.search(text) or _CJK.search(text):
        return Day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.search(text):
        return Day(int(match[3]), int(match[2]), int(match[1]))
    return _day_with_name(text) or _day_with_slashes(text)


def _day_with_name(text: str) -> Day | None:
    for match in _MONTH_FIRST.finditer(text):
        if month := _NUMBER_OF_MONTH.get(match[1].casefold()):
            return Day(int(match[3]), month, int(match[2]))
    for match in _DAY_FIRST.finditer(text):
        if month := _NUMBER_OF_MONTH.get(match[2].casefold()):
            return Day(int(match[3]), month, int(match[1]))
    return None


def _day_with_slashes(text: str) -> Day | None:
    if match := _SLASHED.search(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 or first == second:
            return Day(year, second, first)
        if second > 12:
            return Day(year, first, second)
    return None


def first_day(lines: Iterable[str]) -> Day | None:
    """The first day in any of the lines."""
    return next(filter(None, map(day_in, lines)), None)
