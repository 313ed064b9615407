"""The Delta log of a table: opening, creating, upgrading, listing, and the one kind of commit.

What delta-rs 1.6.6 does, tried: with `max_commit_retries=0` any commit in between refuses ours, by
whatever app id; with retries, one of the same app id refuses it and an append in between is taken
in. A handle does not see its own commit: open a fresh one. Two racing creations both succeed (the
second one replaces the metadata) unless retries are 0.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
from deltalake import DeltaTable, Field, Schema
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, CommitProperties, RemoveAction, Transaction

from schemas.arrow import PARTITION, ROWS, SCHEMA_VERSION, table_schema
from transforms.tables import store
from transforms.tables.errors import TableError, table_error
from transforms.tables.layout import stats_columns
from transforms.tables.parquet import DataFile

RETENTION_DAYS = 7
"""Replaced files and old versions of the log stay this long for readers that are pinned to them."""

_TRIES = 5


class LoggedFile(NamedTuple):
    """A file that a version of a table names. `low`, `high`, `nulls`: by column, where known."""

    path: str
    size: int
    rows: int | None
    ingest_date: date
    low: dict[str, Any]
    high: dict[str, Any]
    nulls: dict[str, Any]


class ConflictError(Exception):
    """Another commit came first: open a fresh handle and look again."""


def open_table(output: str, table: str) -> DeltaTable | None:
    """A fresh handle on the newest version, None if the table does not exist yet.

    Raises: TableError if what is there cannot be read.
    """
    root = store.table_root(output, table)
    for tries_left in range(_TRIES - 1, -1, -1):
        try:
            return DeltaTable(root, storage_options=store.storage_options(root))
        except TableNotFoundError:  # noqa: PERF203  (few tries)
            return None
        except (DeltaError, OSError) as error:
            if store.find(root, "_delta_log") is None:
                return None
            if not tries_left:  # a log may be cleaned up while it is read
                raise table_error("read", root, error) from error
    return None


def prepare(output: str) -> dict[str, DeltaTable]:
    """Creates the tables that are missing and adds columns that an older program did not know.

    Returns a handle on each. Raises: TableError if a table is of a newer program, or not ours, or
    cannot be written.
    """
    handles = {}
    for table in ROWS:
        for _ in range(_TRIES):
            handle = open_table(output, table)
            try:
                if handle is None:
                    _create(output, table)
                elif not _upgrade(output, table, handle):
                    handles[table] = handle
                    break
            except CommitFailedError:
                continue  # another process was first: look again
            except (DeltaError, OSError) as error:
                if open_table(output, table) is None:
                    root = store.table_root(output, table)
                    raise table_error("create", root, error) from error
        else:
            raise TableError(f"cannot prepare {store.table_root(output, table)}: it changes")
    return handles


def _create(output: str, table: str) -> None:
    root = store.table_root(output, table)
    DeltaTable.create(
        root,
        table_schema(table),
        mode="error",
        partition_by=[PARTITION],
        name=table,
        configuration={
            "delta.logRetentionDuration": f"interval {RETENTION_DAYS} days",
            "delta.deletedFileRetentionDuration": f"interval {RETENTION_DAYS} days",
            "delta.enableExpiredLogCleanup": "true",
            "delta.checkpointInterval": "20",
            "delta.dataSkippingStatsColumns": ",".join(stats_columns(table)),
        },
        commit_properties=CommitProperties(max_commit_retries=0),
        storage_options=store.storage_options(root),
    )
    store.sync_folder(root, "_delta_log", "")


def _upgrade(output: str, table: str, handle: DeltaTable) -> bool:
    """Adds missing columns; True if there were any. Raises TableError for a foreign schema."""
    missing = _missing_columns(store.table_root(output, table), table, handle)
    if not missing:
        return False
    once = CommitProperties(max_commit_retries=0)
    handle.alter.add_columns(missing, commit_properties=once)
    return True


def _missing_columns(root: str, table: str, handle: DeltaTable) -> list[Field]:
    found = {field.name: field for field in handle.schema().fields}
    ours = {field.name: field for field in Schema.from_arrow(table_schema(table)).fields}
    if newer := sorted(found.keys() - ours.keys()):
        raise TableError(
            f"{root} has the columns {', '.join(newer)}, which this program does not know (its "
            f"schema version is {SCHEMA_VERSION}): the table is newer, upgrade communique"
        )
    for name in sorted(found.keys() & ours.keys()):
        if found[name].type != ours[name].type:
            raise TableError(
                f"{root} has {name} as {found[name].type}, not {ours[name].type}: it is not a "
                f"table of this program; choose another --output"
            )
    if handle.metadata().partition_columns != [PARTITION]:
        raise TableError(f"{root} is not partitioned by {PARTITION}: choose another --output")
    return [field for name, field in ours.items() if name not in found]


def active_files(handle: DeltaTable, columns: Collection[str] = ()) -> list[LoggedFile]:
    """The files that this version of the table names, oldest partition first.

    `columns` are those whose statistics are wanted.
    """
    listed = pa.table(handle.get_add_actions(flatten=True))
    low, high, nulls = (
        _by_file(listed, prefix, columns) for prefix in ("min.", "max.", "null_count.")
    )
    names = ("path", "size_bytes", "num_records", f"partition.{PARTITION}")
    plain = (listed.column(name).to_pylist() for name in names)
    found = [LoggedFile(*values) for values in zip(*plain, low, high, nulls, strict=True)]
    return sorted(found, key=lambda file: (file.ingest_date, file.path))


def _by_file(listed: pa.Table, prefix: str, columns: Collection[str]) -> list[dict[str, Any]]:
    """Of each file the values of the columns under this prefix, nulls left out."""
    found: list[dict[str, Any]] = [{} for _ in range(listed.num_rows)]
    for name in columns:
        if prefix + name in listed.column_names:
            for file, value in zip(found, listed.column(prefix + name).to_pylist(), strict=True):
                if value is not None:
                    file[name] = value
    return found


def may_hold(file: LoggedFile, column: str, value: Any) -> bool:
    """False if the file's statistics prove that no row has this value."""
    low, high = file.low.get(column), file.high.get(column)
    return low is None or high is None or low <= value <= high


