"""How near an extractor's text, title and day are to the gold ones.

Token scores compare multisets: order does not count, numbers of occurrences do. Shingle scores
compare runs of four tokens, so order counts. Every page is scored on its own; whoever averages
gives each page the same weight. Source of the definitions: token F1 as in Weninger et al., "Web
content extraction: a meta-analysis of its past and thoughts on its future", SIGKDD Explorations
2015; shingles as in scrapinghub's article-extraction-benchmark.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import islice
from typing import NamedTuple

# Scripts without spaces between words: each character is a token (Thai and Lao, Burmese, kana,
# Han in its three most frequent blocks).
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_DAY = re.compile(r"\s*(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)")
SHINGLE = 4
LEAST_TITLE_SHARE = 0.6


class Score(NamedTuple):
    """Each from 0.0 to 1.0."""

    precision: float
    recall: float
    f1: float


def tokens(text: str) -> list[str]:
    """Words, and single characters of scripts without spaces; NFKC, case-folded.

    Combining marks and underscores are no part of a word: they end it.
    """
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Every run of four words. A shorter text is one run of all it has; an empty one has none."""
    if len(words) <= SHINGLE:
        return [tuple(words)] if words else []
    return list(zip(*(islice(words, at, None) for at in range(SHINGLE)), strict=False))


def overlap(found: Sequence[Hashable], wanted: Sequence[Hashable]) -> Score:
    """Precision, recall and F1 of a multiset.

    Nothing wanted and nothing found is (1, 1, 1); nothing wanted but something found is (0, 1, 0).
    """
    if not wanted:
        right = float(not found)
        return Score(right, 1.0, right)
    shared = (Counter(found) & Counter(wanted)).total()
    if not shared:
        return Score(0.0, 0.0, 0.0)
    precision, recall = shared / len(found), shared / len(wanted)
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def title_matches(found: str | None, wanted: str) -> bool:
    """Whether two titles are the same words, or one holds the other and is at most 5/3 as long."""
    texts = sorted((" ".join(tokens(title)) for title in (found or "", wanted)), key=len)
    shorter, longer = texts
    return bool(shorter) and shorter in longer and len(shorter) >= LEAST_TITLE_SHARE * len(longer)


def day_of(date: object) -> str | None:
    """The day a date begins with, as YYYY-MM-DD; None for what does not begin with a day."""
    found = _DAY.match(str(date or ""))
    return "-".join(found.groups()) if found else None


def snippets_found(text: str, snippets: Sequence[str]) -> list[bool]:
    """For each snippet, whether its words stand in the text, one after the other."""
    inside = " ".join(tokens(text))
    return [" ".join(tokens(snippet)) in inside for snippet in snippets]
