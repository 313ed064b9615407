"""`communique query`: SQL over the tables."""

import os
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from pipelines.commands.arguments import Output
from pipelines.commands.rows import open_tables, read_rows
from pipelines.commands.terminal import remark, result_console
from pipelines.options import DEFAULT_OUTPUT
from schemas.errors import UsageError, UserError

if TYPE_CHECKING:
    import pyarrow as pa

MAX_ROWS = 1000
"""Rows of a table for people: nobody reads more, and laying them out needs them all in memory."""

_SUFFIXES = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
}


class Format(str, Enum):
    """How to print rows."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def query(
    sql: Annotated[
        str, typer.Argument(metavar="SQL|-", help="DuckDB statements; - reads them from stdin.")
    ],
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[  # noqa: A002 - the name of the option
        Format | None,
        typer.Option(
            help="How to print rows; json is one object a line.",
            show_default="table on a terminal, csv elsewhere",
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write to this file; its ending names the format."),
    ] = None,
) -> None:
    """Query the tables with DuckDB SQL.

    Tables: articles, latest (each article once), entries, failures and polls.
    Nothing in them can be changed from here.

    Examples:
        communique query "SELECT title, url FROM latest WHERE diplomatic"
        communique query "FROM failures" --format json
        communique query "FROM latest" --to articles.parquet
        communique query - < report.sql
    """
    kind = _format(format, to)
    text = sys.stdin.read() if sql == "-" else sql
    with open_tables(output) as connection:
        rows = read_rows(connection, text)
        if rows is None:
            return
        if to is not None:
            _write_file(rows, kind, to)
        else:
            _print(rows, kind)


def _format(asked: Format | None, to: Path | None) -> Format:
    """The format asked for, else that of the file's ending, else what fits stdout."""
    if to is not None:
        if asked is None and to.suffix.lower() not in _SUFFIXES:
            raise UsageError(
                f'--to is "{to}", whose ending names no format; '
                "end it in .csv, .json or .parquet, or add --format"
            )
        chosen = asked or Format(_SUFFIXES[to.suffix.lower()])
        if chosen is Format.table:
            raise UsageError("--to needs --format csv, json or parquet: a table is for reading")
        return chosen
    if asked is Format.parquet and sys.stdout.isatty():
        raise UsageError("parquet is binary; write it to a file: --to rows.parquet")
    return asked or (Format.table if sys.stdout.isatty() else Format.csv)


def _print(rows: "pa.RecordBatchReader", kind: Format) -> None:
    from pipelines.commands import formats  # Arrow costs 0.2 s

    if kind is Format.table:
        if not formats.print_table(rows, result_console(), MAX_ROWS):
            remark(f"communique: only the first {MAX_ROWS} rows are shown; --format csv gives all")
    elif kind is Format.parquet:
        formats.write_parquet(rows, sys.stdout.buffer)
    else:
        _text_writer(kind)(rows, sys.stdout)


def _write_file(rows: "pa.RecordBatchReader", kind: Format, to: Path) -> None:
    """Write beside `to` and rename: the file is whole or not there."""
    from pipelines.commands import formats  # Arrow costs 0.2 s

    if not to.parent.is_dir():
        raise UserError(f"{to.parent} is no folder; make it first, or name another file with --to")
    part = to.with_name(f".{to.name}.part-{os.getpid()}")
    try:
        if kind is Format.parquet:
            with part.open("wb") as file:
                formats.write_parquet(rows, file)
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                _text_writer(kind)(rows, file)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _text_writer(kind: Format) -> Callable[["pa.RecordBatchReader", IO[str]], None]:
    from pipelines.commands import formats  # Arrow costs 0.2 s

    return formats.write_json if kind is Format.json else formats.write_csv