def add_actions(
    output: str, files: Iterable[DataFile], *, data_change: bool = True
) -> list[AddAction]:
    """The actions that make written files part of their table. `data_change`: rows are new.

    Raises: TableError unless each file exists with its size, or the commit would name a hole.
    """
    actions = []
    for file in files:
        found = store.find(store.table_root(output, file.table), file.path)
        if found is None or found.size != file.size:
            there = "is missing" if found is None else f"has {found.size} bytes, not {file.size}"
            raise TableError(f"{file.table}/{file.path} {there}; nothing was committed: run again")
        modified_ms = int(found.modified_at * 1000)
        partition = {PARTITION: file.ingest_date}
        actions.append(
            AddAction(file.path, file.size, partition, modified_ms, data_change, file.stats)
        )
    return actions


def commit(
    output: str,
    table: str,
    handle: DeltaTable,
    actions: Sequence[AddAction | RemoveAction],
    app_id: str,
    metadata: dict[str, Any],
    retries: int = 0,
) -> None:
    """Commits the actions as the next version of `app_id` that this handle knows.

    Raises: ConflictError if another commit came first, TableError if it is unclear whether the
    commit happened. Either way the caller starts over with a fresh handle and looks.
    """
    root = store.table_root(output, table)
    version = (handle.transaction_version(app_id) or 0) + 1
    try:
        handle.create_write_transaction(
            list(actions),
            "append",
            handle.schema(),
            [PARTITION],
            commit_properties=CommitProperties(
                custom_metadata=metadata,
                max_commit_retries=retries,
                app_transactions=[Transaction(app_id, version)],
            ),
        )
    except CommitFailedError as error:
        raise ConflictError(str(error)) from error
    except (DeltaError, OSError) as error:
        raise table_error("commit to", root, error) from error
    store.sync_folder(root, "_delta_log", f"{handle.version():020d}.json")
