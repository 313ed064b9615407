"""The files of what is left of a pass: the workers' own, or new ones where only part survives."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from schemas.arrow import file_schema, record_batch
from schemas.failure import Failure
from schemas.run import Run
from transforms.tables.ledger import OfferedRow
from transforms.tables.lookup import row_groups
from transforms.tables.parquet import DataFile, write_file

STAGE = "write_tables"


def surviving_files(
    output: str, table: str, offered: list[OfferedRow], kept: list[OfferedRow], run: Run
) -> list[DataFile]:
    """Files with exactly the kept rows; a file that survives whole is used as it is."""
    total: dict[DataFile, int] = defaultdict(int)
    for row in offered:
        total[row.file] += 1
    positions: dict[DataFile, list[int]] = defaultdict(list)
    for row in kept:
        positions[row.file].append(row.position)
    return [
        file
        if len(rows) == total[file]
        else new_file(output, table, _rows(output, file, rows), run)
        for file, rows in positions.items()
    ]


def new_file(output: str, table: str, rows: pa.Table, run: Run) -> DataFile:
    """A file under a new name in the run's partition."""
    producer = f"communique {run.pipeline_version}"
    day = run.ingest_date.isoformat()
    return write_file(output, table, day, run.run_id, producer, rows)


def _rows(output: str, file: DataFile, positions: list[int]) -> pa.Table:
    """Whole rows of an offered file, by their positions."""
    names = file_schema(file.table).names
    groups = [rows for _, _, rows in row_groups(output, file.table, file.path, names)]
    return pa.concat_tables(groups).take(pa.array(positions, type=pa.int64()))


def renumbered(output: str, rows: Iterable[tuple[OfferedRow, int]]) -> Iterator[pa.Table]:
    """Failures under another attempt number than they were offered with."""
    for row, attempt in rows:
        failure = _rows(output, row.file, [row.position])
        field = failure.schema.field("attempt")
        column = pa.array([attempt], type=field.type)
        yield failure.set_column(failure.schema.get_field_index("attempt"), field, column)


def duplicate_failures(
    repeats: Iterable[tuple[OfferedRow, dict[str, Any], int]], run: Run
) -> Iterator[pa.Table]:
    """The final failures that (duplicate, the row it repeats, attempt) become."""
    failures = [
        Failure(
            article_id=row.values["article_id"],
            url=row.values["url"],
            feed_url=row.values["feed_url"],
            entry=None,
            stage=STAGE,
            code="duplicate",
            detail=f"repeats article {original['article_id']}, {original['url']}: same canonical "
            f"URL, same title or text",
            http_status=None,
            attempt=attempt,
            retry_at=None,
            final=True,
            failed_at=run.started_at,
            run_id=run.run_id,
        )
        for row, original, attempt in repeats
    ]
    if failures:
        yield pa.Table.from_batches([record_batch("failures", failures)])
