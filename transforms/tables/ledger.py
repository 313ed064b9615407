"""What a pass offers, and the account that must add up before anything is committed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from schemas.arrow import ROWS
from transforms.tables.errors import LedgerError
from transforms.tables.lookup import row_groups
from transforms.tables.parquet import DataFile

_COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": (
        "article_id",
        "version",
        "canonical_id",
        "effective_at",
        "title",
        "content_sha256",
        "url",
        "feed_url",
    ),
    "failures": ("article_id", "attempt", "feed_url", "run_id", "code", "final"),
    "entries": ("entry_key",),
    "polls": ("feed_url", "run_id"),
}
_NAMED = 5


class OfferedRow(NamedTuple):
    """A row of an offered file: which file, the position in it, and its key columns."""

    file: DataFile
    position: int
    values: dict[str, Any]


def read_offers(output: str, files: Iterable[DataFile]) -> dict[str, list[OfferedRow]]:
    """The key columns of all offered rows, by table, in the order of the files."""
    offers: dict[str, list[OfferedRow]] = {table: [] for table in ROWS}
    for file in files:
        rows = offers[file.table]
        start = 0
        for _, _, columns in row_groups(output, file.table, file.path, _COLUMNS[file.table]):
            values = columns.to_pylist()
            rows.extend(OfferedRow(file, start + i, row) for i, row in enumerate(values))
            start += len(values)
    return offers


def check_ledger(admitted: Collection[str], offers: dict[str, list[OfferedRow]]) -> None:
    """Raises LedgerError unless every admitted item is offered as exactly one row, and no other.

    An article or failure offered twice with the same key is a retried bundle: it counts once.
    """
    keys: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for table, column in (("articles", "version"), ("failures", "attempt")):
        for row in offers[table]:
            if row.values["article_id"] is not None:
                keys[row.values["article_id"]].add((table, row.values[column]))
    wanted = set(admitted)
    problems = [
        _problem("admitted without a row", wanted - keys.keys()),
        _problem("offered but not admitted", keys.keys() - wanted),
        _problem("offered more than once", {i for i, found in keys.items() if len(found) > 1}),
    ]
    if any(problems):
        kinds = Counter(table for found in keys.values() for table, _ in found)
        raise LedgerError(
            f"{len(wanted)} items admitted, {kinds['articles']} articles and {kinds['failures']} "
            f"failures offered: {'; '.join(filter(None, problems))}. Nothing was committed; "
            f"please report this, and run again"
        )


def _problem(what: str, ids: Collection[str]) -> str:
    if not ids:
        return ""
    named = sorted(ids)[:_NAMED]
    more = ", ..." if len(ids) > len(named) else ""
    return f"{len(ids)} {what} ({', '.join(named)}{more})"
