"""The Failure row of whatever could not go on."""

from schemas.article import Article
from schemas.entry import Entry
from schemas.errors import RowError
from schemas.failure import Failure
from schemas.feed import Feed
from schemas.page import Page
from schemas.run import Run
from transforms.failures.schedule import retry_at

MAX_DETAIL = 2000
"""Characters of detail that are kept: a traceback's end says more than its start."""


def failure_of(
    row: Feed | Entry | Page | Article, error: RowError, stage: str, run: Run
) -> Failure:
    """The failure of `row` in `stage`, with the whole entry as long as a retry is possible.

    A feed is polled again by every run anyway and a cleaned article no longer has its entry: their
    failures are final.
    """
    if isinstance(row, Feed):
        return _failure(None, None, row.url, 1, error, stage, run)
    if isinstance(row, Article):
        return _failure(row.article_id, row.url, row.feed_url, 1, error, stage, run)
    entry = row.entry if isinstance(row, Page) else row
    entry = entry._replace(tries=entry.tries + _was_sent(error))
    due = retry_at(error.code, entry.tries, run.started_at, error.retry_after_s)
    failure = _failure(
        entry.article_id, entry.url, entry.feed_url, entry.attempt, error, stage, run
    )
    return failure._replace(entry=entry if due else None, retry_at=due, final=due is None)


def is_last_try(entry: Entry, error: RowError, run: Run) -> bool:
    """True if this error of the entry is final: no further attempt will be made."""
    return failure_of(entry, error, "", run).final


def _was_sent(error: RowError) -> bool:
    """False for a try that ended before its request: it must not use up the entry's tries.

    Those are items that a stop left undone, and items of a host that rests after its 429.
    """
    return error.code != "interrupted" and (error.code, error.http_status) != ("http_429", None)


def _failure(
    article_id: str | None,
    url: str | None,
    feed_url: str,
    attempt: int,
    error: RowError,
    stage: str,
    run: Run,
) -> Failure:
    return Failure(
        article_id=article_id,
        url=url,
        feed_url=feed_url,
        entry=None,
        stage=stage,
        code=error.code,
        detail=error.detail[-MAX_DETAIL:],
        http_status=error.http_status,
        attempt=attempt,
        retry_at=None,
        final=True,
        failed_at=run.started_at,
        run_id=run.run_id,
    )
