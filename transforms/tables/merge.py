"""Merging sorted streams of rows into one, with a bounded number of rows in memory."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.arrow import file_schema

ROWS_IN_MEMORY = 10_000
"""Over all streams together: of articles about 50 MB."""

_MIN_BATCH = 64
MAX_STREAMS = 128
"""Open files at once; a batch of each has to fit into ROWS_IN_MEMORY."""


def batch_rows(streams: int) -> int:
    """How many rows each of so many streams should bring at a time."""
    return max(_MIN_BATCH, ROWS_IN_MEMORY // max(1, streams))


def merge_sorted(
    streams: Sequence[Iterator[pa.RecordBatch]], order: Sequence[str]
) -> Iterator[pa.Table]:
    """All rows of all streams as tables that follow each other in the given order.

    Streams have to be sorted by the first column of `order` for that; if one is not, no row is lost
    or doubled, only the order is not kept. Ties over the ends of batches are in any order. Empty
    streams give nothing.
    """
    sort_keys = [(column, "ascending") for column in order]
    heads: list[tuple[pa.Table, Iterator[pa.RecordBatch]]] = []
    waiting = list(streams)
    while True:
        for stream in waiting:
            head = _next_rows(stream, sort_keys)
            if head is not None:
                heads.append((head, stream))
        if not heads:
            return
        # Up to the smallest of the last keys every stream has shown all that it has.
        cut = min(head[order[0]][-1].as_py() for head, _ in heads)
        ready, left, waiting = [], [], []
        for head, stream in heads:
            count = _count_up_to(head[order[0]], cut)
            ready.append(head.slice(0, count))
            if count == head.num_rows:
                waiting.append(stream)
            else:
                left.append((head.slice(count), stream))
        heads = left
        yield pa.concat_tables(ready).sort_by(sort_keys)


def _next_rows(
    stream: Iterator[pa.RecordBatch], sort_keys: Sequence[tuple[str, str]]
) -> pa.Table | None:
    """The next rows of a stream, sorted in themselves; None at its end."""
    for batch in stream:
        if batch.num_rows:
            keys = batch.column(sort_keys[0][0])
            rows = pa.Table.from_batches([batch])
            in_order = pc.all(pc.less_equal(keys[:-1], keys[1:])).as_py()
            return rows if in_order is not False else rows.sort_by(sort_keys)
    return None


def _count_up_to(keys: pa.ChunkedArray, cut: Any) -> int:
    """How many of the ascending keys are at most `cut`."""
    return pc.sum(pc.less_equal(keys, pa.scalar(cut, keys.type))).as_py() or 0


def of_schema(table: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches with the columns of the table's files; one that they do not have is null."""
    schema = file_schema(table)
    for batch in batches:
        columns = {name: batch.column(name) for name in batch.schema.names}
        yield pa.record_batch(
            [columns.get(f.name, pa.nulls(batch.num_rows, f.type)) for f in schema], schema=schema
        )
