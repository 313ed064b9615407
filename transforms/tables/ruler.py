"""The ruler of a table: the taxonomy and model that tag its articles, and where they changed.

The record stands in the properties of the articles table, which live as long as the table; the
metadata of commits goes with the log, after 7 days (docs/decisions/0013-one-ruler.md).
"""

import itertools
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError, DeltaError
from deltalake.transaction import CommitProperties

from schemas.errors import UsageError
from transforms.tables import log, store
from transforms.tables.errors import TableError, table_error
from transforms.tables.lookup import row_groups
from transforms.tables.parquet import DataFile

TABLE = "articles"
PROPERTY = "communique.rulers"

_COLUMNS = ("taxonomy_version", "model_version")
_TRIES = 5


class Ruler(NamedTuple):
    """What articles are tagged with. None where the program that wrote them had none."""

    taxonomy_version: str | None
    model_version: str | None

    def __str__(self) -> str:
        return f"taxonomy {self.taxonomy_version}, model {self.model_version}"


class RulerRecord(NamedTuple):
    """From when on a table is tagged with `ruler`.

    `accepted`: somebody accepted the break before it. False for the first one, and for those that
    were found in the rows of a table without a record.
    """

    since: datetime
    ruler: Ruler
    accepted: bool


class Break(NamedTuple):
    """A change of the ruler: counts before and after `at` are not measured alike."""

    at: datetime
    before: Ruler
    after: Ruler
    accepted: bool


class BreakError(UsageError):
    """The articles are tagged with another ruler, and nobody accepted the break."""


def rulers(output: str) -> tuple[RulerRecord, ...]:
    """The recorded rulers, oldest first; the last one is in force. Empty without a record.

    Raises: TableError if the table or its record cannot be read.
    """
    handle = log.open_table(output, TABLE)
    return _recorded(output, handle) if handle is not None else ()


def breaks(records: Iterable[RulerRecord]) -> tuple[Break, ...]:
    """The changes between the records, oldest first."""
    return tuple(
        Break(new.since, old.ruler, new.ruler, new.accepted)
        for old, new in itertools.pairwise(records)
    )


def keep_ruler(output: str, ruler: Ruler, now: datetime, *, accept_break: bool) -> Break | None:
    """Makes sure that articles tagged with `ruler` may be added; the break that this accepts.

    A table without rows takes any ruler. One without a record gets it from its rows. Creates the
    tables if there are none. Raises: BreakError if the table has another ruler and the break is not
    accepted, with nothing written; TableError if the output cannot be read or written.
    """
    for _ in range(_TRIES):
        handle = log.open_table(output, TABLE)
        if handle is None:
            log.prepare(output)
            continue
        recorded = _recorded(output, handle)
        known = _known(output, handle, recorded, ruler)
        ours = RulerRecord(now, ruler, accepted=bool(known))
        is_break = bool(known) and known[-1].ruler != ruler
        if is_break and not accept_break:
            raise BreakError(_refusal(output, known[-1], ruler))
        kept = (*known, ours) if is_break or not known else known
        if kept == recorded or _record(output, handle, kept):
            return breaks(kept)[-1] if is_break else None
    raise TableError(f"cannot record the ruler of {store.table_root(output, TABLE)}: it changes")


def check_ruler(output: str, handle: DeltaTable, files: Iterable[DataFile]) -> None:
    """Whether the articles in the files have the ruler in force, where one is recorded.

    It was checked before the run; since then a taxonomy file may have been edited, or another run
    may have accepted a break. Raises: TableError.
    """
    recorded = _recorded(output, handle)
    if not recorded:
        return
    for other in sorted(_spans(output, (file.path for file in files)), key=str):
        if other != recorded[-1].ruler:
            raise TableError(
                f"new articles are tagged with {other}, but {store.table_root(output, TABLE)} is "
                f"tagged with {recorded[-1].ruler} by now: the taxonomy file was edited during the "
                f"run, or another run came first; nothing of this pass was committed: run again"
            )


def _recorded(output: str, handle: DeltaTable) -> tuple[RulerRecord, ...]:
    written = handle.metadata().configuration.get(PROPERTY)
    if not written:
        return ()
    try:
        return tuple(
            RulerRecord(
                datetime.fromisoformat(found["since"]),
                Ruler(*(found[name] for name in _COLUMNS)),
                found["accepted"],
            )
            for found in json.loads(written)
        )
    except (ValueError, KeyError, TypeError) as error:
        raise TableError(
            f"{store.table_root(output, TABLE)} has the property {PROPERTY} as {written!r}, which "
            f"is no list of rulers ({error!r}); set it to an empty text, and the next run takes "
            f"them from the rows"
        ) from error


def _record(output: str, handle: DeltaTable, records: Iterable[RulerRecord]) -> bool:
    """Writes the record; False if another commit came first."""
    root = store.table_root(output, TABLE)
    written: list[dict[str, Any]] = [
        {"since": r.since.isoformat(), **r.ruler._asdict(), "accepted": r.accepted} for r in records
    ]
    try:
        handle.alter.set_table_properties(
            {PROPERTY: json.dumps(written)},
            raise_if_not_exists=False,
            commit_properties=CommitProperties(max_commit_retries=0),
        )
    except CommitFailedError:
        return False
    except (DeltaError, OSError) as error:
        raise table_error("commit to", root, error) from error
    store.sync_folder(root, "_delta_log", f"{handle.version():020d}.json")
    return True


def _known(
    output: str, handle: DeltaTable, recorded: tuple[RulerRecord, ...], ruler: Ruler
) -> tuple[RulerRecord, ...]:
    """The records that count: those of the table, else those of its rows, by their newest row.

    Where there are no rows, another ruler than ours does not count.
    """
    if recorded and recorded[-1].ruler == ruler:
        return recorded
    files = log.active_files(handle)
    if recorded:
        return recorded if files else ()
    spans = _spans(output, (file.path for file in files))
    by_age = sorted(spans.items(), key=lambda found: found[1][1])
    return tuple(RulerRecord(oldest, ruler, accepted=False) for ruler, (oldest, _) in by_age)


def _spans(output: str, paths: Iterable[str]) -> dict[Ruler, tuple[datetime, datetime]]:
    """The rulers of the rows in some files, each with its oldest and newest fetch."""
    spans: dict[Ruler, tuple[datetime, datetime]] = {}
    for path in paths:
        for _, _, rows in row_groups(output, TABLE, path, (*_COLUMNS, "fetched_at")):
            groups = rows.group_by(list(_COLUMNS), use_threads=False)
            for row in groups.aggregate([("fetched_at", "min_max")]).to_pylist():
                ruler = Ruler(*(row[name] for name in _COLUMNS))
                found = row["fetched_at_min_max"]
                oldest, newest = spans.get(ruler, (found["min"], found["max"]))
                spans[ruler] = (min(oldest, found["min"]), max(newest, found["max"]))
    return spans


def _refusal(output: str, last: RulerRecord, ruler: Ruler) -> str:
    return (
        f"{store.table_root(output, TABLE)} is tagged with {last.ruler} since "
        f"{last.since:%Y-%m-%d}, this program and --taxonomy tag with {ruler}: a table has one "
        f"ruler, or a count over time would step where nothing happened. Tag as before (the same "
        f"--taxonomy and version of communique), choose another --output, or accept the break with "
        f"--accept-break, which records it in the table"
    )
