"""Pairs of states that deal with each other: named together in a sentence, early or often.

A logistic model over a few counts; its weights were fitted by `benchmarks/topics/fit_dyads.py`
(ridge, leave-one-out) on some 80 labelled articles, so they are few and can be read.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
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


class Pair(NamedTuple):
    """Two codes, a < b, how sure the pair is (0.0 to 1.0), and its shortest sentence in `raw`."""

    a: str
    b: str
    score: float
    start: int
    end: int


class Sentence(NamedTuple):
    """The mentions of one sentence and the numbers of the lists they stand in."""

    mentions: Sequence[Mention]
    lists: Sequence[int]


def find_pairs(
    article: Context, mentions: Sequence[Mention], allowed: Collection[str]
) -> list[Pair]:
    """The pairs among `allowed` codes, the surest first, at most MAX_DYADS.

    `mentions` are in the order of the text. Shape: [] if no sentence names two of the states.
    """
    parties = [m for m in mentions if m.code in allowed and m.part != VENUE]
    counts, shortest = _count(article, parties)
    scored = [(probability(count), pair) for pair, count in features(article, parties, counts)]
    kept = sorted((p for p in scored if p[0] >= KEPT_AT), key=lambda p: (-p[0], p[1]))
    found = []
    for score, (a, b) in kept[:MAX_DYADS]:
        first, last = shortest[a, b]
        start, end = sentence_at(article.raw, first, last)
        found.append(Pair(a, b, round(score, 4), start, end))
    return found


def probability(counts: dict[str, float]) -> float:
    """How surely two states deal with each other as a main point, 0.0 to 1.0."""
    return 1 / (1 + math.exp(-BIAS - sum(w * counts.get(name, 0.0) for name, w in WEIGHTS.items())))


def features(
    article: Context, parties: Sequence[Mention], counts: dict[tuple[str, str], dict[str, float]]
) -> Iterator[tuple[tuple[str, str], dict[str, float]]]:
    """What the model looks at, for every pair that some sentence names."""
    weights: dict[str, float] = defaultdict(float)
    for mention in parties:
        weights[mention.code] += points_of(mention)
    total = sum(weights.values()) or 1.0
    main = max(weights, key=lambda code: (weights[code], code), default="")
    opening_end = article.zones.title_end + OPENING_CHARACTERS
    opening = {mention.code for mention in parties if mention.start < opening_end}
    for (a, b), count in counts.items():
        damped = {name: math.log1p(value) for name, value in count.items()}
        damped["title_apart"] = float("title_apart" in count)
        damped["title_list"] = float("title_list" in count)
        damped["opening"] = float(a in opening and b in opening)
        damped["least_share"] = min(weights[a], weights[b]) / total
        damped["with_main"] = float(main in {a, b})
        yield (a, b), damped


def _count(
    article: Context, parties: Sequence[Mention]
) -> tuple[dict[tuple[str, str], dict[str, float]], dict[tuple[str, str], tuple[int, int]]]:
    """How often a pair stands in a sentence, by zone, and its shortest stretch of `raw`.

    `..._apart`: the two do not stand in one list, so one may do something to the other; in
    `Mexico and Canada` they do stand in one (`..._list`), which counts if no third state is there.
    """
    counts: dict[tuple[str, str], dict[str, float]] = {}
    shortest: dict[tuple[str, str], tuple[int, int]] = {}
    for sentence in _sentences(article, parties):
        codes = {mention.code for mention in sentence.mentions}
        acting = {m.code for m in sentence.mentions if m.part == ACTS}
        zone = sentence.mentions[0].zone
        name = ("title", "lead", "rest")[zone]
        share = 1.0 if zone == TITLE else (len(codes) - 1) ** -0.5
        stretch = _stretch(article, sentence.mentions)
        apart = _apart(sentence)
        for pair in combinations(sorted(codes), 2):
            kind, points = "apart", share
            if pair not in apart:
                kind, points = ("list", 1.0) if len(codes) == 2 or zone == TITLE else ("", 0.0)
            count = counts.setdefault(pair, defaultdict(float))
            if kind:
                count[f"{name}_{kind}"] += points
            if not acting.isdisjoint(pair):
                count["acts"] += 1
            best = shortest.get(pair)
            if best is None or stretch[1] - stretch[0] < best[1] - best[0]:
                shortest[pair] = stretch
    return counts, shortest


def _apart(sentence: Sentence) -> set[tuple[str, str]]:
    """The pairs of codes that stand in different lists."""
    numbered = set(zip(sentence.lists, (m.code for m in sentence.mentions), strict=True))
    return {
        (min(a, b), max(a, b)) for (m, a), (n, b) in combinations(numbered, 2) if m != n and a != b
    }


def _stretch(article: Context, mentions: Sequence[Mention]) -> tuple[int, int]:
    original = article.folded.original
    return (
        original(mentions[0].start, mentions[0].end)[0],
        original(mentions[-1].start, mentions[-1].end)[1],
    )


def _sentences(article: Context, parties: Sequence[Mention]) -> Iterator[Sentence]:
    """The sentences that name two states or more."""
    original, raw, text = article.folded.original, article.raw, article.folded.text
    plain = article.folded.starts is None
    begin, last_end = 0, 0
    for at, mention in enumerate((*parties, None)):
        if mention is None:
            start, end = len(raw), len(raw)
        elif plain:
            start, end = mention[0], mention[1]
        else:
            start, end = original(mention.start, mention.end)
        if mention is None or start - last_end > LONGEST_GAP or sentence_ends(raw, last_end, start):
            if at > begin + 1:
                own = parties[begin : min(at, begin + MOST_MENTIONS)]
                if any(m.code != own[0].code for m in own):
                    yield Sentence(own, coordinated(text, [(m.start, m.end) for m in own]))
            begin = at
        last_end = end
