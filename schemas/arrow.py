"""The published Arrow schemas, derived from the type hints of the rows: one definition, not two."""

import types
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from schemas.article import Article
from schemas.entry import PASSING, OfferedEntry
from schemas.failure import Failure
from schemas.poll import Poll

SCHEMA_VERSION = 4
"""Counts up with every column that is added. Columns are never renamed, narrowed or removed."""

PARTITION = "ingest_date"

ROWS: dict[str, type] = {
    "articles": Article,
    "failures": Failure,
    "entries": OfferedEntry,
    "polls": Poll,
}
"""The published tables, in the order in which a run commits them."""

_SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def columns(row: type) -> Iterator[tuple[str, Any, str]]:
    """(name, type hint, description) of each field of a row class that is a column, in order."""
    for name, hint in get_type_hints(row, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            raise TypeError(
                f"{row.__name__}.{name} has no description; write Annotated[type, text]"
            )
        kind, description, *notes = get_args(hint)
        if PASSING not in notes:
            yield name, kind, description


def arrow_type(hint: Any) -> tuple[pa.DataType, bool]:
    """(Arrow type, nullable) of a type hint. Raises TypeError for a hint that has none."""
    if get_origin(hint) in {types.UnionType, Union}:
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return arrow_type(inner)[0], True
    if get_origin(hint) is tuple:
        return pa.list_(arrow_type(get_args(hint)[0])[0]), False
    if hasattr(hint, "_fields"):
        return pa.struct([_field(name, kind) for name, kind, _ in columns(hint)]), False
    if hint in _SCALARS:
        return _SCALARS[hint], False
    raise TypeError(f"{hint} has no Arrow type; use one of {list(_SCALARS)}, a tuple or a row")


def _field(name: str, hint: Any) -> pa.Field:
    kind, _ = arrow_type(hint)
    # Nested fields and all columns are nullable on disk: engines differ on required nested
    # fields, and a nullable column is the only one that can be added later.
    return pa.field(name, kind, nullable=True)


@cache
def file_schema(table: str) -> pa.Schema:
    """Schema of a table's Parquet files: every column but the partition, which is in the path."""
    return pa.schema([_field(name, kind) for name, kind, _ in columns(ROWS[table])])


@cache
def table_schema(table: str) -> pa.Schema:
    """Schema of a table as readers see it: the file's columns, then the partition."""
    return file_schema(table).append(pa.field(PARTITION, pa.date32(), nullable=True))


def record_batch(table: str, rows: list[Any]) -> pa.RecordBatch:
    """The rows of a table as one Arrow batch. Raises pa.ArrowInvalid if a value does not fit."""
    schema = file_schema(table)
    arrays = [
        pa.array([_plain(row[i]) for row in rows], type=field.type)
        for i, field in enumerate(schema)
    ]
    return pa.record_batch(arrays, schema=schema)


def _plain(value: Any) -> Any:
    """A nested row as the dict that Arrow wants for a struct; anything else as it is."""
    if isinstance(value, tuple):
        if hasattr(value, "_asdict"):
            return {name: _plain(item) for name, item in value._asdict().items()}
        return [_plain(item) for item in value]
    return value


def read_row(row: type, values: dict[str, Any]) -> Any:
    """The row of class `row` from a dict as Arrow gives it: the inverse of `record_batch`.

    Columns that the class does not know are left out; one that is missing gets its default, or
    None where it has none (an older file).
    """
    defaults = getattr(row, "_field_defaults", {})
    given = {
        name: _from_plain(kind, values[name]) for name, kind, _ in columns(row) if name in values
    }
    missing = {
        name: defaults.get(name) for name in getattr(row, "_fields", ()) if name not in given
    }
    return row(**given, **missing)


def _from_plain(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in {types.UnionType, Union}:
        return _from_plain(next(arg for arg in get_args(hint) if arg is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_from_plain(get_args(hint)[0], item) for item in value)
    if hasattr(hint, "_fields"):
        return read_row(hint, value)
    return value
