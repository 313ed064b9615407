"""PollFeeds: ask every feed whether it has something new."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.typehints.decorators import no_annotations

from schemas.entry import Entry
from schemas.errors import RowError
from schemas.feed import Feed, FeedState
from schemas.poll import Poll
from schemas.run import Run
from transforms.attempt import FAILURES, attempted, failed
from transforms.by_host import ByHost, never, worker_client
from transforms.feeds import entries_of, parse_feed
from transforms.polling import fresh_for_s, rhythm_of, skips_of
from transforms.tables import History
from transforms.tally import count
from transforms.web import Fetched, Request, Response, WebSettings
from transforms.web.client import utc_now

POLLS = "polls"


class Polled(NamedTuple):
    """What polling gives: one poll a feed, the entries it offers, and the feeds that failed."""

    polls: PCollection
    entries: PCollection
    failures: PCollection


class PollFeeds(beam.PTransform):
    """Feed -> one Poll, its entries, or a Failure beside the Poll. Safe to retry.

    Conditional by the validators of the last committed poll; a document that did not change by a
    byte is not read again either.
    """

    def __init__(
        self,
        run: Run,
        web: WebSettings,
        output: str,
        shards: int = 1,
        stop: Callable[[], bool] = never,
    ) -> None:
        super().__init__()
        self.shards = shards
        self.poll = _PollFn(run, web, output, stop)

    @no_annotations
    def expand(self, feeds: PCollection) -> Polled:
        """Brings the feeds of a host together and polls them."""
        shards = feeds | "ByHost" >> ByHost(attrgetter("url"), self.shards)
        poll = beam.ParDo(self.poll).with_outputs(POLLS, FAILURES, main="entries")
        outputs = shards | "Poll" >> poll
        return Polled(outputs[POLLS], outputs.entries, outputs[FAILURES])


class _PollFn(beam.DoFn):
    def __init__(self, run: Run, web: WebSettings, output: str, stop: Callable[[], bool]) -> None:
        self._run = run
        self._web = web
        self._output = output
        self._stop = stop

    def setup(self) -> None:
        self._client = worker_client(self._web)
        self._states = History(self._output).feed_states(self._run.started_at)

    def process(self, shard: tuple[int, Iterable[Feed]]) -> Iterator[Any]:
        requests = (_request(feed, self._states.get(feed.url)) for feed in shard[1])
        for fetched in self._client.fetch(requests, self._stop):
            yield from self._outcome(fetched.request.tag, fetched)

    def _outcome(self, feed: Feed, fetched: Fetched) -> Iterator[Any]:
        count("poll_feeds")
        state = self._states.get(feed.url, FeedState())
        error = fetched.error
        if fetched.response is not None:
            try:
                offer = attempted(read_offer, feed, state, fetched.response, self._run)
            except RowError as unreadable:
                error = unreadable
            else:
                yield from offer.entries if offer else ()
                yield TaggedOutput(POLLS, poll_of(feed, state, fetched.response, offer, self._run))
                return
        assert error is not None
        if error.code == "interrupted":
            return  # not polled at all: the next run's turn
        yield failed("poll_feeds", error, feed, self._run)
        yield TaggedOutput(POLLS, failed_poll(feed, state, error, self._run, utc_now()))


def _request(feed: Feed, state: FeedState | None) -> Request:
    state = state or FeedState()
    url = state.ask_url or feed.url
    return Request(url, state.etag, state.last_modified, kind="feed", tag=feed)


class Offer(NamedTuple):
    """What a feed's document offers, and how many items of it were too many to be read.

    `refresh_s` and `skip` are what it asks of those who poll it.
    """

    entries: list[Entry]
    left_out: int
    refresh_s: float | None = None
    skip: str | None = None


def read_offer(feed: Feed, state: FeedState, response: Response, run: Run) -> Offer | None:
    """The offer of a feed's answer; None if it says, or shows, that nothing changed.

    Raises: RowError `not_a_feed`.
    """
    if response.status == 304 or _digest(response.body) == state.body_sha256:
        return None
    parsed = parse_feed(response.body, response.final_url, response.headers.get("content-type"))
    entries = entries_of(feed, parsed, run.started_at)
    skip = skips_of(response.body)
    return Offer(entries, parsed.left_out, parsed.refresh_after_s, skip)


def poll_of(
    feed: Feed, state: FeedState, response: Response, offer: Offer | None, run: Run
) -> Poll:
    """The poll of a feed that answered, as observed; `offer` is None where nothing changed.

    A 304 confirms the validators it was asked with; those of a document that was not read whole
    are not kept, so that its rest is not taken for unchanged. When the next poll is due is for
    `transforms.polling` to say, once its new entries are counted.
    """
    fresh_s = fresh_for_s(response.headers, response.fetched_at)
    published = [entry.published_at for entry in offer.entries] if offer else []
    past = [at for at in published if at is not None and at <= response.fetched_at]
    kept = response.status == 304
    whole = offer is None or not offer.left_out
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
