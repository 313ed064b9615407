"""Counts of characters by kind, for all blocks of a page at once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

_KINDS = ("comma", "sentence_end", "quote", "digit", "upper", "space", "sign", "wide", "hangul")
_ENDS = ".!?…।؟։۔。！？"
_QUOTES = "\"'“”‘’«»„‹›「」"
_CLOSES = frozenset(_ENDS + "\"'”»“」:;)" + _QUOTES)
_WIDE = range(0x3040, 0xA000)
_HANGUL = range(0xAC00, 0xD7B0)
_LAST = 0xFFFF


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
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    sort_of, kinds_of = _sorts()
    sorts = len(kinds_of)
    cells = np.repeat(np.arange(0, sorts * len(texts), sorts), length)
    cells += sort_of[np.minimum(points, _LAST)]
    counts = np.bincount(cells, minlength=sorts * len(texts)).reshape(-1, sorts) @ kinds_of
    ends = np.array([text[-1] in _CLOSES for text in texts], np.int64)
    return CharacterCounts._make((length, *counts.T, ends))


@lru_cache(maxsize=1)
def _sorts() -> tuple[npt.NDArray[np.uint8], Counts]:
    """The sort of each character of the basic plane, and a row a sort: which kinds it is of.

    A character may be of several kinds, `»` is a quote and a sign: then it is a sort of its own.
    Those beyond the plane count as U+FFFF, which is of none.
    """
    members = (",;،؛՝、，；", _ENDS, _QUOTES, "", "", " ", "|/›»→·•@#©:_+=<>{}[]~", "", "")
    flags = np.zeros((_LAST + 1, len(_KINDS)), np.int64)
    for kind, characters in enumerate(members):
        flags[[ord(character) for character in characters], kind] = 1
    for point in range(_LAST + 1):
        character = chr(point)
        flags[point, _KINDS.index("digit")] = character.isdecimal()
        flags[point, _KINDS.index("upper")] = character.isupper()
    flags[_WIDE, _KINDS.index("wide")] = 1
    flags[_HANGUL, _KINDS.index("hangul")] = 1
    bits = np.arange(len(_KINDS))
    sorts, sort_of = np.unique(flags @ (1 << bits), return_inverse=True)
    return sort_of.astype(np.uint8), sorts[:, None] >> bits & 1
