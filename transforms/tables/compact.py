"""Compaction: the many small files of a closed day become one sorted file of up to 256 MB.

delta-rs's own `optimize.compact` doubles the rows when two of them run at once, and loses sort
order, row groups and bloom filters (tried, 1.6.6); so this is our own Remove + Add commit.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.transaction import RemoveAction

from schemas.arrow import PARTITION, ROWS, SCHEMA_VERSION
from transforms.tables import faults, log, store
from transforms.tables.errors import TableError, explained
from transforms.tables.layout import LAYOUTS
from transforms.tables.log import LoggedFile
from transforms.tables.merge import MAX_STREAMS, batch_rows, merge_sorted, of_schema
from transforms.tables.parquet import DataFile, FileWriter, new_path

APP_ID = "maintenance"
TARGET_BYTES = 256 << 20
MAX_TRIES = 3
_ORIGIN = "compacted"
_PRODUCER = "communique compact"
RETRIES = 10
"""Of delta-rs: it takes appends in between in, and refuses a compaction or delete in between."""


class Compaction(NamedTuple):
    """One partition that was compacted. Sizes in bytes."""

    table: str
    ingest_date: str
    files_before: int
    files_after: int
    rows: int
    size_before: int
    size_after: int


def compact(output: str, now: datetime, tables: Collection[str] | None = None) -> list[Compaction]:
    """Merges the files of every partition before today (UTC) that has more files than it needs.

    Rows and readers do not notice; replaced files stay 7 days for readers of older versions. May
    run beside runs and other compactions: a partition that another one did first is left alone.
    Empty if there is nothing to do. Raises: TableError if the output cannot be read or written.
    """
    done: list[Compaction] = []
    for table in tables if tables is not None else ROWS:
        handle = log.open_table(output, table)
        for day in sorted(_partitions(handle)) if handle is not None else ():
            if day < now.date():
                done.extend(_compact_day(output, table, day, now))
    return done


def _partitions(handle: DeltaTable) -> dict[date, list[LoggedFile]]:
    partitions: dict[date, list[LoggedFile]] = defaultdict(list)
    for file in log.active_files(handle):
        partitions[file.ingest_date].append(file)
    return partitions


def _compact_day(output: str, table: str, day: date, now: datetime) -> Iterator[Compaction]:
    """One or more rounds, each over as many files as may be open at once."""
    refused = 0
    while refused < MAX_TRIES:
        handle = log.open_table(output, table)
        files = _partitions(handle)[day] if handle is not None else []
        if handle is None or not _is_worth_it(files):
            return
        files = sorted(files, key=lambda file: file.size)[:MAX_STREAMS]
        written = _merge(output, table, files)
        try:
            _replace(output, table, handle, files, written, now)
        except log.ConflictError:
            # A store whose answer was lost is asked again, and then it refuses what it has.
            if not _is_committed(output, table, written):
                refused += 1
                _forget(output, table, written)
                continue
        yield Compaction(
            table,
            day.isoformat(),
            len(files),
            len(written),
            sum(file.rows for file in written),
            sum(file.size for file in files),
            sum(file.size for file in written),
        )
        if len(written) >= len(files):
            return


def _is_worth_it(files: list[LoggedFile]) -> bool:
    """More files than full ones of the same size would be."""
    size = sum(file.size for file in files)
    return len(files) > max(1, -(-size // TARGET_BYTES))


def _merge(output: str, table: str, files: list[LoggedFile]) -> list[DataFile]:
    """New files with the rows of the old ones, in order. Raises TableError if a row is missing."""
    expected = sum(file.rows or 0 for file in files)
    root, day = store.table_root(output, table), files[0].ingest_date.isoformat()
    written: list[DataFile] = []
    with explained("compact", root), ExitStack() as opened:
        streams = [_stream(opened, output, table, file.path, len(files)) for file in files]
        rows = merge_sorted(streams, LAYOUTS[table].order)
        writer = None
        for part in rows:
            if writer is None:
                writer = opened.enter_context(
                    FileWriter(root, new_path(day, _ORIGIN), table, _ORIGIN, _PRODUCER, expected)
                )
            writer.write(part)
            if writer.size >= TARGET_BYTES:
                written.append(writer.close())
                writer = None
        if writer is not None:
            written.append(writer.close())
    found = sum(file.rows for file in written)
    if found != expected:
        _forget(output, table, written)
        raise TableError(
            f"{output}/{table} {day}: the log says {expected} rows, the files have {found}; "
            f"nothing was compacted: run `communique verify`"
        )
    return written


def _stream(
    opened: ExitStack, output: str, table: str, path: str, streams: int
) -> Iterator[pa.RecordBatch]:
    """Rows of a file as the current schema has them."""
    root = store.table_root(output, table)
    with explained("read", f"{root}/{path}"):
        source = opened.enter_context(store.filesystem(root).open_input_file(path))
        file = opened.enter_context(pq.ParquetFile(source, pre_buffer=False))
    return of_schema(table, file.iter_batches(batch_rows(streams), use_threads=False))


def _replace(
    output: str,
    table: str,
    handle: DeltaTable,
    old: list[LoggedFile],
    new: list[DataFile],
    now: datetime,
) -> None:
    removed_ms = int(now.timestamp() * 1000)
    removes = [
        RemoveAction(
            path=file.path,
            data_change=False,
            deletion_timestamp=removed_ms,
            size=file.size,
            partition_values={PARTITION: file.ingest_date.isoformat()},
        )
        for file in old
    ]
    adds = log.add_actions(output, new, data_change=False)
    metadata = {"table": table, "schema_version": str(SCHEMA_VERSION), "compacted": len(old)}
    faults.reach("before_compaction_commit")
    log.commit(output, table, handle, [*removes, *adds], APP_ID, metadata, RETRIES)
    faults.reach("after_compaction_commit")


def _is_committed(output: str, table: str, written: list[DataFile]) -> bool:
    """Whether the newest version names the files."""
    handle = log.open_table(output, table)
    named = {file.path for file in log.active_files(handle)} if handle is not None else set()
    return all(file.path in named for file in written)


def _forget(output: str, table: str, written: list[DataFile]) -> None:
    """Deletes files of ours that a refused commit named: no log has them."""
    for file in written:
        store.remove(store.table_root(output, table), file.path)
