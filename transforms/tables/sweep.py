"""Sweep: files that no version of a table needs any more, or never did, are deleted."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake.exceptions import DeltaError

from schemas.arrow import ROWS
from transforms.tables import faults, store
from transforms.tables.errors import TableError, table_error
from transforms.tables.log import RETENTION_DAYS, active_files, open_table

_LOG = "_delta_log"
_REMOVED_AT = "remove.deletionTimestamp"
_TRIES = 3
_VERSION = re.compile(r"_delta_log/(\d{20})\.(json|checkpoint.*\.parquet)\Z")
_DATA = re.compile(r"ingest_date=[^/]+/[^/.][^/]*\.parquet\Z")
_TEMPORARY = re.compile(r"(?:.*/)?\.[^/]+\.tmp\Z|_delta_log/(?:.*\.tmp|.*#\d+)\Z")


def sweep(output: str, now: datetime, min_age_h: float = 24) -> list[str]:
    """Deletes orphans and temporary files; their paths below the output.

    A data file goes when it is over `min_age_h` old by the store's clock and no retained version
    names it: files of a run in flight are younger, and what a commit removed stays for 7 days. Old
    versions of the log are first dropped by delta-rs. Empty if there is nothing to do. Raises:
    ValueError for a negative age, TableError if the output cannot be read or written.
    """
    if min_age_h < 0:
        raise ValueError(f"min_age_h must be at least 0, got {min_age_h}")
    swept = []
    for table in ROWS:
        handle = open_table(output, table)
        if handle is None:
            continue
        root = store.table_root(output, table)
        try:
            handle.cleanup_metadata()
        except (DeltaError, OSError) as error:
            raise table_error("sweep", root, error) from error
        oldest = store.clock(root) - min_age_h * 3600
        # Listed before the log is read: what is committed in between is in the log then.
        stale = [f.path for f in store.files(root) if f.modified_at < oldest]
        named = _needed_files(output, table, now - timedelta(days=RETENTION_DAYS))
        for path in sorted(stale):
            if _TEMPORARY.match(path) or (_DATA.match(path) and path not in named):
                faults.reach("before_sweep")
                store.remove(root, path)
                swept.append(f"{table}/{path}")
    return swept


def _needed_files(output: str, table: str, since: datetime) -> set[str]:
    """Paths that the newest version names, or that a version of after `since` named.

    Read from every file of the log that is there: a path counts as removed only when its last
    action says so. Source: Delta transaction log protocol, "Action Reconciliation".
    """
    root = store.table_root(output, table)
    for _ in range(_TRIES):
        try:
            removed = _removal_times(root)
            break
        except FileNotFoundError:
            continue  # old versions were dropped meanwhile: what they named stands elsewhere
        except (OSError, ValueError) as error:
            raise table_error("read", f"{root}/{_LOG}", error) from error
    else:
        raise TableError(f"{root}/{_LOG} changes all the time; run again")
    handle = open_table(output, table)
    current = {file.path for file in active_files(handle)} if handle is not None else set()
    limit = since.timestamp() * 1000
    return current | {name for name, at in removed.items() if at is None or at > limit}


def _removal_times(root: str) -> dict[str, int | None]:
    """When each path that the log knows was removed, ms since the epoch; None if it was not."""
    found = (_VERSION.match(file.path) for file in store.files(root))
    versions = sorted((match[1], match[2] != "json", match[0]) for match in found if match)
    removed: dict[str, int | None] = {}
    for _, is_checkpoint, path in versions:
        with store.filesystem(root).open_input_file(path) as source:
            removed.update(_checkpoint(source) if is_checkpoint else _commit(source))
    return removed


def _commit(source: pa.NativeFile) -> Iterator[tuple[str, int | None]]:
    for line in source.read().decode("utf-8").split("\n"):
        action = json.loads(line or "{}")
        if "add" in action:
            yield action["add"]["path"], None
        if "remove" in action:
            yield action["remove"]["path"], action["remove"].get("deletionTimestamp", 0)


def _checkpoint(source: pa.NativeFile) -> Iterator[tuple[str, int | None]]:
    with pq.ParquetFile(source) as file:
        for batch in file.iter_batches(columns=["add.path", "remove.path", _REMOVED_AT]):
            for row in batch.to_pylist():
                if row["add"] and row["add"]["path"]:
                    yield row["add"]["path"], None
                if row["remove"] and row["remove"]["path"]:
                    yield row["remove"]["path"], row["remove"]["deletionTimestamp"] or 0
