"""Topics that have a term in an article and were not given, and why not."""

from collections.abc import Iterable
from typing import NamedTuple

from transforms.topics.taxonomy import TopicDefinition

MAX_NEAR_MISSES = 5


class NearMiss(NamedTuple):
    """A topic that was not given, and why not."""

    id: str
    score: float  # as in Topic: a probability
    reason: str


def near_misses(
    scored: Iterable[tuple[float, TopicDefinition]], actors: int, threshold: float, closed: str
) -> tuple[NearMiss, ...]:
    """The strongest of the topics that were not given, each with its reason.

    `actors`: distinct states and organisations in the article; `closed`: why the gate is.
    Shape: strongest first, at most MAX_NEAR_MISSES, () for none.
    """
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1].id))
    return tuple(
        NearMiss(
            topic.id,
            score,
            closed or _shortage(topic.needs_states, actors, score, threshold),
        )
        for score, topic in ordered[:MAX_NEAR_MISSES]
    )


def _shortage(needed: int, actors: int, score: float, threshold: float) -> str:
    if actors < needed:
        return f"needs {needed} states or organisations, has {actors}"
    return f"its terms are too few or too weak: {score:.2f} of {threshold:.2f}"
