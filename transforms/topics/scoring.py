"""Terms of a topic in an article -> how probable it is that a careful reader gives the topic.

One logistic model serves all topics. It sees six counts, each the logarithm of 1 plus: the points
of the topic's terms in the title, in title and lead, and in all (a strong term has 3, a medium one
2, a weak one 0.7, each once in a zone), and the numbers of its strong, its medium and its weak
terms. No weight is negative, so that a topic never gains by losing words, nor a word by standing
further down: what is shown as evidence is what decided.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from transforms.topics.mentions import LEAD, REST, TITLE, Context, Mention
from transforms.topics.weights import Logistic

POINTS = {"strong": 30, "medium": 20, "weak": 7}
"""In tenths, so that sums are exact."""
POINT = 10
ZONES = 3
TOPIC_COUNTS = ("title", "early", "all", *POINTS)
"""The counts by name, as the weights call them."""
REMEMBERED = 1 << 14
"""So many sums with their probability: few are new after some hundred articles, 2 MB."""

Span = tuple[int, int]
Sums = tuple[int, int, int, int, int, int]
"""The TOPIC_COUNTS of one topic before they are damped, points in tenths."""
TermHits = tuple[str, str, int, list[Span]]
"""A term of a topic in one zone: the term, its strength (a key of POINTS), the zone, and all its
places in the folded text, ascending, at least one. A plain tuple: there are many of them."""


def find_terms(
    article: Context, states: Iterable[Mention]
) -> tuple[dict[int, list[TermHits]], float]:
    """The hits of each topic that has any, by topic index, ascending; and the points of all.

    Of two terms of a topic that overlap, the first counts, of those that begin together the longer.
    """
    begins = {mention[0]: mention[1] for mention in states}
    ends = {end: start for start, end in begins.items()}
    text = article.folded.text
    title_end, lead_end = article.zones
    found: dict[int, list[TermHits]] = {}
    places: dict[int, list[Span]] = {}  # by number of the term and zone
    covered: dict[int, int] = {}
    points = 0
    for start, end, uses in article.hits.terms:
        zone = TITLE if start < title_end else LEAD if start < lead_end else REST
        for topic, strength, state, term, capitals, number in uses:
            if start < covered.get(topic, 0):
                continue
            span = (start, end)
            if state:
                around = _span_with_state(start, end, state, text, begins, ends)
                if around is None:
                    continue
                span = around
            if capitals and not _has_capitals(article, start, capitals):
                continue
            covered[topic] = span[1]
            if strength == "block":
                continue
            place = number * ZONES + zone
            if place in places:
                places[place].append(span)
                continue
            places[place] = spans = [span]
            points += POINTS[strength]
            found.setdefault(topic, []).append((term, strength, zone, spans))
    return {topic: found[topic] for topic in sorted(found)}, points / POINT


def _span_with_state(
    start: int, end: int, side: str, text: str, begins: dict[int, int], ends: dict[int, int]
) -> Span | None:
    """The span of a term and the state that stands next to it, or None if none does."""
    if side == "after":
        state = end + 1
        if state not in begins and text.startswith("the ", state):
            state += 4
        return (start, begins[state]) if state in begins and text[end] == " " else None
    state = start - 1
    if state not in ends and text.endswith("'s ", 0, start):
        state -= 2
    return (ends[state], end) if state in ends else None


def _has_capitals(article: Context, start: int, capitals: tuple[int, ...]) -> bool:
    """True if the term is written with its capitals: `UN` is not the `Un` of a Korean name."""
    raw, original = article.raw, article.folded.original
    return all(raw[original(start + at, start + at + 1)[0]].isupper() for at in capitals)


def sums_of(hits: Sequence[TermHits]) -> Sums:
    """The sums of one topic; all 0 for no hits."""
    if len(hits) == 1:  # as most topics have
        return _ALONE[hits[0][1:3]]
    return _sums(hits)


def _sums(hits: Sequence[TermHits]) -> Sums:
    points = [0, 0, 0]
    terms: dict[str, str] = {}
    for term, strength, zone, _ in hits:
        points[zone] += POINTS[strength]
        terms[term] = strength
    early = points[TITLE] + points[LEAD]
    strong, medium, weak = map(list(terms.values()).count, POINTS)
    return points[TITLE], early, early + points[REST], strong, medium, weak


_ALONE = {
    (strength, zone): _sums([("", strength, zone, [])])
    for strength in POINTS
    for zone in (TITLE, LEAD, REST)
}
"""The sums of a lone hit, by its strength and zone."""


def counts_of(sums: Sums) -> list[float]:
    """The TOPIC_COUNTS."""
    title, early, every, *terms = sums
    return [math.log1p(value) for value in (title / POINT, early / POINT, every / POINT, *terms)]


class TopicModel:
    """A logistic model of the TOPIC_COUNTS that remembers what it said."""

    def __init__(self, model: Logistic) -> None:
        self.threshold = model.threshold
        self.probability = lru_cache(REMEMBERED)(lambda sums: model.probability(counts_of(sums)))
        """The probability for Sums."""


def deciding(hits: Sequence[TermHits], model: TopicModel) -> list[TermHits]:
    """The fewest hits, the strongest first, without which the model's answer would be no.

    Shape: at least one hit of `hits`, which has at least one; all of them if it takes all.
    """
    if len(hits) == 1:
        return list(hits)
    ordered = sorted(hits, key=_weakness)
    fewest, most = 1, len(ordered)
    while fewest < most:  # the probability only falls
        taken = (fewest + most) // 2
        if model.probability(sums_of(ordered[taken:])) < model.threshold:
            most = taken
        else:
            fewest = taken + 1
    return ordered[:fewest]


def _weakness(hits: TermHits) -> tuple[int, int, Span]:
    _, strength, zone, spans = hits
    return -POINTS[strength], zone, spans[0]
