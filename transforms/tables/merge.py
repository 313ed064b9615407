"""Merging sorted streams of rows into one, with a bounded number of rows in memory."""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from schemas.arrow import file_schema

ROWS_IN_MEMORY = 20_000
"""Over all streams together. 20,000 articles are about 100 MB of Arrow."""

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
    waiting = list(streams)
    heads: list[pa.Table] = []
    sources: list[Iterator[pa.RecordBatch]] = []
    while True:
        for stream in waiting:
            head = _next_rows(stream)
            if head is not None:
                heads.append(head)
                sources.append(stream)
        if not heads:
            return
        # Up to the smallest of the last keys every stream has shown all that it has.
        cut = min(pc.max(head[order[0]]).as_py() for head in heads)
        ready, waiting, left, left_sources = [], [], [], []
        for head, stream in zip(heads, sources, strict=True):
            is_ready = pc.less_equal(head[order[0]], pa.scalar(cut, head[order[0]].type))
            ready.append(head.filter(is_ready))
            rest = head.filter(pc.invert(is_ready))
            if rest.num_rows:
                left.append(rest)
                left_sources.append(stream)
            else:
                waiting.append(stream)
        heads, sources = left, left_sources
        yield pa.concat_tables(ready).sort_by([(column, "ascending") for column in order])


def _next_rows(stream: Iterator[pa.RecordBatch]) -> pa.Table | None:
    for batch in stream:
        if batch.num_rows:
            return pa.Table.from_batches([batch])
    return None


def of_schema(table: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches with the columns of the table's files; one that they do not have is null."""
    schema = file_schema(table)
    for batch in batches:
        columns = {name: batch.column(name) for name in batch.schema.names}
        yield pa.record_batch(
            [columns.get(f.name, pa.nulls(batch.num_rows, f.type)) for f in schema], schema=schema
        )
