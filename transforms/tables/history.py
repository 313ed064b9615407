"""History: what the committed tables say was seen, is due, and was polled. Never a file beside."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.entry import Entry
from schemas.feed import FeedState
from transforms.tables.log import LoggedFile, active_files, open_table
from transforms.tables.lookup import Needles, matching, row_groups
from transforms.tables.rows import entry_of

POLL_LOOK_BACK = timedelta(days=45)
"""Polls are read over so many days of partitions, so that the cost does not grow for ever. A feed
not polled for longer is polled like a new one."""

_POLLED = ("fetched", "not_modified")
_POLL_STATE = (
    "polled_at",
    "code",
    "next_poll_at",
    "rest_until",
    "refresh_s",
    "skip",
    "window",
    "rhythm_s",
    "fastest_s",
    "newest_at",
    "failures_in_row",
    "moved_to",
    "repeated",
    "repeated_since",
    "ask_url",
    "note",
)
"""What the newest poll of a feed says of it; each poll carries on what the one before said."""

_POLL_COLUMNS = ("feed_url", "outcome", "etag", "last_modified", "body_sha256", *_POLL_STATE)


class History:
    """Answers from the tables under `output`; each call reads their newest versions.

    Cheap to make and to pickle. Where a table does not exist, nothing was seen. Memory is flat in
    the size of the tables. Raises TableError if they cannot be read.
    """

    def __init__(self, output: str) -> None:
        self.output = output

    def unseen(self, article_ids: Collection[str], now: datetime) -> set[str]:
        """Those of the ids that are to be fetched.

        Not those of a committed article, by its own or its canonical id; nor those whose latest
        failure (the one with the largest attempt) is final or not yet due.
        """
        left = set(article_ids)
        left -= self._seen("articles", ("article_id", "canonical_id"), left)
        return left - self._waiting(left, now)

    def new_entry_keys(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that no committed entry has."""
        wanted = set(keys)
        return wanted - self._seen("entries", ("entry_key",), wanted)

    def feed_states(self, now: datetime) -> dict[str, FeedState]:
        """State of every feed that was polled in the last 45 days, by feed URL.

        Validators are those of the newest poll that was answered; `polled_before` is true if
        there is one; all else is what the newest poll says.
        """
        oldest = (now - POLL_LOOK_BACK).date()
        newest: dict[str, dict[str, Any]] = {}
        answered: dict[str, dict[str, Any]] = {}
        for file in self._files("polls"):
            if file.ingest_date < oldest:
                continue
            for _, _, polls in row_groups(self.output, "polls", file.path, _POLL_COLUMNS):
                _keep_newest(newest, polls)
                _keep_newest(answered, polls.filter(pc.is_in(polls["outcome"], pa.array(_POLLED))))
        return {url: _feed_state(poll, answered.get(url)) for url, poll in newest.items()}

    def retry_due(self, now: datetime) -> Iterator[Entry]:
        """Entries to try again, with their next attempt number, oldest partition first.

        One of each item whose latest failure is due and not final, and that has no article.
        """
        due = self._due(now)
        ids = set(due)
        ids -= self._seen("articles", ("article_id", "canonical_id"), ids)
        needles = {"article_id": Needles(ids)}
        for file in self._pending_files() if ids else ():
            columns = ("article_id", "attempt", "entry")
            found = matching(self.output, "failures", file.path, needles, columns)
            for row in found.to_pylist() if found is not None else ():
                item, attempt = row["article_id"], row["attempt"]
                if item in ids and attempt == due[item] and row["entry"] is not None:
                    ids.discard(item)
                    yield entry_of(row["entry"])._replace(attempt=attempt + 1)

    def retries_waiting(self, now: datetime) -> list[datetime]:
        """When the items that will be tried again, but not yet, are due: the earliest first."""
        latest = self._open()
        later = latest.filter(pc.greater(latest["retry_at"], pa.scalar(now, _TIME)))
        due_at = dict(
            zip(later["article_id"].to_pylist(), later["retry_at"].to_pylist(), strict=True)
        )
        done = self._seen("articles", ("article_id", "canonical_id"), set(due_at))
        return sorted(at for item, at in due_at.items() if item not in done)

    def _files(self, table: str) -> list[LoggedFile]:
        handle = open_table(self.output, table)
        return active_files(handle, ("final", "attempt")) if handle is not None else []

    def _seen(self, table: str, columns: Sequence[str], ids: Collection[str]) -> set[str]:
        """Values of the columns that are among the ids."""
        if not ids:
            return set()
        needles = Needles(ids)
        seen: set[str] = set()
        for file in self._files(table):
            for _, _, rows in row_groups(self.output, table, file.path, columns):
                for column in rows.columns:
                    values = column.chunk(0)
                    seen.update(values[position].as_py() for position in needles.find(values))
        return seen

    def _waiting(self, ids: Collection[str], now: datetime) -> set[str]:
        """Those of the ids whose latest failure is final or not yet due."""
        latest: dict[str, tuple[int, bool]] = {}
        needles = {"article_id": Needles(ids)}
        columns = ("article_id", "attempt", "final", "retry_at")
        for file in self._files("failures") if ids else ():
            found = matching(self.output, "failures", file.path, needles, columns)
            for row in found.to_pylist() if found is not None else ():
                waits = row["final"] or row["retry_at"] is None or row["retry_at"] > now
                state = (row["attempt"], waits)
                latest[row["article_id"]] = max(latest.get(row["article_id"], state), state)
        return {item for item, (_, waits) in latest.items() if waits}

    def _pending_files(self) -> Iterator[LoggedFile]:
        """Files that may hold a failure that is not final."""
        return (file for file in self._files("failures") if file.low.get("final") is not True)

    def _due(self, now: datetime) -> dict[str, int]:
        """Latest attempt of each item whose latest failure is due and not final."""
        latest = self._open()
        due = latest.filter(pc.less_equal(latest["retry_at"], pa.scalar(now, _TIME)))
        return dict(zip(due["article_id"].to_pylist(), due["attempt"].to_pylist(), strict=True))

    def _open(self) -> pa.Table:
        """article_id, attempt and retry_at of the items whose latest failure is not final."""
        columns = ("article_id", "attempt", "retry_at", "final")
        states = [
            _states(rows)
            for file in self._files("failures")
            if file.low.get("final") is not True or file.high.get("attempt") != 1
            for _, _, rows in row_groups(self.output, "failures", file.path, columns)
        ]
        if not states:
            return _STATES.empty_table().rename_columns(["article_id", "attempt", "retry_at"])
        groups = pa.concat_tables(states).group_by("article_id", use_threads=False)
        latest = groups.aggregate([("state", "max"), ("retry_at", "max")])
        latest = latest.filter(pc.equal(pc.bit_wise_and(latest["state_max"], 1), 0))
        columns_of_latest = [
            latest["article_id"],
            pc.divide(latest["state_max"], 2),
            latest["retry_at_max"],
        ]
        return pa.table(columns_of_latest, names=["article_id", "attempt", "retry_at"])


