"""Export: a plain Parquet copy for whatever reads only files and not the Delta log."""

import json
import shutil
import uuid
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from schemas.arrow import PARTITION, ROWS
from transforms.tables import faults
from transforms.tables.errors import TableError, explained
from transforms.tables.layout import LAYOUTS
from transforms.tables.merge import MAX_STREAMS, batch_rows, merge_sorted, of_schema
from transforms.tables.parquet import ROW_GROUP, FileWriter
from transforms.tables.read import open_dataset

MARKER = "_export.json"
"""Names a folder as an export: no other folder is ever replaced. Readers skip the underscore."""

PUBLISHED = "published_date"


def export(
    output: str, target: Path, by: str = PUBLISHED, tables: Collection[str] = tuple(ROWS)
) -> dict[str, dict[str, int]]:
    """Copies tables to `target/<table>/<by>=YYYY-MM-DD/part-0.parquet`, one file each.

    `published_date` is the day of `effective_at` (UTC) and exists for articles only: the other
    tables are always laid out by `ingest_date`. The copy is written beside the target and renamed
    when it is whole; an earlier export is replaced, anything else is left alone. Returns rows,
    files and bytes of each table.

    Raises: ValueError for another `by`, TableError if the target is in use or there is no table.
    """
    if by not in {PUBLISHED, PARTITION}:
        raise ValueError(f"by is {by!r}; it is {PUBLISHED} or {PARTITION}")
    target = Path(target).absolute()
    _require_free(target)
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with explained("export to", str(target)):
            draft.mkdir(parents=True)
            done = {table: _export_table(output, draft, table, by) for table in tables}
            about = {"source": str(output), "by": by, "tables": done}
            (draft / MARKER).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
            faults.reach("before_export_rename")
            _put_in_place(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return done


def _require_free(target: Path) -> None:
    with explained("write", str(target)):
        if not target.exists() or (target.is_dir() and not any(target.iterdir())):
            return
    if not (target / MARKER).is_file():
        raise TableError(
            f"{target} exists and is not an export of ours ({MARKER} is missing); "
            f"it was left alone: choose another folder"
        )


def _put_in_place(draft: Path, target: Path) -> None:
    """Renames the whole folder; between the two renames there is no target, never half of one."""
    if not target.exists():
        draft.rename(target)
        return
    old = draft.with_suffix(".old")
    target.rename(old)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _export_table(output: str, draft: Path, table: str, by: str) -> dict[str, int]:
    rows = open_dataset(output, table)
    by_time = by == PUBLISHED and table == "articles"
    column, name = ("effective_at", PUBLISHED) if by_time else (PARTITION, PARTITION)
    done = {"rows": 0, "files": 0, "bytes": 0}
    for day in sorted(_days(rows, column)):
        path = f"{name}={day.isoformat()}/part-0.parquet"
        wanted = _of_day(column, day)
        root = str(draft / table)
        with FileWriter(root, path, table, "export", "communique export", ROW_GROUP) as writer:
            for part in _rows(rows, table, wanted):
                writer.write(part)
            file = writer.close()
        done["rows"] += file.rows
        done["files"] += 1
        done["bytes"] += file.size
    expected = rows.count_rows()
    if done["rows"] != expected:
        raise TableError(f"{table}: {done['rows']} rows exported of {expected}; run verify")
    return done


def _days(rows: ds.Dataset, column: str) -> set[date]:
    days: set[Any] = set()
    for batch in rows.scanner(columns=[column], use_threads=False).to_batches():
        days.update(pc.unique(batch.column(0).cast(pa.date32())).to_pylist())
    days.discard(None)  # a row without a day shows as missing below
    return days


def _of_day(column: str, day: date) -> pc.Expression:
    if column == PARTITION:
        return pc.field(column) == pa.scalar(day)
    start = datetime.combine(day, time(), timezone.utc)
    return (pc.field(column) >= start) & (pc.field(column) < start + timedelta(days=1))


def _rows(rows: ds.Dataset, table: str, wanted: pc.Expression) -> Iterator[pa.Table]:
    """Rows of a partition in order; beyond 128 files in groups that are in order themselves."""
    fragments = list(rows.get_fragments(wanted))
    for first in range(0, len(fragments), MAX_STREAMS):
        group = fragments[first : first + MAX_STREAMS]
        streams = [
            of_schema(table, _scan(fragment, rows.schema, wanted, batch_rows(len(group))))
            for fragment in group
        ]
        yield from merge_sorted(streams, LAYOUTS[table].order)


def _scan(fragment: Any, schema: pa.Schema, wanted: Any, size: int) -> Iterator[pa.RecordBatch]:
    return fragment.to_batches(
        schema=schema, filter=wanted, batch_size=size, batch_readahead=0, use_threads=False
    )
