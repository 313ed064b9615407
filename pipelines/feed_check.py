"""What one look at a feed shows: for `feeds check` and `feeds find`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.errors import RowError
from schemas.feed import Feed, FeedState
from schemas.poll import Poll
from schemas.run import Run
from transforms.discovery import format_of
from transforms.feeds import parse_feed
from transforms.polling import FLOOR_S, is_silent, next_poll, poll_of, read_offer
from transforms.web import Fetched, Response

STALE = timedelta(days=30)
"""News of a month ago is worth a remark, whatever the rhythm of the feed."""

_ROLLS_S = 3600.0


class Checked(NamedTuple):
    """One feed. `status` is ok or the failure's code; a dead feed cannot be read at all."""

    url: str
    status: str
    http_status: int | None
    format: str | None
    title: str | None
    entries: int
    newest: datetime | None
    rhythm_s: float | None
    next_poll_s: float | None
    """Seconds until the policy would ask again."""
    problems: tuple[str, ...]

    @property
    def is_dead(self) -> bool:
        """True if there is nothing to read."""
        return self.status != "ok"


def check(feed: Feed, fetched: Fetched, now: datetime) -> Checked:
    """What the end of a request says of the feed."""
    if fetched.response is None:
        assert fetched.error is not None
        return _dead(feed, fetched.error, None)
    try:
        return _read(feed, fetched.response, now)
    except RowError as error:
        return _dead(feed, error, format_of(fetched.response.body))


def _dead(feed: Feed, error: RowError, kind: str | None) -> Checked:
    status = error.http_status
    return Checked(feed.url, error.code, status, kind, None, 0, None, None, None, (error.detail,))


def _read(feed: Feed, response: Response, now: datetime) -> Checked:
    run = Run("check", now, "")
    offer = read_offer(feed, FeedState(), response, run)
    content_type = response.headers.get("content-type")
    title = parse_feed(response.body, response.final_url, content_type).title
    row = next_poll(FeedState(), poll_of(feed, FeedState(), response, offer, run), now)
    dated = [e.published_at for e in offer.entries if e.published_at] if offer else []
    newest = max(dated, default=None)
    wait_s = (row.next_poll_at - now).total_seconds() if row.next_poll_at is not None else None
    return Checked(
        url=feed.url,
        status="ok",
        http_status=response.status,
        format=format_of(response.body),
        title=title,
        entries=row.entries,
        newest=newest,
        rhythm_s=row.rhythm_s,
        next_poll_s=wait_s,
        problems=tuple(_problems(row, newest, len(dated), now))
        if not (offer and offer.sitemaps)
        else (f"an index: the newest of its {len(offer.sitemaps)} sitemaps are polled",),
    )


def _problems(row: Poll, newest: datetime | None, dated: int, now: datetime) -> Iterable[str]:
    if row.moved_to is not None:
        yield f"moved for good to {row.moved_to}"
    if not row.entries:
        yield "no entries"
        return
    if row.left_out:
        yield f"{row.left_out} entries beyond the limit"
    if dated < row.entries:
        yield f"{row.entries - dated} of {row.entries} entries without a date"
    if newest is not None and newest > now:
        yield f"dated in the future: {newest:%Y-%m-%d %H:%M} UTC"
    state = FeedState(newest_at=newest, rhythm_s=row.rhythm_s)
    if newest is not None and (now - newest > STALE or is_silent(state, now)):
        yield f"nothing new since {newest:%Y-%m-%d}"
    if row.rhythm_s is not None and row.entries * row.rhythm_s < _ROLLS_S:
        minutes = max(row.entries * row.rhythm_s, FLOOR_S) / 60
        yield f"rolls over within {minutes:.0f} min: poll it that often"
    if row.etag is None and row.last_modified is None:
        yield "no ETag and no Last-Modified: every poll reads it whole"
    if row.final_url is not None and row.moved_to is None:
        yield f"redirects to {row.final_url}"
