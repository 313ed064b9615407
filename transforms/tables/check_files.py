"""Whether each committed file is what the log says, and each row in it keeps the rules."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import file_schema
from transforms.tables import store
from transforms.tables.check_rows import row_faults
from transforms.tables.findings import Findings
from transforms.tables.layout import LAYOUTS
from transforms.tables.log import LoggedFile
from transforms.tables.merge import of_schema
from transforms.tables.statistics import footer_bounds

_BATCH = 500


def check_file(output: str, table: str, logged: LoggedFile, findings: Findings) -> bool:
    """Reads a whole file, page checksums too; False if it cannot be read."""
    root = store.table_root(output, table)
    stored = store.find(root, logged.path)
    if stored is None:
        findings.add(table, "a committed file is missing", logged.path)
        return False
    if stored.size != logged.size:
        findings.add(table, "a file does not have the size that the log says", logged.path)
    try:
        with (
            store.filesystem(root).open_input_file(logged.path) as source,
            pq.ParquetFile(source, page_checksum_verification=True) as file,
        ):
            _check_schema(table, file.schema_arrow, logged.path, findings)
            _check_footer(table, file.metadata, logged, findings)
            for batch in of_schema(table, file.iter_batches(_BATCH, use_threads=False)):
                _check_rows(table, batch.to_pylist(), findings)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        findings.add(table, "a file cannot be read", f"{logged.path}: {error}")
        return False
    return True


def _check_schema(table: str, found: pa.Schema, path: str, findings: Findings) -> None:
    ours = file_schema(table)
    for field in found:
        if field.name not in ours.names:
            findings.add(table, "a file has a column that the schema lacks", f"{path} {field.name}")
        elif field.type != ours.field(field.name).type:
            findings.add(table, "a file has a column of another type", f"{path} {field.name}")


def _check_footer(
    table: str, footer: pq.FileMetaData, logged: LoggedFile, findings: Findings
) -> None:
    if footer.num_rows != logged.rows:
        findings.add(table, "a file does not have the rows that the log says", logged.path)
    for name, bounds in footer_bounds(table, footer).items():
        claims: Iterator[tuple[Any, Any]] = iter(
            (
                (logged.nulls.get(name), bounds.nulls),
                (logged.low.get(name), bounds.low),
                (logged.high.get(name), bounds.high),
            )
        )
        if any(claim is not None and claim != true for claim, true in claims):
            where = f"{logged.path} {name}"
            findings.add(table, "the log's statistics are not those of the file", where)


def _check_rows(table: str, rows: list[dict[str, Any]], findings: Findings) -> None:
    key = LAYOUTS[table].key
    for row in rows:
        for fault in row_faults(table, row):
            findings.add(table, fault, " ".join(str(row[column]) for column in key))
