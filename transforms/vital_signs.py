"""Vital signs of the stages of a stream: Beam metrics, and a log record each now and then."""

import json
import logging
import pickle
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from apache_beam.metrics.metric import Metrics

from schemas.article import Article
from transforms.in_flight import Flush, Round
from transforms.tables import Receipt

TELL_EVERY_S = 20.0

FRESH = timedelta(days=1)
"""Only what is younger says how fast the stream is: a feed that is new brings its archive too."""

_NAMESPACE = "communique"
_log = logging.getLogger("communique.signs")


class VitalSigns:
    """What one worker's copy of a stage holds, by shard. Numbers and host names, never a row.

    Each number is a gauge `stage.name.shard` of the namespace `communique`, and every
    `TELL_EVERY_S` seconds a shard's numbers are one record of the logger `communique.signs`, whose
    attribute `fields` has them by name.
    """

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._told: dict[int, float] = {}

    def due(self, shard: int) -> bool:
        """True if the shard's numbers are to be told now; what is dear to count waits for it."""
        return time.monotonic() >= self._told.get(shard, 0.0) + TELL_EVERY_S

    def tell(self, shard: int, numbers: dict[str, Any]) -> None:
        """Set the gauges and log the record."""
        self._told[shard] = time.monotonic()
        for name, value in numbers.items():
            if isinstance(value, int):
                Metrics.gauge(_NAMESPACE, f"{self._stage}.{name}.{shard}").set(value)
        fields = {"stage": self._stage, "shard": shard, **numbers}
        _log.info("signs %s", json.dumps(fields), extra={"fields": fields})


def tell_flush(flush: Flush, receipt: Receipt, now: datetime) -> None:
    """Log what a flush committed, and update the distributions of lag. Seconds."""
    articles = [row for row in flush.rows["articles"] if isinstance(row, Article)]
    lags = sorted(lag for row in articles if (lag := lag_s(row, now)) is not None)
    for lag in lags:
        Metrics.distribution(_NAMESPACE, "commit.lag_s").update(int(lag))
    fields = {
        "run_id": flush.run.run_id,
        "articles": receipt.articles,
        "failures": receipt.failures,
        "already_committed": receipt.already_committed,
        "polls": receipt.polls,
        "failed": dict(Counter(f"{row.stage}.{row.code}" for row in flush.rows["failures"])),
        "lag_s_p50": lags[len(lags) // 2] if lags else None,
        "lag_s_max": lags[-1] if lags else None,
    }
    _log.info("flush %s", json.dumps(fields), extra={"fields": fields})


def lag_s(article: Article, now: datetime) -> float | None:
    """Seconds from the publication to `now`; None if it has no exact time, or is a day old."""
    at = article.published_at
    if at is None or article.published_precision != "second" or now - at > FRESH:
        return None
    return max(0.0, (now - at).total_seconds())


def oldest_s(rounds: Sequence[Round], now: datetime) -> int:
    """Whole seconds that the oldest round has waited for its items; 0 if none waits."""
    return max((int((now - found.poll.polled_at).total_seconds()) for found in rounds), default=0)


def bytes_of(state: Any) -> int:
    """Bytes that the state takes with the coder it has, which is pickle."""
    return len(pickle.dumps(state))
