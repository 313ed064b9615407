"""Which lines of a page are furniture by their words: one pass over all lines at once."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from transforms.boilerplate import phrases

FURNITURE = 1
"""A word from the page to its reader: share, subscribe, all rights reserved."""
SECTION = 2
"""The heading of a section that is not the article: related articles, comments."""
CREDIT = 4
"""A picture caption."""
PAYWALL = 8
"""An invitation to pay for the rest."""

_LONGEST = 400
_LONGEST_TIME = 20
_TIME_OF_DAY = re.compile(
    r"\d{1,2}[:h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr)?\s*\(?[a-z]{0,5}\)?\Z"
)
"""The clock time over an update of a live page: when it was posted, not what it says."""
_STRIPPED = " \t:|•·»›>→-–—*#.…!▼▶►|[]【】<«"


def kinds_of_lines(lines: Sequence[str]) -> list[int]:
    """For each line the sum of the kinds above that its words show; 0 for most.

    Lines of more than 400 characters are never furniture. Each kind has its own limit, because a
    phrase is evidence only where it makes up much of the line.
    """
    kinds = [0] * len(lines)
    short = [i for i, line in enumerate(lines) if len(line) <= _LONGEST]
    folded = [lines[i].casefold().strip(_STRIPPED) for i in short]
    starts = list(accumulate((len(line) + 1 for line in folded), initial=0))
    haystack = "\n" + "\n".join(folded) + "\n"
    matcher, meanings = _matcher()
    for i, words in zip(short, folded, strict=True):
        if len(words) <= _LONGEST_TIME and words[:1].isdigit() and _TIME_OF_DAY.match(words):
            kinds[i] |= FURNITURE
    for phrase, at, _ in matcher.find_matches_as_indexes(haystack, overlapping=True):
        position = max(0, at - 1) if haystack[at] != "\n" else at
        line = min(bisect_right(starts, position) - 1, len(short) - 1)
        kind, limit = meanings[phrase]
        if len(folded[line]) < limit:
            kinds[short[line]] |= kind
    return kinds


@lru_cache(maxsize=1)
def _matcher() -> tuple[AhoCorasick, list[tuple[int, int]]]:
    """The automaton, and for each of its phrases the kind and the limit of the line's length."""
    groups = (
        (phrases.LINES, "\n", "\n", FURNITURE, 100),
        (phrases.STARTS, "\n", "", FURNITURE, 100),
        (phrases.NOTICES, "", "", FURNITURE, _LONGEST),
        (phrases.PAYWALLS, "", "", FURNITURE | PAYWALL, _LONGEST),
        (phrases.HEADINGS, "\n", "\n", SECTION | FURNITURE, 60),
        (phrases.CREDITS, "", "\n", CREDIT, 250),
        (phrases.CREDIT_MARKS, "", "", CREDIT, _LONGEST),
    )
    words: list[str] = []
    meanings = []
    for text, before, after, kind, limit in groups:
        for written in text.replace("\n", "|").split("|"):
            phrase = written.replace("_", " ")
            # a phrase that ends in a space is a beginning, whatever its group
            end = "" if phrase.endswith(" ") else after
            # what is stripped from the ends of lines cannot be asked for there
            word = phrase.casefold()
            word = word.lstrip(_STRIPPED) if before else word
            word = word.rstrip(_STRIPPED) if end else word
            if word:
                words.append(f"{before}{word}{end}")
                meanings.append((kind, limit + 1))
    return AhoCorasick(words), meanings