_TIME = pa.timestamp("us", tz="UTC")
_STATES = pa.schema([("article_id", pa.string()), ("state", pa.int64()), ("retry_at", _TIME)])


def _states(failures: pa.Table) -> pa.Table:
    """article_id, `2 * attempt + final`, and retry_at of the item failures that may decide.

    The largest state of an item is that of its latest failure, and even while it is open. Later
    attempts are due later. Items that fail for good at once are left out: they are most of all.
    """
    is_final = failures["final"].cast(pa.int64())
    decides = pc.or_(pc.equal(is_final, 0), pc.greater(failures["attempt"], 1))
    state = pc.add(pc.multiply(failures["attempt"], 2), is_final)
    columns = [failures["article_id"], state, failures["retry_at"]]
    states = pa.table(columns, names=["article_id", "state", "retry_at"])
    return states.filter(pc.and_(decides, pc.is_valid(failures["article_id"])))


def _keep_newest(newest: dict[str, dict[str, Any]], polls: pa.Table) -> None:
    """Updates the newest poll of each feed; of one row group only the newest ones reach Python."""
    if not polls.num_rows:
        return
    names = [name for name in polls.column_names if name != "feed_url"]
    groups = polls.sort_by([("polled_at", "descending")]).group_by("feed_url", use_threads=False)
    newest_row = pc.ScalarAggregateOptions(skip_nulls=False)
    for row in groups.aggregate([(name, "first", newest_row) for name in names]).to_pylist():
        known = newest.get(row["feed_url"])
        if known is None or known["polled_at_first"] < row["polled_at_first"]:
            newest[row["feed_url"]] = row


def _feed_state(newest: dict[str, Any], answered: dict[str, Any] | None) -> FeedState:
    """The state that the newest poll, and the newest one that was answered, leave behind.

    What a row of an older program does not have keeps its default.
    """
    known = {name: newest[f"{name}_first"] for name in _POLL_STATE}
    state = FeedState(**{name: value for name, value in known.items() if value is not None})
    if answered is None:
        return state
    return state._replace(
        etag=answered["etag_first"],
        last_modified=answered["last_modified_first"],
        body_sha256=answered["body_sha256_first"],
        answered_at=answered["polled_at_first"],
        polled_before=True,
    )
