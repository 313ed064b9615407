"""A flush: the rows that a stream commits together, as the one run that they are."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from schemas.article import Article
from schemas.entry import OfferedEntry
from schemas.failure import Failure
from schemas.poll import Poll
from schemas.run import Run
from transforms.in_flight.rounds import Round


class Flush(NamedTuple):
    """What is written and committed together: rows by table, and the ids of the items in it."""

    run: Run
    rows: dict[str, list[Any]]
    admitted: list[str]


def flush_of(
    items: Iterable[Article | Failure], rounds: Sequence[Round], now: datetime, version: str
) -> Flush:
    """The flush of the items that are done and the rounds that are complete, at `now`.

    One row an item: an article before a failure, the latest attempt before an earlier one. One
    poll a feed: the latest, with the new entries of all. The id of the run is made of the rows
    and of nothing else, so that the same flush, done again after a crash, is the same run. Every
    row carries this id.
    """
    done = _one_each(items)
    polls = _one_poll_a_feed(found.poll for found in rounds)
    offered = {row.entry_key: row for found in rounds for row in found.offered}
    feed_failures = {row.feed_url: row for found in rounds for row in found.failures}
    run = Run(_run_id(done, polls, now), now, version)
    rows: dict[str, list[Any]] = {
        "articles": [row for row in done.values() if isinstance(row, Article)],
        "failures": [row for row in done.values() if isinstance(row, Failure)]
        + list(feed_failures.values()),
        "entries": list(offered.values()),
        "polls": polls,
    }
    ours = {table: [_of_run(row, run) for row in found] for table, found in rows.items()}
    return Flush(run, ours, sorted(done))


def _of_run(row: Article | Failure | OfferedEntry | Poll, run: Run) -> Any:
    return row._replace(run_id=run.run_id)


def _one_each(items: Iterable[Article | Failure]) -> dict[str, Article | Failure]:
    best: dict[str, Article | Failure] = {}
    for row in items:
        assert row.article_id is not None  # feed failures belong to their round
        known = best.get(row.article_id)
        if known is None or _rank(row) > _rank(known):
            best[row.article_id] = row
    return best


def _rank(row: Article | Failure) -> tuple[bool, int]:
    return (True, row.version) if isinstance(row, Article) else (False, row.attempt)


def _one_poll_a_feed(polls: Iterable[Poll]) -> list[Poll]:
    newest: dict[str, Poll] = {}
    for poll in polls:
        before = newest.get(poll.feed_url)
        if before is not None:
            poll = poll._replace(  # noqa: PLW2901 - the same poll, with what it stands for
                new_entries=before.new_entries + poll.new_entries,
                gap_suspected=before.gap_suspected or poll.gap_suspected,
            )
        newest[poll.feed_url] = poll
    return list(newest.values())


def _run_id(done: Iterable[str], polls: Sequence[Poll], now: datetime) -> str:
    """Sorts by time like that of a batch run."""
    names = [*sorted(done), *(f"{poll.feed_url} {poll.polled_at}" for poll in polls)]
    digest = hashlib.blake2b("\n".join(names).encode(), digest_size=4).hexdigest()
    return f"{now:%Y%m%dT%H%M%S}-{digest}"
