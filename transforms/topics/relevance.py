"""The gate's counts: is the article about what states do to each other?

A logistic model over a dozen counts; large ones are damped by logarithms, so that it can be read,
and argued with. `benchmarks/topics/train.py` fits its weights.
"""

import math
from collections.abc import Iterable, Sequence

from transforms.topics.matching import WordHit
from transforms.topics.mentions import REST, TITLE, Mention, Zones

OTHER_SUBJECTS = ("business", "crime")
LEISURE = ("sport", "entertainment", "lifestyle")
FREE_LEISURE_WORDS = 2
"""So many words of leisure (`champion`, `film`) stand in any article and say nothing."""
LEAST_WORDS = 200
"""Shorter texts count as this long: a density over a few words says little."""
CLOSE_CHARACTERS = 160
"""Two mentions stand close together if at most this far apart: about one sentence."""
GATE_COUNTS = (
    "others_in_title",
    "others_in_lead",
    "others_density",
    "close_pairs",
    "diplomacy_density",
    "diplomacy_in_lead",
    "topic_points",
    "other_subjects",
    "leisure",
    "domestic",
)
"""The counts by name, as the weights call them."""


def gate_counts(
    zones: Zones,
    words_found: Sequence[WordHit],
    states: Sequence[Mention],
    organisations: Sequence[Mention],
    points: float,
    words: int,
) -> list[float]:
    """The GATE_COUNTS, each damped to about 0..3. `points` are those of all topics."""
    actors = [*states, *organisations] if organisations else states
    codes = [mention[2] for mention in actors]
    main = max(dict.fromkeys(codes), key=codes.count, default="")
    others = [mention[4] for mention in actors if mention[2] != main]
    signs = [word_class for _, classes in words_found for word_class in classes]
    lead_end = zones.lead_end
    early = [1 for start, classes in words_found if start < lead_end and "diplomacy" in classes]
    leisure = sum(map(signs.count, LEISURE))
    per_thousand = 1000 / max(words, LEAST_WORDS)
    return [
        math.log1p(others.count(TITLE)),
        math.log1p(len(others) - others.count(REST)),
        math.log1p(len(others) * per_thousand),
        math.log1p(_close_pairs(actors) * per_thousand),
        math.log1p(signs.count("diplomacy") * per_thousand),
        math.log1p(len(early)),
        math.log1p(points * per_thousand / 4),
        math.log1p(sum(map(signs.count, OTHER_SUBJECTS)) * per_thousand),
        math.log1p(max(0, leisure - FREE_LEISURE_WORDS) * per_thousand),
        math.log1p(signs.count("domestic") * per_thousand),
    ]


def _close_pairs(actors: Iterable[Mention]) -> int:
    """Neighbouring mentions of two different actors that stand close together."""
    close = 0
    last_end, last_code = 0, ""
    for mention in sorted(actors):
        start, end, code = mention[:3]
        close += start - last_end <= CLOSE_CHARACTERS and code != last_code != ""
        last_end, last_code = end, code
    return close
