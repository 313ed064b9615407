"""What of a pass is still to be committed to a table, judged by what the table holds by then."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable

from schemas.run import Run
from transforms.tables.duplicates import find_duplicates
from transforms.tables.failing import sort_failures
from transforms.tables.ledger import OfferedRow
from transforms.tables.log import open_table
from transforms.tables.lookup import Lookup
from transforms.tables.parquet import DataFile
from transforms.tables.receipt import Receipt
from transforms.tables.rewrite import duplicate_failures, new_file, renumbered, surviving_files

Plan = tuple[list[DataFile], Receipt]
_ARTICLE = ("article_id", "version", "canonical_id", "title", "content_sha256", "url", "run_id")
_FAILURE = ("article_id", "attempt", "code", "final", "run_id")
Offers = dict[str, list[OfferedRow]]


class PassPlanner:
    """Plans the commits of one pass. Planning again after a lost race reads only new files.

    `handles` are those of the start of the commit, on tables that are looked into only to spare
    rows that another run has settled.
    """

    def __init__(
        self, output: str, run: Run, offers: Offers, handles: dict[str, DeltaTable]
    ) -> None:
        self._output = output
        self._run = run
        self._offers = offers
        self._handles = handles
        self._duplicates: dict[str, tuple[OfferedRow, dict[str, Any]]] = {}
        canonical = _values(offers["articles"], "canonical_id")
        items = _values(offers["articles"] + offers["failures"], "article_id")
        self._lookups = {
            "articles": Lookup(
                output,
                "articles",
                {"article_id": items | canonical, "canonical_id": canonical},
                _ARTICLE,
            ),
            "failures": Lookup(
                output,
                "failures",
                {"article_id": items},
                _FAILURE,
            ),
        }

    def plan(self, table: str, handle: DeltaTable, receipt: Receipt) -> Plan:
        """The files to commit to `table` on this handle, and the receipt once that is done.

        `receipt` is that of the tables before. Tables have to be planned in their order.
        """
        if table == "articles":
            return self._plan_articles(handle, receipt)
        if table == "failures":
            return self._plan_failures(handle, receipt)
        column, run_id = ("entry_key", None) if table == "entries" else ("feed_url", self._run_id)
        kept, count, doubled = self._plan_plain(table, handle, column, run_id)
        receipt = receipt._replace(doubled=receipt.doubled + doubled)
        files = self._surviving(table, kept)
        if table == "entries":
            return files, receipt._replace(entries=count)
        return files, receipt._replace(polls=count)

    @property
    def _run_id(self) -> str:
        return self._run.run_id

    def _surviving(self, table: str, kept: list[OfferedRow]) -> list[DataFile]:
        return surviving_files(self._output, table, self._offers[table], kept, self._run)

    def _plan_articles(self, handle: DeltaTable, receipt: Receipt) -> Plan:
        """Articles that are not committed, have not failed for good, and repeat no other one."""
        committed = self._lookups["articles"].rows(handle)
        by_key = {(row["article_id"], row["version"]): row["run_id"] for row in committed}
        failed = self._failed_before()
        offered = _once(self._offers["articles"], "article_id", "version")
        ours = sum(by_key.get(_key(row)) == self._run_id for row in offered)
        fresh = [
            row
            for row in offered
            if _key(row) not in by_key and row.values["article_id"] not in failed
        ]
        repeats = find_duplicates([row.values for row in fresh], committed)
        kept = [row for row in fresh if row.values["article_id"] not in repeats]
        self._duplicates = {
            row.values["article_id"]: (row, repeats[row.values["article_id"]])
            for row in fresh
            if row.values["article_id"] in repeats
        }
        return self._surviving("articles", kept), receipt._replace(
            articles=len(kept) + ours,
            already_committed=len(offered) - len(fresh) - ours,
            duplicates=len(repeats),
            doubled=len(self._offers["articles"]) - len(offered),
        )

    def _failed_before(self) -> set[str]:
        """Items with a final failure, but not the duplicates that this pass may have committed."""
        return {
            row["article_id"]
            for row in self._lookups["failures"].rows(self._handles["failures"])
            if row["final"] and (row["code"], row["run_id"]) != ("duplicate", self._run_id)
        }

    def _plan_failures(self, handle: DeltaTable, receipt: Receipt) -> Plan:
        """Failures that are not committed and whose article is not; those of the duplicates."""
        rows = self._offers["failures"]
        items = [row for row in rows if row.values["article_id"] is not None]
        once = _once(items, "article_id", "attempt")
        articles = self._lookups["articles"].rows(
            open_table(self._output, "articles") if once else None
        )
        failing = sort_failures(
            once,
            self._duplicates,
            self._lookups["failures"].rows(handle),
            {row["article_id"] for row in articles},
            self._run_id,
        )
        feeds = [row for row in rows if row.values["article_id"] is None]
        fresh_feeds, feed_failures, doubled = self._unseen_feeds(handle, feeds)
        files = self._surviving("failures", failing.fresh + fresh_feeds)
        extra = [
            *renumbered(self._output, failing.renumbered),
            *duplicate_failures(
                [(*self._duplicates[i], n) for i, n in failing.repeats.items()], self._run
            ),
        ]
        if extra:
            files.append(new_file(self._output, "failures", pa.concat_tables(extra), self._run))
        codes = failing.codes + Counter(row.values["code"] for row in feed_failures)
        return files, receipt._replace(
            failures=failing.codes.total(),
            already_committed=receipt.already_committed + failing.already_committed,
            failure_codes=dict(codes),
            feed_failures=len(feed_failures),
            doubled=receipt.doubled + len(items) - len(once) + doubled,
        )

    def _unseen_feeds(
        self, handle: DeltaTable, feeds: list[OfferedRow]
    ) -> tuple[list[OfferedRow], list[OfferedRow], int]:
        """Feed failures: those not committed, those of this run in all, and how many doubled."""
        once = _once(feeds, "feed_url", "run_id")
        lookup = self._plain_lookup("failures", feeds, "feed_url", self._run_id)
        known = {r["feed_url"] for r in lookup.rows(handle) if r["article_id"] is None}
        return (
            [row for row in once if row.values["feed_url"] not in known],
            once,
            len(feeds) - len(once),
        )

    def _plan_plain(
        self, table: str, handle: DeltaTable, column: str, run_id: str | None
    ) -> tuple[list[OfferedRow], int, int]:
        """Rows with a key of one column: those to commit, how many are this run's, doubled ones."""
        rows = self._offers[table]
        once = _once(rows, column)
        lookup = self._plain_lookup(table, rows, column, run_id)
        known = {row[column]: row["run_id"] for row in lookup.rows(handle)}
        kept = [row for row in once if row.values[column] not in known]
        ours = sum(known.get(row.values[column]) == self._run_id for row in once)
        return kept, len(kept) + ours, len(rows) - len(once)

    def _plain_lookup(
        self, table: str, rows: list[OfferedRow], column: str, run_id: str | None
    ) -> Lookup:
        name = f"{table}.{column}"
        if name not in self._lookups:
            columns = [column, "run_id", *(["article_id"] if table == "failures" else [])]
            ids = {column: _values(rows, column)}
            self._lookups[name] = Lookup(self._output, table, ids, columns, run_id)
        return self._lookups[name]


def _values(rows: Iterable[OfferedRow], column: str) -> set[str]:
    return {row.values[column] for row in rows if row.values[column] is not None}


def _key(row: OfferedRow) -> tuple[Any, ...]:
    return (row.values["article_id"], row.values["version"])


def _once(rows: Iterable[OfferedRow], *columns: str) -> list[OfferedRow]:
    """The first row of each key: a retried bundle may have written its rows twice."""
    first: dict[tuple[Any, ...], OfferedRow] = {}
    for row in rows:
        first.setdefault(tuple(row.values[column] for column in columns), row)
    return list(first.values())
