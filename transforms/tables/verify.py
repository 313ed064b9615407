"""Verify: everything that the tables promise, checked again from the files themselves."""

import importlib.util
import tempfile
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute as pc

from schemas.arrow import ROWS
from schemas.article import has_whole_text
from transforms.tables import log, store
from transforms.tables.check_files import check_file
from transforms.tables.errors import TableError
from transforms.tables.findings import Findings
from transforms.tables.layout import stats_columns
from transforms.tables.read import connect, open_dataset
from transforms.tables.ruler import Ruler, breaks, rulers

if TYPE_CHECKING:
    import duckdb

_MEMORY = "512MB"

_KEYS = {
    "articles": ("article_id, version", "true"),
    "failures": ("article_id, attempt", "article_id is not null"),
    "failures of feeds": ("feed_url, run_id", "article_id is null"),
    "entries": ("entry_key", "true"),
    "polls": ("feed_url, run_id", "true"),
}

_SUMS = {"articles": "word_count", "failures": "attempt", "entries": None, "polls": "bytes"}
"""A column that every reader has to add up to the same sum."""

_UNACCOUNTED = """
    select e.article_id from (select distinct article_id from entries) as e
    where not exists (select 1 from articles as a where a.article_id = e.article_id)
      and not exists (select 1 from articles as a where a.canonical_id = e.article_id)
      and not exists (select 1 from failures as f where f.article_id = e.article_id)
"""

_PENDING = """
    select count(*) from (
        select article_id, arg_max(final, attempt) as ended from failures
        where article_id is not null group by article_id
    ) as latest
    where not ended
      and not exists (select 1 from articles as a where a.article_id = latest.article_id)
"""

_BOTH = """
    select count(distinct f.article_id) from failures as f
    join articles as a using (article_id) where f.final
"""


_NOT_WHOLE = "select text_stored, count(*) from articles where text_stored is not null group by all"

_RULERS = "select taxonomy_version, model_version, count(*) from articles group by all"


class Verification(NamedTuple):
    """`problems`: one line for each kind, none if all is well. `facts`: what was counted."""

    problems: tuple[str, ...]
    facts: dict[str, int]


def verify(output: str) -> Verification:
    """Re-checks every promise of the tables, reading all of their files once.

    Files and log agree; rows keep their rules (ids, times, hashes, evidence); keys are unique;
    of a row without its whole text hash and offsets cannot be checked, and a fact says how many;
    every entry's article has an article row or a failure row; articles are tagged with what the
    table's record names, if it has one; pyarrow, DuckDB and, where it is
    installed, Polars count the same rows and sums. Memory is bounded (batches of rows; DuckDB
    spills beyond 512 MB). A table that is missing or unreadable is a problem, not an error.
    """
    findings = Findings()
    facts: dict[str, int] = {}
    readable = [table for table in ROWS if _check_table(output, table, findings, facts)]
    if len(readable) == len(ROWS):
        _check_together(output, findings, facts)
    return Verification(findings.lines(), facts)


def _check_table(output: str, table: str, findings: Findings, facts: dict[str, int]) -> bool:
    try:
        handle = log.open_table(output, table)
    except TableError as error:
        findings.add(table, "the table cannot be read", str(error))
        return False
    if handle is None:
        findings.add(table, "the table is missing", store.table_root(output, table))
        return False
    files = log.active_files(handle, stats_columns(table))
    facts[f"{table}.rows"] = sum(file.rows or 0 for file in files)
    facts[f"{table}.files"] = len(files)
    facts[f"{table}.bytes"] = sum(file.size for file in files)
    facts[f"{table}.version"] = handle.version()
    readable = [check_file(output, table, file, findings) for file in files]
    return all(readable)


def _check_together(output: str, findings: Findings, facts: dict[str, int]) -> None:
    """What one row alone cannot show. The tables are read at one version each."""
    with connect(output) as connection, tempfile.TemporaryDirectory() as spill:
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        connection.execute("set temp_directory = ?", [spill])
        for name, (key, where) in _KEYS.items():
            _check_key(connection, name, key, where, findings)
        lost = connection.execute(f"{_UNACCOUNTED} limit 1000").fetchall()
        for (item,) in lost:
            findings.add("entries", "the article has neither article nor failure row", item)
        facts["pending_retries"] = _number(connection, _PENDING)
        facts["article_and_final_failure"] = _number(connection, _BOTH)
        _check_rulers(output, connection, findings, facts)
        for stored, count in connection.execute(_NOT_WHOLE).fetchall():
            if not has_whole_text(stored):
                facts[f"not_checked.text_{stored}"] = count
        for table in ROWS:
            _check_readers(output, table, connection, findings)


def _number(connection: "duckdb.DuckDBPyConnection", query: str) -> int:
    (value,) = connection.execute(query).fetchall()[0]
    return int(value)


def _check_key(
    connection: "duckdb.DuckDBPyConnection", name: str, key: str, where: str, findings: Findings
) -> None:
    table = name.split(maxsplit=1)[0]
    doubled = connection.execute(
        f"select {key} from {table} where {where} "  # noqa: S608  (constants of this module)
        f"group by {key} having count(*) > 1 limit 1000"
    ).fetchall()
    for values in doubled:
        findings.add(table, "a key is there more than once", " ".join(map(str, values)))


def _check_rulers(
    output: str,
    connection: "duckdb.DuckDBPyConnection",
    findings: Findings,
    facts: dict[str, int],
) -> None:
    try:
        records = rulers(output)
    except TableError as error:
        findings.add("articles", "the record of rulers cannot be read", str(error))
        return
    facts["ruler_breaks"] = len(breaks(records))
    known = {record.ruler for record in records}
    for *versions, count in connection.execute(_RULERS).fetchall() if records else ():
        if Ruler(*versions) not in known:
            example = str(Ruler(*versions))
            findings.add("articles", "no record of the table names their ruler", example, count)


def _check_readers(
    output: str, table: str, connection: "duckdb.DuckDBPyConnection", findings: Findings
) -> None:
    column = _SUMS[table]
    answers = {
        "pyarrow": _by_pyarrow(output, table, column),
        "duckdb": connection.execute(
            f"select count(*), {f'sum({column})::bigint' if column else '0'} from {table}"  # noqa: S608
        ).fetchall()[0],
    }
    if importlib.util.find_spec("polars") is not None:
        answers["polars"] = _by_polars(output, table, column)
    normal = {reader: (rows, total or 0) for reader, (rows, total) in answers.items()}
    if len(set(normal.values())) > 1:
        findings.add(table, "readers disagree about rows and sums", str(normal))


def _by_pyarrow(output: str, table: str, column: str | None) -> tuple[int, int]:
    rows = total = 0
    scanned = open_dataset(output, table).scanner(columns=[column] if column else ["run_id"])
    for batch in scanned.to_batches():
        rows += batch.num_rows
        total += (pc.sum(batch.column(0)).as_py() or 0) if column else 0
    return rows, total


def _by_polars(output: str, table: str, column: str | None) -> tuple[int, Any]:
    import polars as pl  # noqa: PLC0415  (an optional extra)

    total = pl.col(column).sum() if column else pl.lit(0)
    root = store.table_root(output, table)
    scanned = pl.scan_delta(root, storage_options=store.storage_options(root))
    return scanned.select(pl.len(), total.alias("total")).collect().row(0)
