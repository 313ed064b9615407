"""CommitRounds: the one committer of an endless job."""

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from typing import Any

import apache_beam as beam
from apache_beam.coders import PickleCoder
from apache_beam.pvalue import PCollection
from apache_beam.transforms.userstate import BagStateSpec, ReadModifyWriteStateSpec
from apache_beam.typehints.decorators import no_annotations

from schemas.run import Run
from transforms.in_flight import Flush, Round, complete_rounds, flush_of
from transforms.live_run import LiveRun
from transforms.tables import DataFile, History, Receipt, TableWriter, commit_pass
from transforms.tally import count
from transforms.tick import TICK
from transforms.vital_signs import VitalSigns, oldest_s, tell_flush

FLUSH_S = 60.0
MAX_BYTES = 64 << 20
"""Characters of text that are waited for at most; then the flush comes before its time."""


class CommitRounds(beam.PTransform):
    """(rows, rounds, ticks) -> a Receipt each flush: every `flush_s` seconds, or 64 MB.

    All of them under one key, so that there is one committer. What is committed already is dropped
    by its key, whoever committed it; a round waits for its items (`complete_rounds`).
    """

    def __init__(self, run: LiveRun, output: str, flush_s: float = FLUSH_S) -> None:
        super().__init__()
        if flush_s <= 0:
            raise ValueError(f"flush_s must be more than 0, got {flush_s}")
        self.commit = _CommitRoundsFn(run, output, timedelta(seconds=flush_s))

    @no_annotations
    def expand(self, offered: tuple[PCollection, PCollection, PCollection]) -> PCollection:
        """Brings everything under one key."""
        rows, rounds, ticks = offered
        one = rows | "OneKey" >> beam.Map(lambda row: (0, row))
        together = (one, rounds, ticks) | "Together" >> beam.Flatten()
        typed = together | beam.Map(lambda row: row).with_output_types(tuple[int, Any])
        return typed | "Commit" >> beam.ParDo(self.commit)


class _CommitRoundsFn(beam.DoFn):
    ROWS = beam.DoFn.StateParam(BagStateSpec("rows", PickleCoder()))
    ROUNDS = beam.DoFn.StateParam(BagStateSpec("rounds", PickleCoder()))
    WAITING = beam.DoFn.StateParam(ReadModifyWriteStateSpec("waiting", PickleCoder()))

    def __init__(self, run: LiveRun, output: str, flush_after: timedelta) -> None:
        self._run = run
        self._output = output
        self._flush_after = flush_after
        self._signs = VitalSigns("commit")

    def process(
        self,
        keyed: tuple[int, Any],
        rows: Any = ROWS,
        rounds: Any = ROUNDS,
        waiting: Any = WAITING,
    ) -> Iterator[Receipt]:
        now, item = self._run.started_at, keyed[1]
        since, size = waiting.read() or (now, 0)
        if item is not TICK:
            (rounds if isinstance(item, Round) else rows).add(item)
            waiting.write((since, size + _size(item)))
            return
        if self._signs.due(keyed[0]):
            held = list(rounds.read())
            self._signs.tell(
                keyed[0], {"chars": size, "rounds": len(held), "oldest_s": oldest_s(held, now)}
            )
        if not size or (now < since + self._flush_after and size < MAX_BYTES):
            return
        left = yield from self._flush(list(rows.read()), list(rounds.read()), now)
        rows.clear()
        rounds.clear()
        for found in left:
            rounds.add(found)
        waiting.write((now, len(left)))

    def _flush(
        self, items: list[Any], rounds: list[Round], now: datetime
    ) -> Generator[Receipt, None, list[Round]]:
        ours = {row.article_id for row in items}
        missing = {i for found in rounds for i in found.waits_for} - ours
        settled = missing - History(self._output).unseen(missing, now) if missing else set()
        complete, left = complete_rounds(rounds, ours | settled)
        flush = flush_of(items, complete, now, self._run.pipeline_version)
        if any(flush.rows.values()):
            receipt = commit_flush(self._output, flush)
            count("committed", receipt.articles)
            tell_flush(flush, receipt, now)
            yield receipt
        return left


def commit_flush(output: str, flush: Flush) -> Receipt:
    """Write the rows of a flush to files and commit them. Raises: LedgerError, TableError."""
    files = [
        file
        for table, rows in flush.rows.items()
        for file in _written(output, table, flush.run, rows)
    ]
    return commit_pass(output, flush.run, files, flush.admitted)


def _written(output: str, table: str, run: Run, rows: list[Any]) -> Iterator[DataFile]:
    writer = TableWriter(output, table, run)
    full = [file for file in map(writer.add, rows) if file is not None]
    yield from full
    last = writer.flush()
    if last is not None:
        yield last


def _size(item: Any) -> int:
    return 1 + sum(len(value) for value in item if isinstance(value, str))
