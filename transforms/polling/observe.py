"""What a poll observes: the request for a feed, and the row of its answer or its failure."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.entry import Entry
from schemas.errors import RowError
from schemas.feed import Feed, FeedState
from schemas.poll import Poll
from schemas.run import Run
from transforms.feeds import entries_of, parse_feed
from transforms.polling.freshness import fresh_for_s
from transforms.polling.rhythm import rhythm_of
from transforms.polling.skips import skip_text
from transforms.web import Request, Response


def request_of(feed: Feed, state: FeedState | None) -> Request:
    """The conditional request for a feed, at the address that it moved to for good."""
    state = state or FeedState()
    url = state.ask_url or feed.url
    return Request(url, state.etag, state.last_modified, kind="feed", tag=feed)


class Offer(NamedTuple):
    """What a feed's document offers, and how many items of it were too many to be read.

    `refresh_s` and `skip` are what it asks of those who poll it; `sitemaps` is not empty for an
    index, which offers nothing itself: newest first.
    """

    entries: list[Entry]
    left_out: int
    refresh_s: float | None = None
    skip: str | None = None
    sitemaps: tuple[str, ...] = ()


def read_offer(feed: Feed, state: FeedState, response: Response, run: Run) -> Offer | None:
    """The offer of a feed's answer; None if it says, or shows, that nothing changed.

    Raises: RowError `not_a_feed`.
    """
    if response.status == 304 or _digest(response.body) == state.body_sha256:
        return None
    parsed = parse_feed(response.body, response.final_url, response.headers.get("content-type"))
    entries = entries_of(feed, parsed, run.started_at)
    skip = skip_text(parsed.skip_hours, parsed.skip_days)
    return Offer(entries, parsed.left_out, parsed.refresh_after_s, skip, parsed.sitemaps)


def offered_together(index: Offer, sitemaps: Iterable[Offer]) -> Offer:
    """The offer of an index with what the sitemaps that it names offer, each entry once."""
    entries: dict[str, Entry] = {}
    left_out = index.left_out
    for offer in sitemaps:
        left_out += offer.left_out
        for entry in offer.entries:
            entries.setdefault(entry.entry_key, entry)
    return index._replace(entries=list(entries.values()), left_out=left_out)


def poll_of(
    feed: Feed, state: FeedState, response: Response, offer: Offer | None, run: Run
) -> Poll:
    """The poll of a feed that answered, as observed; `offer` is None where nothing changed.

    A 304 confirms the validators it was asked with; those of a document that was not read whole
    are not kept, so that its rest is not taken for unchanged, nor those of an index, whose sitemaps
    change while it does not. When the next poll is due is for
    `transforms.polling` to say, once its new entries are counted.
    """
    fresh_s = fresh_for_s(response.headers, response.fetched_at)
    published = [entry.published_at for entry in offer.entries] if offer else []
    past = [at for at in published if at is not None and at <= response.fetched_at]
    kept = response.status == 304
    whole = offer is None or not (offer.left_out or offer.sitemaps)
    headers = response.headers if whole else {}
    return Poll(
        feed_url=feed.url,
        run_id=run.run_id,
        polled_at=response.fetched_at,
        outcome="fetched" if offer else "not_modified",
        code=None,
        http_status=response.status,
        final_url=response.final_url if response.final_url != feed.url else None,
        etag=(kept and state.etag) or headers.get("etag"),
        last_modified=(kept and state.last_modified) or headers.get("last-modified"),
        body_sha256=state.body_sha256 if kept else _digest(response.body) if whole else None,
        entries=len(offer.entries) if offer else 0,
        new_entries=0,
        left_out=offer.left_out if offer else 0,
        gap_suspected=False,
        bytes=len(response.body),
        duration_ms=response.duration_ms,
        next_poll_at=None,
        rest_until=response.fetched_at + timedelta(seconds=fresh_s) if fresh_s else None,
        refresh_s=offer.refresh_s if offer else None,
        skip=offer.skip if offer else None,
        window=len(offer.entries) if offer else None,
        rhythm_s=rhythm_of(published, response.fetched_at),
        newest_at=max(past, default=None),
        moved_to=response.moved_to,
    )


def failed_poll(feed: Feed, state: FeedState, error: RowError, run: Run, at: datetime) -> Poll:
    """The poll of a feed that failed at `at`, and until when the server asked for rest."""
    rest = timedelta(seconds=error.retry_after_s) if error.retry_after_s else None
    return Poll(
        feed_url=feed.url,
        run_id=run.run_id,
        polled_at=at,
        outcome="failed",
        code=error.code,
        http_status=error.http_status,
        final_url=None,
        etag=state.etag,
        last_modified=state.last_modified,
        body_sha256=state.body_sha256,
        entries=0,
        new_entries=0,
        left_out=0,
        gap_suspected=False,
        bytes=0,
        duration_ms=0,
        next_poll_at=None,
        rest_until=at + rest if rest else None,
    )


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
