"""Text as the matcher sees it, and the way back to the text as it was written.

Folding puts letters in small, makes one apostrophe and one blank of the many that Unicode has, and
turns a hyphen into a blank (`cease-fire` and `cease fire` are one term). It keeps accents: an
accented name stands in the lexicon beside the plain one.

Most texts fold character by character, so that an offset stays what it is. Where a character folds
to none or to several (a ligature, a decomposed letter, a zero-width blank, a run of blanks, the
Turkish dotted capital I) two maps of offsets are kept beside the text.
"""

import re
import unicodedata
from array import array
from typing import NamedTuple

import ahocorasick_rs

_SAME_LENGTH = (
    ("\t", " "),
    (" - ", " | "),  # a dash, not a hyphen: no term reaches across it
    ("--", "||"),
    ("-", " "),
)
_SAME_LENGTH_UNICODE = {
    "\xa0": " ",  # no-break
    "\u2009": " ",  # thin
    "\u202f": " ",  # narrow no-break
    "\u2010": " ",  # hyphen
    "\u2011": " ",  # no-break hyphen
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "|",  # dashes
    "\u2014": "|",
    "\u2026": ".",
}
_MARKS = "\u0300-\u036f"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_TWO_BLANKS = ahocorasick_rs.BytesAhoCorasick([b"  "])
"""Sees at once (0.3 us, measured on 4 kB) what `in` takes 7 us for: prose is full of blanks."""
_ASCII = bytes(range(128))
_FIRST_MARK = "\u0300"
"""Characters before it stand alone: none of them joins with the one before it."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class Folded(NamedTuple):
    """`text` is folded; its character i comes from `original[starts[i]:ends[i]]`.

    Shape: `starts` and `ends` are as long as `text`, or both None: then i comes from i.
    """

    text: str
    starts: "array[int] | None" = None
    ends: "array[int] | None" = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that folded to `text[start:end]`; 0 <= start < end."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """The folded text with its map of offsets. Takes any str, lone surrogates too; "" gives ""."""
    plain, beyond = (text, set()) if text.isascii() else _plain(text)
    folded = plain.lower()
    if _TWO_BLANKS.find_matches_as_indexes(plain.encode()) or not (
        plain.isascii() or _is_one_to_one(plain, folded, beyond)
    ):
        return _fold_with_offsets(plain, beyond)
    return Folded(_without_hyphens(folded))


def _plain(text: str) -> tuple[str, set[str]]:
    """The text in plain blanks, quotes and dashes, and what is left beyond ASCII."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:  # lone surrogates, which are no characters
        text = _SURROGATE.sub("\ufffd", text)
        encoded = text.encode()
    beyond = set(encoded.translate(None, _ASCII).decode())  # few, in English
    for character in beyond.intersection(_SAME_LENGTH_UNICODE):
        text = text.replace(character, _SAME_LENGTH_UNICODE[character])
    return text, beyond.difference(_SAME_LENGTH_UNICODE)


def _is_one_to_one(plain: str, folded: str, beyond: set[str]) -> bool:
    composed = "".join(beyond) if max(beyond) < _FIRST_MARK else plain
    return (
        len(folded) == len(plain)
        and beyond.isdisjoint(_INVISIBLE)
        and unicodedata.is_normalized("NFKC", composed)
    )


def _without_hyphens(text: str) -> str:
    """Text in small letters with the replacements of _SAME_LENGTH."""
    words = text.split("-")
    if "\t" in text or not all(words) or any(word[0] == " " for word in words):  # maybe a dash
        for old, new in _SAME_LENGTH:
            text = text.replace(old, new)
        return text
    return " ".join(words)


def _fold_with_offsets(text: str, beyond: set[str]) -> Folded:
    odd = sorted(c for c in beyond if _fold_cluster(c) != c.lower())
    clusters = []  # only what may be there: a lone class of characters is searched ten times faster
    if beyond and max(beyond) >= _FIRST_MARK:
        clusters += [f".[{_MARKS}]+", "[\u1100-\u11ff]+"]
    if odd:
        clusters.append(f"[{re.escape(''.join(odd))}]")
    if "  " in text or not clusters:
        clusters.append(" {2,}")
    same = array("l", range(len(text) + 1))
    pieces, starts, ends, done = [], array("l"), array("l"), 0
    for match in re.finditer("|".join(clusters), text):
        start, end = match.span()
        cluster = _fold_cluster(match.group())
        pieces += [text[done:start].lower(), cluster]
        starts += same[done:start] + array("l", [start] * len(cluster))
        ends += same[done + 1 : start + 1] + array("l", [end] * len(cluster))
        done = end
    pieces.append(text[done:].lower())
    starts += same[done:-1]
    ends += same[done + 1 :]
    return Folded(_without_hyphens("".join(pieces)), starts, ends)


def _fold_cluster(cluster: str) -> str:
    if cluster.startswith("  "):
        return " "
    composed = unicodedata.normalize("NFKC", cluster).lower()
    return "".join(
        c for c in composed if not unicodedata.combining(c) and c not in _INVISIBLE and c != "\n"
    )
