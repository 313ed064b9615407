"""The Delta statistics of a Parquet file, copied from its footer."""

import json
from datetime import datetime, timezone
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from transforms.tables.layout import stats_columns


class Bounds(NamedTuple):
    """Number of nulls of a column, and its smallest and largest value."""

    nulls: int
    low: Any
    high: Any


def footer_bounds(table: str, footer: pq.FileMetaData) -> dict[str, Bounds]:
    """Bounds of the columns that have statistics, over all row groups, as the footer has them.

    A column that the footer says nothing of is left out; parquet-cpp does so only for strings of
    over 4,096 bytes and columns that are all null, which `TableWriter` refuses.
    """
    schema = footer.schema
    positions = {schema.column(i).path: i for i in range(footer.num_columns)}
    found = {}
    for name in stats_columns(table):
        chunks = [
            footer.row_group(group).column(positions[name]).statistics
            for group in range(footer.num_row_groups)
            if name in positions
        ]
        if chunks and all(chunk is not None and chunk.has_min_max for chunk in chunks):
            found[name] = Bounds(
                sum(chunk.null_count for chunk in chunks),
                min(chunk.min for chunk in chunks),
                max(chunk.max for chunk in chunks),
            )
    return found


def file_stats(table: str, footer: pq.FileMetaData) -> str:
    """The `stats` JSON of a Delta add action: numRecords, minValues, maxValues, nullCount.

    All values are exact; times have their microseconds (delta-rs 1.6.6 cuts its own maxima to
    milliseconds; it reads ours as they are, and allows for the millisecond: tried).
    Source: Delta transaction log protocol, "Per-file Statistics".
    """
    bounds = footer_bounds(table, footer)
    stats = {
        "numRecords": footer.num_rows,
        "minValues": {name: _json_value(b.low) for name, b in bounds.items()},
        "maxValues": {name: _json_value(b.high) for name, b in bounds.items()},
        "nullCount": {name: b.nulls for name, b in bounds.items()},
    }
    return json.dumps(stats, ensure_ascii=False, separators=(",", ":"))


def _json_value(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value
    utc = value.astimezone(timezone.utc).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z"
