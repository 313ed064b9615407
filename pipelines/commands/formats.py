"""The rows of a query, as CSV, JSON lines, Parquet or a table for people."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.commands.json_lines import plain
from pipelines.commands.terminal import printable

if TYPE_CHECKING:
    from rich.console import Console

MAX_CELL = 160
"""Code points of a cell in a table for people; the rest of it is in the other formats."""

_NARROW = 12


def write_csv(rows: pa.RecordBatchReader, stream: IO[str]) -> None:
    """A header and a line a row (RFC 4180, but LF). Null is empty; nested values are JSON."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows.schema.names)
    for row in _rows(rows):
        writer.writerow([_csv_cell(value) for value in row])


def write_json(rows: pa.RecordBatchReader, stream: IO[str]) -> None:
    """One JSON object a line. Of two columns with one name, the second is called `name_1`."""
    names = unique_names(rows.schema.names)
    for row in _rows(rows):
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False)
        stream.write(line + "\n")


def write_parquet(rows: pa.RecordBatchReader, stream: IO[bytes]) -> None:
    """One zstd Parquet file, with the columns' own types."""
    schema = pa.schema(
        [
            field.with_name(name)
            for field, name in zip(rows.schema, unique_names(rows.schema.names), strict=True)
        ]
    )
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(pa.record_batch(batch.columns, schema=schema))


def print_table(rows: pa.RecordBatchReader, console: "Console", limit: int) -> bool:
    """Print up to `limit` rows; False if there are more.

    Rows with more columns than the console has room for are printed as records, a column a line.
    """
    names = rows.schema.names
    found, whole = _first(_rows(rows), limit)
    cells = [[_shown(value) for value in row] for row in found]
    if len(names) * _NARROW <= console.width:
        _print_grid(names, cells, [_is_number(field.type) for field in rows.schema], console)
    else:
        _print_records(names, cells, console)
    return whole


def unique_names(names: Sequence[str]) -> list[str]:
    """The names, with `_1`, `_2` ... added where one has come before."""
    seen: dict[str, None] = {}
    for name in names:
        unique, number = name, 0
        while unique in seen:
            number += 1
            unique = f"{name}_{number}"
        seen[unique] = None
    return list(seen)


def _rows(rows: pa.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    for batch in rows:
        columns = [[plain(value) for value in column.to_pylist()] for column in batch.columns]
        yield from zip(*columns, strict=True)


def _first(rows: Iterable[tuple[Any, ...]], limit: int) -> tuple[list[tuple[Any, ...]], bool]:
    found: list[tuple[Any, ...]] = []
    for row in rows:
        if len(found) == limit:
            return found, False
        found.append(row)
    return found, True


def _csv_cell(value: Any) -> Any:
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    return value


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        text = ", ".join(str(item) for item in value)
    else:
        text = str(_csv_cell(value))
    text = " ".join(printable(text).split())
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


def _is_number(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)


def _print_grid(
    names: Sequence[str], cells: list[list[str]], right: list[bool], console: "Console"
) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, number in zip(names, right, strict=True):
        table.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in cells:
        table.add_row(*row)
    console.print(table)


def _print_records(names: Sequence[str], cells: list[list[str]], console: "Console") -> None:
    from rich.table import Table

    for number, row in enumerate(cells, 1):
        console.print(f"-- row {number} --", style="dim")
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="bold", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, cell in zip(names, row, strict=True):
            grid.add_row(name, cell)
        console.print(grid)
