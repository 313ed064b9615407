"""Points for topics: which terms of which topic stand in which zone."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transforms.topics.matching import TermUse
from transforms.topics.mentions import Context, Mention

STRONG_POINTS, WEAK_POINTS = 3.0, 0.7
ZONE_WEIGHTS = (3.0, 2.0, 1.0)
"""Title, lead, rest: what stands first matters more (annotation rule for main points)."""

MENTIONED_AT, PRIMARY_AT = 3.0, 11.0
"""Chosen on labelled articles from a coarse grid; both halves of them had the same flat optimum."""
SQUASH = 9.0


class TermPoints(NamedTuple):
    """A term of a topic at `[start:end]` of the folded text, and the points it gives."""

    points: float
    start: int
    end: int
    term: str
    zone: int


def find_terms(
    article: Context, states: Iterable[Mention], topics: int
) -> tuple[tuple[TermPoints, ...], ...]:
    """The hits of every topic, by topic index; a term counts once in each zone."""
    begins = {mention.start: mention.end for mention in states}
    ends = {end: start for start, end in begins.items()}
    text = article.folded.text
    found: list[list[TermPoints]] = [[] for _ in range(topics)]
    covered = [0] * topics
    seen: set[tuple[int, str, int]] = set()
    for start, end, uses in article.hits.terms:
        zone = article.zones.of(start)
        for use in uses:
            if start < covered[use.topic]:
                continue
            span = (start, end)
            if use.state:
                around = _span_with_state(start, end, use, text, begins, ends)
                if around is None:
                    continue
                span = around
            if use.capitals and not _has_capitals(article, start, use):
                continue
            covered[use.topic] = span[1]
            key = (use.topic, use.text, zone)
            if use.strength == "block" or key in seen:
                continue
            seen.add(key)
            points = STRONG_POINTS if use.strength == "strong" else WEAK_POINTS
            found[use.topic].append(TermPoints(points * ZONE_WEIGHTS[zone], *span, use.text, zone))
    return tuple(map(tuple, found))


def _span_with_state(
    start: int, end: int, use: TermUse, text: str, begins: dict[int, int], ends: dict[int, int]
) -> tuple[int, int] | None:
    """The span of a term and the state that stands next to it, or None if none does."""
    if use.state == "after":
        state = end + 1
        if state not in begins and text.startswith("the ", state):
            state += 4
        return (start, begins[state]) if state in begins and text[end] == " " else None
    state = start - 1
    if state not in ends and text.endswith("'s ", 0, start):
        state -= 2
    return (ends[state], end) if state in ends else None


def _has_capitals(article: Context, start: int, use: TermUse) -> bool:
    """True if the term is written with its capitals: `UN` is not the `Un` of a Korean name."""
    original = article.folded.original
    return all(
        article.raw[original(start + at, start + at + 1)[0]].isupper() for at in use.capitals
    )


def points_of(hits: Sequence[TermPoints]) -> float:
    """The points of one topic."""
    return sum(hit.points for hit in hits)


def score_of(points: float) -> float:
    """Points as a strength from 0.0 to 1.0: 1 - exp(-points / SQUASH).

    Rises with the points and says no more than they do: not yet a calibrated probability.
    """
    return round(1 - math.exp(-points / SQUASH), 4)


def salience_of(hits: Sequence[TermPoints]) -> str:
    """`primary` for a main point, else `mentioned`."""
    return "primary" if points_of(hits) >= PRIMARY_AT else "mentioned"
