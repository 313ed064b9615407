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

_SAME_LENGTH = (
    ("\t", " "),
    (" - ", " | "),  # a dash, not a hyphen: no term reaches across it
    ("--", "||"),
    ("-", " "),
)
_SAME_LENGTH_UNICODE = (
    ("\xa0", " "),  # no-break
    ("\u2009", " "),  # thin
    ("\u202f", " "),  # narrow no-break
    ("\u2010", " "),  # hyphen
    ("\u2011", " "),  # no-break hyphen
    ("\u2018", "'"),
    ("\u2019", "'"),
    ("\u02bc", "'"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u2013", "|"),  # dashes
    ("\u2014", "|"),
    ("\u2026", "."),
)
_MARKS = "\u0300-\u036f"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
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
    plain = text if text.isascii() else _replace_all(text, _SAME_LENGTH_UNICODE)
    if not plain.isascii():
        try:
            plain.encode()
        except UnicodeEncodeError:  # the matcher works on UTF-8, which has no surrogates
            plain = _SURROGATE.sub("\ufffd", plain)
    folded = plain.lower()
    if "  " in plain or not _is_one_to_one(plain, folded):
        return _fold_with_offsets(plain)
    return Folded(_replace_all(folded, _SAME_LENGTH) if "-" in folded or "\t" in folded else folded)


def _is_one_to_one(plain: str, folded: str) -> bool:
    return plain.isascii() or (
        len(folded) == len(plain)
        and unicodedata.is_normalized("NFKC", plain)
        and not any(character in plain for character in _INVISIBLE)
    )


def _replace_all(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _fold_with_offsets(text: str) -> Folded:
    odd = sorted(c for c in set(text) if c > "\x7f" and _fold_cluster(c) != c.lower())
    clusters = re.compile(
        f" {{2,}}|.[{_MARKS}]+|[\u1100-\u11ff]+|[{_INVISIBLE}{re.escape(''.join(odd))}]"
    )
    pieces, starts, ends, done = [], array("l"), array("l"), 0
    for match in clusters.finditer(text):
        start, end = match.span()
        cluster = _fold_cluster(match.group())
        pieces += [text[done:start].lower(), cluster]
        starts.extend([*range(done, start), *[start] * len(cluster)])
        ends.extend([*range(done + 1, start + 1), *[end] * len(cluster)])
        done = end
    pieces.append(text[done:].lower())
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return Folded(_replace_all("".join(pieces), _SAME_LENGTH), starts, ends)


def _fold_cluster(cluster: str) -> str:
    if cluster.startswith("  "):
        return " "
    composed = unicodedata.normalize("NFKC", cluster).lower()
    return "".join(
        c for c in composed if not unicodedata.combining(c) and c not in _INVISIBLE and c != "\n"
    )
