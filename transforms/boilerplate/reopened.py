"""How many elements a parser may have to make that no tag of the page opens."""

import re
from collections import Counter

MAX_REOPENED = 300_000
"""Elements made anew at most: 108 MB and 0.4 s in lexbor, 360 bytes each (measured)."""

_MOST_ALIKE = 3
"""Of open formatting elements with the same name and attributes three count ("Noah's Ark clause",
HTML Living Standard, 13.2.4.3)."""

_NAMES = "b|big|code|em|font|i|s|small|strike|strong|tt|u"
# Not IGNORECASE: with it Python looks at every character, not at every `<`.
_ANY_CASE = re.sub(r"[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", _NAMES)
_OPENED = re.compile(rf"<(?:{_ANY_CASE})(?=[\s/>])[^>]*")
# Whatever stands around it, where the start tag counts for a parser, so does its end tag.
_CLOSED_AT_ONCE = re.compile(
    rf"<({_NAMES})(?:[\s/](?:[^<>\"']|\"[^<>\"]*\"|'[^<>']*')*)?>[^<]*</\1\s*>", re.IGNORECASE
)
_NESTED = 3


def most_reopened(markup: str) -> int:
    """The most elements that a parser can be made to open again, 0 if that is within the limit.

    A formatting element that is still open where its paragraph ends is opened again in the next
    one (HTML Living Standard, 13.2.4.3): 1,000 of them and 2,000 paragraphs, 30 kB, are 2 million
    elements and 700 MB. An upper bound: the elements that are not closed, times all tags. `a` and
    `nobr` do not count: of each only one is open at a time.
    """
    tags = markup.count("<")
    for _ in range(_NESTED + 1):
        reopened = _open_at_most(markup) * tags
        if reopened <= MAX_REOPENED:
            return 0
        markup = _CLOSED_AT_ONCE.sub("x", markup)
    return reopened


def _open_at_most(markup: str) -> int:
    alike: Counter[str] = Counter()
    odd = 0
    for tag in _OPENED.findall(markup):
        if tag.count('"') % 2 or tag.count("'") % 2:
            odd += 1  # it goes on behind its first `>`: it may differ there
        else:
            alike[tag.lower()] += 1
    return odd + sum(min(number, _MOST_ALIKE) for number in alike.values())
