"""Vital signs of the stages of a stream: Beam gauges, and a log record each now and then."""

import logging
import pickle
import time
from typing import Any

from apache_beam.metrics.metric import Metrics

TELL_EVERY_S = 20.0

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
                Metrics.gauge("communique", f"{self._stage}.{name}.{shard}").set(value)
        fields = {"stage": self._stage, "shard": shard, **numbers}
        _log.info("signs of %s, shard %d", self._stage, shard, extra={"fields": fields})


def bytes_of(state: Any) -> int:
    """Bytes that the state takes with the coder it has, which is pickle."""
    return len(pickle.dumps(state))
