"""PollFeeds: ask every feed whether it has something new."""

from collections.abc import Callable, Iterable, Iterator
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
from transforms.polling import (
    Offer,
    failed_poll,
    offered_together,
    poll_of,
    read_offer,
    request_of,
)
from transforms.tables import History
from transforms.tally import count
from transforms.web import Fetched, Request, WebSettings
from transforms.web.client import Client, utc_now

POLLS = "polls"

MAX_SITEMAPS = 3
"""Sitemaps of an index that are read, the newest: news sitemaps hold two days, so that two of them
are current around midnight (Google, news sitemaps); the others are archives."""


class Polled(NamedTuple):
    """What polling gives: one poll a feed, the entries it offers, and the feeds that failed."""

    polls: PCollection
    entries: PCollection
    failures: PCollection


class PollFeeds(beam.PTransform):
    """Feed -> one Poll, its entries, or a Failure beside the Poll. Safe to retry.

    Conditional by the validators of the last committed poll; a document that did not change by a
    byte is not read again either. An index of sitemaps is read with the newest that it names.
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
        requests = (request_of(feed, self._states.get(feed.url)) for feed in shard[1])
        for fetched in self._client.fetch(requests, self._stop):
            yield from self._outcome(fetched.request.tag, fetched)

    def _outcome(self, feed: Feed, fetched: Fetched) -> Iterator[Any]:
        state = self._states.get(feed.url, FeedState())
        outcome = outcome_of_poll(self._client, fetched, state, self._run, self._stop)
        if outcome is None:
            return  # not polled at all: the next run's turn
        yield from outcome.entries
        yield from outcome.failures
        yield TaggedOutput(POLLS, outcome.poll)


class PollOutcome(NamedTuple):
    """What came of one poll; `failures` are tagged outputs, at most one."""

    poll: Poll
    entries: list[Entry]
    failures: list[TaggedOutput]


def outcome_of_poll(
    client: Client, fetched: Fetched, state: FeedState, run: Run, stop: Callable[[], bool]
) -> PollOutcome | None:
    """What came of a feed's request, whose tag is the feed; None if a stop came first.

    The newest sitemaps that an index names are fetched for it.
    """
    count("poll_feeds")
    feed: Feed = fetched.request.tag
    error = fetched.error
    if fetched.response is not None:
        try:
            offer = attempted(read_offer, feed, state, fetched.response, run)
            if offer and offer.sitemaps:
                offer = _follow(client, feed, offer, run, stop)
        except RowError as unreadable:
            error = unreadable
        else:
            poll = poll_of(feed, state, fetched.response, offer, run)
            return PollOutcome(poll, offer.entries if offer else [], [])
    assert error is not None
    if error.code == "interrupted":
        return None
    failure = failed("poll_feeds", error, feed, run)
    return PollOutcome(failed_poll(feed, state, error, run, utc_now()), [], [failure])


def _follow(client: Client, feed: Feed, index: Offer, run: Run, stop: Callable[[], bool]) -> Offer:
    """The offer of an index of sitemaps, with that of the newest of them.

    Raises: RowError if none of them can be read.
    """
    urls = index.sitemaps[:MAX_SITEMAPS]
    found: list[Offer] = []
    error = RowError("not_a_feed", "the index of sitemaps names none that can be read")
    for fetched in client.fetch([Request(url, kind="feed") for url in urls], stop):
        if fetched.response is None:
            error = fetched.error or error
            continue
        try:
            offer = attempted(read_offer, feed, FeedState(), fetched.response, run)
        except RowError as unreadable:
            error = unreadable
        else:
            found += [offer] if offer else []
    if not found or error.code == "interrupted":
        raise error
    return offered_together(index, found)
