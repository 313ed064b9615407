"""TableWriter: rows in, whole Parquet files out."""

from typing import Any

import pyarrow as pa

from schemas.arrow import ROWS, record_batch
from schemas.run import Run
from transforms.tables.errors import TableError
from transforms.tables.layout import stats_columns
from transforms.tables.parquet import DataFile, write_file

MAX_ROWS = 10_000
MAX_BYTES = 64 << 20
_UNFIT = (pa.ArrowException, UnicodeEncodeError, TypeError, OverflowError)


class TableWriter:
    """Gathers rows of one table and cuts a file whenever it is full. Lives in one worker.

    A file is full at `max_rows` rows or about `max_bytes` characters of text, whichever comes
    first. What it wrote and nobody commits stays invisible and is swept a day later.
    """

    def __init__(
        self,
        output: str,
        table: str,
        run: Run,
        max_rows: int = MAX_ROWS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        if table not in ROWS:
            raise ValueError(f"there is no table {table!r}; the tables are {', '.join(ROWS)}")
        if max_rows < 1 or max_bytes < 1:
            raise ValueError(f"max_rows and max_bytes must be >= 1, got {max_rows}, {max_bytes}")
        self._output = output
        self._table = table
        self._run = run
        self._max_rows = max_rows
        self._max_bytes = max_bytes
        self._rows: list[Any] = []
        self._bytes = 0

    def add(self, row: Any) -> DataFile | None:
        """Takes a row; the file that it filled, if it did.

        Raises: TableError if the disk refuses, or if a row has a value that Parquet cannot hold.
        """
        self._rows.append(row)
        self._bytes += sum(len(value) for value in row if isinstance(value, str))
        full = len(self._rows) >= self._max_rows or self._bytes >= self._max_bytes
        return self.flush() if full else None

    def flush(self) -> DataFile | None:
        """The file of the rows taken since the last one, None if there are none."""
        if not self._rows:
            return None
        rows = pa.Table.from_batches([self._batch()])
        file = write_file(
            self._output,
            self._table,
            self._run.ingest_date.isoformat(),
            self._run.run_id,
            f"communique {self._run.pipeline_version}",
            rows,
        )
        self._rows, self._bytes = [], 0
        return file

    def _batch(self) -> pa.RecordBatch:
        try:
            batch = record_batch(self._table, self._rows)
        except _UNFIT as error:
            raise TableError(f"a row does not fit the table: {self._culprit(error)}") from error
        for name in stats_columns(self._table):
            if batch.column(name).null_count:
                row = self._rows[batch.column(name).to_pylist().index(None)]
                raise TableError(f"{self._table} row {row[0]!r} has no {name}, which is never null")
        return batch

    def _culprit(self, error: Exception) -> str:
        for row in self._rows:
            try:
                record_batch(self._table, [row])
            except _UNFIT as its_error:  # noqa: PERF203  (a search for one bad row)
                return f"{self._table} row {row[0]!r}: {its_error}"
        return str(error)
