"""Pairs of states that deal with each other: named together in a sentence, early or often."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import NamedTuple

from transforms.topics.mentions import TITLE, Context, Mention
from transforms.topics.sentences import sentence_spans

SENTENCE_POINTS = (3.0, 2.0, 1.0)
"""Title, lead, rest."""
KEPT_AT = 3.5
"""Chosen, like those of `countries`, on labelled articles: flat around it."""
MAX_DYADS = 4
MAX_STATES_IN_SENTENCE = 4
"""A sentence with more states is a list (`from Spain, Italy, ...`), not a dealing."""


class Pair(NamedTuple):
    """Two codes, a < b, the points of the pair, and its shortest sentence in `raw`."""

    a: str
    b: str
    points: float
    start: int
    end: int


def find_pairs(
    article: Context, mentions: Sequence[Mention], allowed: Collection[str]
) -> list[Pair]:
    """The pairs among `allowed` codes, strongest first, at most MAX_DYADS."""
    title_end = article.raw.index("\n")
    spans = [
        *sentence_spans(article.raw, 0, title_end),
        *sentence_spans(article.raw, title_end, len(article.raw)),
    ]
    points: dict[tuple[str, str], float] = defaultdict(float)
    shortest: dict[tuple[str, str], tuple[int, int]] = {}
    for start, end, codes, zone in _sentences(article, spans, mentions, allowed):
        pairs = list(combinations(sorted(codes), 2))
        for pair in pairs:
            points[pair] += SENTENCE_POINTS[zone] / (1 if zone == TITLE else len(pairs) ** 0.5)
            best = shortest.get(pair)
            if best is None or end - start < best[1] - best[0]:
                shortest[pair] = (start, end)
    found = [Pair(*pair, p, *shortest[pair]) for pair, p in points.items() if p >= KEPT_AT]
    found.sort(key=lambda pair: (-pair.points, pair))
    return found[:MAX_DYADS]


def _sentences(
    article: Context,
    spans: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    allowed: Collection[str],
) -> list[tuple[int, int, set[str], int]]:
    """Sentences that may hold a pair: raw span, codes, zone."""
    places = [article.folded.original(m.start, m.end)[0] for m in mentions]
    found = []
    for start, end in spans:
        inside = mentions[bisect_left(places, start) : bisect_left(places, end)]
        codes = {m.code for m in inside if m.code in allowed}
        if not 2 <= len(codes) <= MAX_STATES_IN_SENTENCE:
            continue
        found.append((start, end, codes, inside[0].zone))
    return found
