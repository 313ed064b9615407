"""Counts of characters by kind, for all blocks of a page at once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

_COMMA, _END, _QUOTE, _DIGIT, _UPPER, _SPACE, _SIGN, _CLOSE = (1 << i for i in range(8))
_ENDS = ".!?…।؟։۔。！？"
_CLOSES = "\"'”»“」:;)"


class CharacterCounts(NamedTuple):
    """One entry a text: how many of its characters are of the kind."""

    length: Counts
    comma: Counts
    sentence_end: Counts
    quote: Counts
    digit: Counts
    upper: Counts
    space: Counts
    sign: Counts
    """Of those that sentences have seldom: `|`, `/`, `»`, `@`, `©` and the like."""
    wide: Counts
    """Chinese and Japanese."""
    hangul: Counts
    ends_sentence: Counts
    """1 if the text ends as a sentence does."""

    @property
    def words(self) -> Counts:
        """Words; a Chinese or Japanese character counts as one."""
        return self.space + 1 + self.wide


def count_characters(texts: Sequence[str]) -> CharacterCounts:
    """The counts of texts that are not empty."""
    joined = "\n".join(texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.zeros(len(texts), np.int64)
    np.cumsum(length[:-1] + 1, out=starts[1:])
    kinds = _kinds()[np.minimum(points, 0xFFFF)]

    def count(of: npt.NDArray[np.bool_]) -> Counts:
        return np.add.reduceat(of, starts, dtype=np.int64)

    none = np.zeros(len(texts), np.int64)
    is_ascii = joined.isascii()
    last = kinds[starts + length - 1]
    return CharacterCounts(
        length=length,
        comma=count(kinds & _COMMA > 0),
        sentence_end=count(kinds & _END > 0),
        quote=count(kinds & _QUOTE > 0),
        digit=count(kinds & _DIGIT > 0),
        upper=count(kinds & _UPPER > 0),
        space=count(kinds & _SPACE > 0),
        sign=count(kinds & _SIGN > 0),
        wide=none if is_ascii else count((points >= 0x3040) & (points <= 0x9FFF)),
        hangul=none if is_ascii else count((points >= 0xAC00) & (points <= 0xD7AF)),
        ends_sentence=(last & (_END | _CLOSE | _QUOTE) > 0).astype(np.int64),
    )


@lru_cache(maxsize=1)
def _kinds() -> npt.NDArray[np.uint8]:
    """The flags of each character of the basic plane; for the rest, those of U+FFFF: none."""
    table = np.zeros(0x10000, np.uint8)
    for flag, characters in (
        (_COMMA, ",;،؛՝、，；"),
        (_END, _ENDS),
        (_QUOTE, "\"'“”‘’«»„‹›「」"),
        (_CLOSE, _CLOSES),
        (_SPACE, " "),
        (_SIGN, "|/›»→·•@#©:_+=<>{}[]~"),
    ):
        table[[ord(character) for character in characters]] |= flag
    for point in range(0x10000):
        character = chr(point)
        if character.isdecimal():
            table[point] |= _DIGIT
        elif character.isupper():
            table[point] |= _UPPER
    return table
