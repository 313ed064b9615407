"""Pairs of states that deal with each other: named together in a sentence, early or often.

A logistic model over a few counts; its weights were fitted by `benchmarks/topics/fit_dyads.py`
(ridge, leave-one-out) on some 80 labelled articles, so they are few and can be read.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from operator import mul
from typing import NamedTuple

from transforms.topics.countries import points_of
from transforms.topics.mentions import TITLE, Context, Mention
from transforms.topics.roles import ACTS, VENUE, coordinated
from transforms.topics.sentences import sentence_at, sentence_ends

KEPT_AT = 0.38
"""Best F1 by leave-one-article-out; flat from 0.34 to 0.40."""
MAX_DYADS = 5
OPENING_CHARACTERS = 300
"""Title and first two sentences."""
MOST_MENTIONS = 12
"""Of one sentence: what stands behind them is a table, not a dealing."""
LONGEST_GAP = 400
"""Characters between two names that can still stand in one sentence."""

BIAS = -6.3
WEIGHTS = {
    "title_apart": 0.05,
    "title_list": 0.45,
    "lead_apart": 0.4,
    "lead_list": 2.6,
    "rest_apart": 1.6,
    "opening": 1.2,
    "least_share": 8.8,
    "with_main": 2.0,
    "acts": 1.4,
}
_WEIGHTS = tuple(WEIGHTS.values())
_APART, _LIST = (0, 2, 4), (1, 3, 9)
"""Where a zone's counts stand among the WEIGHTS; lists of the rest have none."""
_ACTS = 8
_SEVERAL = -1
Codes = tuple[str, str]
"""Of two states, the first in the alphabet before the other."""
Counts = list[float]
"""In the order of the WEIGHTS, and one more for what has none."""


class Pair(NamedTuple):
    """Two codes, a < b, how sure the pair is (0.0 to 1.0), and its shortest sentence in `raw`."""

    a: str
    b: str
    score: float
    start: int
    end: int


def find_pairs(
    article: Context, mentions: Sequence[Mention], allowed: Collection[str]
) -> list[Pair]:
    """The pairs among `allowed` codes, the surest first, at most MAX_DYADS.

    `mentions` are in the order of the text. Shape: [] if no sentence names two of the states.
    """
    parties = [m for m in mentions if m[2] in allowed and m[6] != VENUE]
    counts, shortest = _count(article, parties)
    scored = [(probability(values), pair) for pair, values in features(article, parties, counts)]
    kept = sorted((p for p in scored if p[0] >= KEPT_AT), key=lambda p: (-p[0], p[1]))
    found = []
    for score, (a, b) in kept[:MAX_DYADS]:
        first, last = shortest[a, b]
        start, end = sentence_at(article.raw, first, last)
        found.append(Pair(a, b, round(score, 4), start, end))
    return found


def probability(values: Sequence[float]) -> float:
    """How surely two states deal with each other as a main point, 0.0 to 1.0."""
    return 1 / (1 + math.exp(-BIAS - sum(map(mul, _WEIGHTS, values))))


def features(
    article: Context, parties: Sequence[Mention], counts: Mapping[Codes, Counts]
) -> Iterator[tuple[Codes, list[float]]]:
    """What the model looks at, for every pair that some sentence names, in the order of WEIGHTS."""
    weights: dict[str, float] = defaultdict(float)
    for mention in parties:
        weights[mention[2]] += points_of(mention)
    total = sum(weights.values()) or 1.0
    main = max(weights, key=lambda code: (weights[code], code), default="")
    opening_end = article.zones.title_end + OPENING_CHARACTERS
    opening = {mention[2] for mention in parties if mention[0] < opening_end}
    for (a, b), count in counts.items():
        yield (
            (a, b),
            [
                float(count[0] > 0),
                float(count[1] > 0),
                math.log1p(count[2]),
                math.log1p(count[3]),
                math.log1p(count[4]),
                float(a in opening and b in opening),
                min(weights[a], weights[b]) / total,
                float(main in (a, b)),
                math.log1p(count[_ACTS]),
            ],
        )


def _count(
    article: Context, parties: Sequence[Mention]
) -> tuple[dict[Codes, Counts], dict[Codes, tuple[int, int]]]:
    """How often a pair stands in a sentence, by zone, and its shortest stretch of `raw`.

    `..._apart`: the two do not stand in one list, so one may do something to the other; in
    `Mexico and Canada` they do stand in one (`..._list`), which counts if no third state is there.
    """
    counts: dict[Codes, Counts] = {}
    shortest: dict[Codes, tuple[int, int]] = {}
    for mentions, lists in _sentences(article, parties):
        list_of = _lists_by_code(mentions, lists)
        acting = {mention[2] for mention in mentions if mention[6] == ACTS}
        zone = mentions[0][4]
        share = 1.0 if zone == TITLE else (len(list_of) - 1) ** -0.5
        start, end = _stretch(article, mentions)
        for pair in combinations(sorted(list_of), 2):
            a, b = pair
            if pair not in counts:
                counts[pair] = [0.0] * (len(WEIGHTS) + 1)
                shortest[pair] = start, end
            elif end - start < shortest[pair][1] - shortest[pair][0]:
                shortest[pair] = start, end
            if list_of[a] != list_of[b] or list_of[a] == _SEVERAL:
                counts[pair][_APART[zone]] += share
            elif len(list_of) == 2 or zone == TITLE:
                counts[pair][_LIST[zone]] += 1.0
            if a in acting or b in acting:
                counts[pair][_ACTS] += 1
    return counts, shortest


def _lists_by_code(mentions: Sequence[Mention], lists: Sequence[int]) -> dict[str, int]:
    """The number of the list in which a state stands, or _SEVERAL."""
    found: dict[str, int] = {}
    for mention, number in zip(mentions, lists, strict=True):
        code = mention[2]
        found[code] = number if found.get(code, number) == number else _SEVERAL
    return found


def _stretch(article: Context, mentions: Sequence[Mention]) -> tuple[int, int]:
    original = article.folded.original
    return original(*mentions[0][:2])[0], original(*mentions[-1][:2])[1]


def _sentences(
    article: Context, parties: Sequence[Mention]
) -> Iterator[tuple[Sequence[Mention], list[int]]]:
    """The sentences that name two states or more: their mentions, and the lists these stand in."""
    raw, text = article.raw, article.folded.text
    spans = [mention[:2] for mention in parties]
    if article.folded.starts is not None:
        spans = [article.folded.original(*span) for span in spans]
    begin, last_end = 0, 0
    for at, (start, end) in enumerate([*spans, (len(raw), len(raw))]):
        is_last = at == len(parties)
        if is_last or start - last_end > LONGEST_GAP or sentence_ends(raw, last_end, start):
            if at > begin + 1:
                own = parties[begin : min(at, begin + MOST_MENTIONS)]
                if len({mention[2] for mention in own}) > 1:
                    yield own, coordinated(text, [mention[:2] for mention in own])
            begin = at
        last_end = end
