"""Parquet files as the tables have them: whole or not there, sorted, with Delta statistics."""

import re
import uuid
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import PARTITION, SCHEMA_VERSION, file_schema
from transforms.tables import faults, layout, store
from transforms.tables.errors import explained
from transforms.tables.statistics import file_stats

ROW_GROUP = 10_000
"""Rows. Measured over 100,000 rows: point lookups 7 ms (24 ms at 1,000 rows, 113 ms at 100,000)."""

ZSTD_LEVEL = 3
"""Measured: 1.7 times the CPU of level 1 for 79 % of its size; level 9: 8.3 times for 67 %."""

FALSE_POSITIVES = 0.01
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\Z")


class DataFile(NamedTuple):
    """A Parquet file that exists under its final name. No reader sees it before its commit.

    `path` is relative to the table's folder, `ingest_date` an ISO date, `stats` Delta's JSON.
    """

    table: str
    path: str
    size: int
    rows: int
    ingest_date: str
    stats: str


class FileWriter:
    """Writes one file of a table. Leaving the `with` block by an error leaves no file behind.

    `path` is that of the file below `root`. `origin` (a run id) and `producer` go into its
    metadata. `rows` is about how many will come: it sizes the bloom filters.
    """

    def __init__(
        self, root: str, path: str, table: str, origin: str, producer: str, rows: int
    ) -> None:
        self._table = table
        self._path = path
        self._draft = store.Draft(root, path)
        self._footers: list[pq.FileMetaData] = []
        self._pending: list[pa.Table] = []
        self._pending_rows = 0
        with explained("write", self._draft.final):
            self._sink = pa.OSFile(str(self._draft.path), "wb")
            try:
                self._writer = _open(self._sink, table, rows, self._footers)
            except (OSError, pa.ArrowException):
                self._sink.close()
                self._draft.discard()
                raise
        self._writer.add_key_value_metadata(
            {"schema_version": str(SCHEMA_VERSION), "run_id": origin, "producer": producer}
        )

    def __enter__(self) -> "FileWriter":  # noqa: PYI034  (Self is 3.11)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._sink.closed:
            self._writer.is_open = False  # an unfinished file needs no footer
            self._sink.close()
        self._draft.discard()

    @property
    def size(self) -> int:
        """Bytes on disk so far, without the rows that wait for their row group."""
        return self._sink.tell()

    def write(self, rows: pa.Table) -> None:
        """Adds rows, which have the order of the table already."""
        self._pending.append(rows)
        self._pending_rows += rows.num_rows
        if self._pending_rows >= ROW_GROUP:
            self._write_groups(ROW_GROUP)

    def close(self) -> DataFile:
        """Publishes the file. Raises TableError if the disk refuses."""
        self._write_groups(1)
        with explained("write", self._draft.final):
            self._writer.close()
            self._sink.close()
        size = self._draft.publish()
        with explained("write", str(self._draft.final)):
            faults.reach(f"written:{self._table}")
        (footer,) = self._footers
        stats = file_stats(self._table, footer)
        day = Path(self._path).parent.name.rpartition("=")[2]
        return DataFile(self._table, self._path, size, footer.num_rows, day, stats)

    def _write_groups(self, at_least: int) -> None:
        """Writes full row groups while `at_least` rows wait."""
        if not self._pending:
            return
        waiting = pa.concat_tables(self._pending)
        start = 0
        with explained("write", self._draft.final):
            while waiting.num_rows - start >= at_least:
                self._writer.write_table(waiting.slice(start, ROW_GROUP), row_group_size=ROW_GROUP)
                start += ROW_GROUP
        rest = waiting.slice(start)
        self._pending = [rest] if rest.num_rows else []
        self._pending_rows = rest.num_rows


def _open(
    sink: pa.NativeFile, table: str, rows: int, footers: list[pq.FileMetaData]
) -> pq.ParquetWriter:
    schema = file_schema(table)
    of_table = layout.LAYOUTS[table]
    bloom = {"ndv": max(1, min(rows, ROW_GROUP)), "fpp": FALSE_POSITIVES}
    codecs = layout.compression(table)
    return pq.ParquetWriter(
        sink,
        schema,
        compression=codecs,
        compression_level={path: ZSTD_LEVEL for path, codec in codecs.items() if codec == "zstd"},
        use_dictionary=list(layout.dictionary_columns(table)),
        bloom_filter_options=dict.fromkeys(of_table.bloom, bloom) or None,
        write_page_index=True,
        write_page_checksum=True,
        store_schema=False,
        metadata_collector=footers,
    )


def new_path(ingest_date: str, origin: str) -> str:
    """A path that no other file of a table has. ValueError if `origin` is not fit for a name."""
    if not _NAME.match(origin):
        raise ValueError(f"run_id is {origin!r}; a file name takes only A-Z a-z 0-9 _ . -")
    return f"{PARTITION}={ingest_date}/part-{origin}-{uuid.uuid4().hex[:16]}.parquet"


def in_order(table: str, rows: pa.Table) -> pa.Table:
    """The rows in the order of the table's files, nulls last."""
    return rows.sort_by([(column, "ascending") for column in layout.LAYOUTS[table].order])


def write_file(
    output: str, table: str, ingest_date: str, origin: str, producer: str, rows: pa.Table
) -> DataFile:
    """Sorts the rows and writes them as one file. Raises TableError if the disk refuses."""
    root, path = store.table_root(output, table), new_path(ingest_date, origin)
    with FileWriter(root, path, table, origin, producer, rows.num_rows) as writer:
        writer.write(in_order(table, rows))
        return writer.close()
