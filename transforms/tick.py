"""Tick: what drives a stream. Every stage that holds something does its work when it ticks."""

from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PBegin, PCollection
from apache_beam.transforms.periodicsequence import PeriodicImpulse

TICK = None
"""The element that says: do what is due. A row is never None."""


class Tick(beam.PTransform):
    """Begin -> (shard, TICK) for each shard, every `every_s` seconds, for ever; globally windowed.

    Elements, not timers: a processing-time timer that sets itself again holds the output watermark
    at the element that set it first (`OutputTimer.set` of the SDK, 2.77), and an engine that hands
    on by watermark, as Prism does, never hands on what it brings (docs/operations.md).
    """

    def __init__(self, every_s: float, shards: int) -> None:
        super().__init__()
        if every_s <= 0 or shards < 1:
            raise ValueError(f"every_s must be > 0 and shards >= 1, got {every_s} and {shards}")
        self.every_s = every_s
        self.shards = shards

    def expand(self, begin: PBegin) -> PCollection:
        """Repeats each impulse for every shard."""
        shards = range(self.shards)
        impulses = begin | "Impulse" >> PeriodicImpulse(fire_interval=self.every_s)
        return impulses | "ForEachShard" >> beam.FlatMap(
            lambda _: [(shard, TICK) for shard in shards]
        ).with_output_types(tuple[int, Any])
