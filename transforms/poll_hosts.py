"""PollHosts: ask every feed of an endless job whenever it is due."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.coders import PickleCoder
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.userstate import ReadModifyWriteStateSpec
from apache_beam.typehints.decorators import no_annotations

from schemas.entry import Entry
from schemas.feed import Feed, FeedState
from transforms.by_host import shard_of, worker_client
from transforms.feeds import FeedListError, read_feed_list
from transforms.in_flight import Round, not_forgotten, open_round
from transforms.live_run import LiveRun
from transforms.poll_feeds import PollOutcome, outcome_of_poll
from transforms.polling import due_feeds, request_of, state_after
from transforms.tables import History
from transforms.vital_signs import VitalSigns, bytes_of
from transforms.web import WebSettings

ROUNDS = "rounds"

MAX_BUNDLE_S = 10.0
"""Seconds of work after which a bundle ends and leaves the rest to the next tick: a checkpoint
cannot pass while a bundle is open."""

RETRIES_EVERY = timedelta(minutes=1)

_log = logging.getLogger(__name__)


class Ahead(NamedTuple):
    """What polling hands on: rounds for the account, and entries keyed by the shard of the page."""

    rounds: PCollection
    entries: PCollection


class _Memory(NamedTuple):
    """The state of one shard of hosts. All of it can be had again from the committed tables."""

    states: dict[str, FeedState]
    handed: dict[str, datetime]
    retries_at: datetime


class _Seen(NamedTuple):
    """Entry keys that are in no table, and ids of articles that are to be fetched."""

    new_keys: frozenset[str]
    unseen: frozenset[str]


class PollHosts(beam.PTransform):
    """(shard, TICK) -> a Round for each feed that was due, and (shard, Entry) for what is new.

    All feeds of a host are in one shard. The feed list is read again when its file has changed.
    With `every_s` each feed is asked so often, whatever its rhythm; a server's Retry-After holds.
    """

    def __init__(
        self,
        run: LiveRun,
        web: WebSettings,
        output: str,
        feeds: Path | None,
        shards: int,
        every_s: float | None = None,
    ) -> None:
        super().__init__()
        self.poll = _PollHostsFn(run, web, output, feeds, shards, every_s)

    @no_annotations
    def expand(self, ticks: PCollection) -> Ahead:
        """Wires the one DoFn."""
        outputs = ticks | "Poll" >> beam.ParDo(self.poll).with_outputs(ROUNDS, main="entries")
        return Ahead(outputs[ROUNDS], outputs.entries)


class _PollHostsFn(beam.DoFn):
    MEMORY = beam.DoFn.StateParam(ReadModifyWriteStateSpec("memory", PickleCoder()))

    def __init__(
        self,
        run: LiveRun,
        web: WebSettings,
        output: str,
        feeds: Path | None,
        shards: int,
        every_s: float | None,
    ) -> None:
        self._run = run
        self._web = web
        self._history = History(output)
        self._list = feeds
        self._shards = shards
        self._every = None if every_s is None else timedelta(seconds=every_s)

    def setup(self) -> None:
        self._client = worker_client(self._web)
        self._listed = ListedFeeds(self._list)
        self._signs = VitalSigns("poll")

    def process(self, tick: tuple[int, None], memory: Any = MEMORY) -> Iterator[Any]:
        shard, now = tick[0], self._run.started_at
        known = memory.read() or _Memory(self._history.feed_states(now), {}, now)
        feeds = [f for f in self._listed.feeds() if shard_of(f.url, self._shards) == shard]
        states = {feed.url: known.states.get(feed.url, FeedState()) for feed in feeds}
        handed = not_forgotten(known.handed, now)
        outcomes = list(self._outcomes(feeds, states, now))
        seen = self._seen(outcomes, handed, now)
        for outcome in outcomes:
            url = outcome.poll.feed_url
            opened, entries = self._opened(outcome, states[url], handed, seen)
            states[url] = state_after(states[url], opened.poll)
            yield TaggedOutput(ROUNDS, (0, opened))
            yield from self._keyed(entries)
        retries_at = known.retries_at
        if now >= retries_at:
            yield from self._keyed(self._retries(shard, now, handed))
            retries_at = now + RETRIES_EVERY
        after = _Memory(states, handed, retries_at)
        if after != known:
            memory.write(after)
        if self._signs.due(shard):
            self._signs.tell(
                shard,
                {"feeds": len(feeds), "handed": len(handed), "state_bytes": bytes_of(after)},
            )

    def _outcomes(
        self, feeds: Sequence[Feed], states: dict[str, FeedState], now: datetime
    ) -> Iterator[PollOutcome]:
        due = due_feeds(feeds, states, now, ask_all=self._every is not None).due
        requests = [request_of(feed, states[feed.url]) for feed in due if self._again(states, feed)]
        stop = ends_after(MAX_BUNDLE_S)
        for fetched in self._client.fetch(requests, stop):
            state = states[fetched.request.tag.url]
            outcome = outcome_of_poll(self._client, fetched, state, self._run, stop)
            if outcome is not None:
                yield outcome

    def _again(self, states: dict[str, FeedState], feed: Feed) -> bool:
        last = states[feed.url].polled_at
        return self._every is None or last is None or last + self._every <= self._run.started_at

    def _seen(
        self, outcomes: Sequence[PollOutcome], handed: dict[str, datetime], now: datetime
    ) -> _Seen:
        """What the tables know of all that the bundle brought.

        One look for all its polls: it costs the same for one key and for thousands.
        """
        entries = [entry for outcome in outcomes for entry in outcome.entries]
        keys = {entry.entry_key for entry in entries} - handed.keys()
        ids = {entry.article_id for entry in entries}
        if not entries:
            return _Seen(frozenset(), frozenset())
        return _Seen(
            frozenset(self._history.new_entry_keys(keys)),
            frozenset(self._history.unseen(ids, now)),
        )

    def _opened(
        self,
        outcome: PollOutcome,
        state: FeedState,
        handed: dict[str, datetime],
        seen: _Seen,
    ) -> tuple[Round, list[Entry]]:
        keys = {entry.entry_key for entry in outcome.entries} - handed.keys()
        ids = {entry.article_id for entry in outcome.entries}
        opened, entries = open_round(
            outcome.poll,
            outcome.entries,
            [tagged.value for tagged in outcome.failures],
            state,
            seen.new_keys & keys,
            seen.unseen & ids,
            self._run,
        )
        handed.update(dict.fromkeys(keys, self._run.started_at))
        return opened, entries

    def _retries(self, shard: int, now: datetime, handed: dict[str, datetime]) -> list[Entry]:
        due = [
            entry
            for entry in self._history.retry_due(now)
            if shard_of(entry.feed_url, self._shards) == shard
            and f"{entry.article_id} {entry.attempt}" not in handed
        ]
        handed.update({f"{entry.article_id} {entry.attempt}": now for entry in due})
        return due

    def _keyed(self, entries: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
        return ((shard_of(entry.url, self._shards), entry) for entry in entries)


class ListedFeeds:
    """The feeds of a list file, read again when it has changed; None is the packaged list."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._feeds = read_feed_list(None) if path is None else []

    def feeds(self) -> list[Feed]:
        """The feeds now. A list that cannot be read is reported, and the last good one kept."""
        if self._path is None:
            return self._feeds
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
            if stamp != self._stamp:
                self._feeds = read_feed_list(self._path)
        except (OSError, FeedListError) as error:
            _log.warning("the feed list is kept as it was: %s", error)
        else:
            self._stamp = stamp
        return self._feeds


def ends_after(seconds: float) -> Callable[[], bool]:
    """A stop that is true once so many seconds have passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end
