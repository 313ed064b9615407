"""Running counts of this process, for the progress of a run that works in it.

They are for the eye alone: what a run did is counted from the rows themselves, at the commit.
"""

from collections import Counter

from apache_beam.metrics.metric import Metrics

_counts: Counter[str] = Counter()


def count(what: str, by: int = 1) -> None:
    """Count up, here and in the metric of the same name (namespace `communique`)."""
    _counts[what] += by
    Metrics.counter("communique", what).inc(by)


def counts() -> dict[str, int]:
    """What this process counted so far."""
    return dict(_counts)


def start_again() -> None:
    """Forget all counts: a new run begins."""
    _counts.clear()
