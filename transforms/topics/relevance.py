"""The gate: is the article about what states do to each other?

A logistic model over a dozen counts. Its weights were fitted by `benchmarks/topics/fit_gate.py`
(ridge, leave-one-out) on 98 labelled articles; they are few and large counts are damped by
logarithms, so that it can be read, and argued with.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from transforms.topics.matching import WordHit
from transforms.topics.mentions import REST, TITLE, Mention, Zones

OPEN_AT = 0.5
OTHER_SUBJECTS = ("business", "crime")
LEISURE = ("sport", "entertainment", "lifestyle")
FREE_LEISURE_WORDS = 2
"""So many words of leisure (`champion`, `film`) stand in any article and say nothing."""
LEAST_WORDS = 200
"""Shorter texts count as this long: a density over a few words says little."""
CLOSE_CHARACTERS = 160
"""Two mentions stand close together if at most this far apart: about one sentence."""


def features(
    zones: Zones,
    words_found: Sequence[WordHit],
    states: Sequence[Mention],
    organisations: Sequence[Mention],
    points: float,
    words: int,
) -> dict[str, float]:
    """The counts the gate looks at, each damped to about 0..3. `points` are those of all topics."""
    per_code = Counter(mention.code for mention in (*states, *organisations))
    main = per_code.most_common(1)[0][0] if per_code else ""
    others = [m for m in (*states, *organisations) if m.code != main]
    first = [m for m in others if m.zone != REST]
    signs = Counter(word_class for _, classes in words_found for word_class in classes)
    diplomacy = [start for start, classes in words_found if "diplomacy" in classes]
    early = sum(zones.of(start) != REST for start in diplomacy)
    leisure = sum(signs[word_class] for word_class in LEISURE)
    per_thousand = 1000 / max(words, LEAST_WORDS)
    return {
        "others_in_title": math.log1p(sum(m.zone == TITLE for m in first)),
        "others_in_lead": math.log1p(len(first)),
        "others_density": math.log1p(len(others) * per_thousand),
        "close_pairs": math.log1p(_close_pairs(states, organisations) * per_thousand),
        "diplomacy_density": math.log1p(len(diplomacy) * per_thousand),
        "diplomacy_in_lead": math.log1p(early),
        "topic_points": math.log1p(points * per_thousand / 4),
        "other_subjects": math.log1p(sum(signs[c] for c in OTHER_SUBJECTS) * per_thousand),
        "leisure": math.log1p(max(0, leisure - FREE_LEISURE_WORDS) * per_thousand),
        "domestic": math.log1p(signs["domestic"] * per_thousand),
    }


def _close_pairs(states: Sequence[Mention], organisations: Sequence[Mention]) -> int:
    """Neighbouring mentions of two different actors that stand close together."""
    ordered = sorted((*states, *organisations))
    return sum(
        one.code != other.code and other.start - one.end <= CLOSE_CHARACTERS
        for one, other in pairwise(ordered)
    )


BIAS = -5.1
WEIGHTS = {
    "others_in_title": 2.7,
    "others_in_lead": 0.8,
    "others_density": 0.3,
    "close_pairs": 0.35,
    "diplomacy_density": 0.5,
    "diplomacy_in_lead": 0.2,
    "topic_points": 1.4,
    "other_subjects": -0.45,
    "domestic": -0.9,
}
FIXED_WEIGHTS = {"leisure": -1.8}
"""Set by hand: the labelled articles hold next to no matches between national teams, whose reports
look like diplomacy to every other count (two states in the title, in the lead, side by side)."""


def probability(counts: dict[str, float]) -> float:
    """How clearly the article is diplomatic, 0.0 to 1.0; the gate opens at OPEN_AT."""
    logit = BIAS + sum(weight * counts[name] for name, weight in (WEIGHTS | FIXED_WEIGHTS).items())
    return 1 / (1 + math.exp(-logit))
