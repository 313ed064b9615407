"""The reader under test: the real policy, and the real client but for its sockets."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from benchmarks.politeness.clock import START, SimulatedLoop
from benchmarks.politeness.wire import SimulatedWire, Watch
from benchmarks.politeness.world import SimulatedFeed
from schemas.feed import Feed, FeedState
from schemas.poll import Poll
from schemas.run import Run
from transforms.polling import (
    Offer,
    due_feeds,
    failed_poll,
    next_poll,
    poll_of,
    request_of,
    state_after,
)
from transforms.web import Fetched, Request, WebSettings, split_link
from transforms.web.pace import Hosts
from transforms.web.polite import PoliteSender
from transforms.web.robots_cache import RobotsCache
from transforms.web.rounds import Round
from transforms.web.visit import visit


class Entry(NamedTuple):
    """What the policy looks at of an entry."""

    published_at: datetime


@dataclass
class Outcome:
    """What came of it."""

    watch: Watch
    delays_s: list[float] = field(default_factory=list)
    """From publication to the poll that saw it, of every entry published and seen meanwhile."""
    published: int = 0
    lost: int = 0
    rolling: int = 0
    """Of the published: in feeds that roll over within two hours at their busiest."""
    lost_of_rolling: int = 0
    polls: int = 0
    unchanged: int = 0
    gaps: int = 0
    runs: int = 0


class Reader:
    """Runs over all feeds, one after the other, as `communique run --every` does."""

    def __init__(
        self,
        loop: SimulatedLoop,
        feeds: Sequence[SimulatedFeed],
        *,
        ask_all: bool = False,
        anew: bool = False,
    ) -> None:
        """With `ask_all` every run asks every feed, but for what a Retry-After forbids.

        With `anew` each run is a process of its own, as cron starts it: what its client learns of
        the hosts is forgotten, and only what the polls say is kept.
        """
        self._loop = loop
        self._ask_all = ask_all
        self._anew = anew
        self._wire = SimulatedWire(loop, list(feeds))
        self._open_client()
        self._feeds = {feed.url: feed for feed in feeds}
        self._listed = [Feed(feed.url) for feed in feeds]
        self._states: dict[str, FeedState] = {}
        self._known: dict[str, int] = {}
        """End of the entries that were seen, by feed."""
        self.outcome = Outcome(self._wire.watch)

    def _open_client(self) -> None:
        settings = WebSettings(user_agent="Communique/0 (+https://simulation.example)")
        hosts, loop = Hosts(quiet_until=0.0), self._loop
        wire: Any = self._wire
        self._sender = PoliteSender(settings, wire, hosts, lambda: loop.now, lambda: 0.5)
        self._robots = RobotsCache(self._sender)

    async def run_for(self, hours: float, every_s: float) -> Outcome:
        """Start a run every `every_s` seconds, or when the one before has ended."""
        while self._loop.now_s < hours * 3600:
            start_s = self._loop.now_s
            await self._run()
            self.outcome.runs += 1
            await asyncio.sleep(max(start_s + every_s - self._loop.now_s, 0.0))
        self._settle(hours * 3600)
        return self.outcome

    async def _run(self) -> None:
        if self._anew:
            self._open_client()
        run = Run(f"run-{self.outcome.runs}", self._loop.now, "0")
        now, ask_all = run.started_at, self._ask_all
        due = due_feeds(self._listed, self._states, now, ask_all=ask_all).due
        requests = [request_of(feed, self._states.get(feed.url)) for feed in due]
        pages: list[Request] = []
        for fetched in await self._fetch(requests):
            pages += self._polled(fetched, run)
        await self._fetch(pages)

    async def _fetch(self, requests: Sequence[Request]) -> list[Fetched]:
        hosts: dict[str, list[Any]] = {}
        for request in requests:
            link = split_link(request.url)
            hosts.setdefault(link.host, []).append((request, link))
        current = Round(hosts, self._visit, self._sender.settings.max_in_flight)
        ended: asyncio.Queue[Fetched] = asyncio.Queue()
        current.done = _Handover(ended)  # type: ignore[assignment]
        current.start()
        found = []
        for _ in requests:
            found.append(await ended.get())
            current.taken(found[-1])
        return found

    async def _visit(self, errand: Any) -> Any:
        return await visit(errand, self._sender, self._robots)

    def _polled(self, fetched: Fetched, run: Run) -> list[Request]:
        """Book the end of one poll, and ask for the pages of its new entries."""
        self.outcome.polls += 1
        feed: Feed = fetched.request.tag
        state = self._states.get(feed.url, FeedState())
        pages: list[Request] = []
        if fetched.response is None:
            assert fetched.error is not None
            row = failed_poll(feed, state, fetched.error, run, self._loop.now)
        else:
            simulated, response = self._feeds[feed.url], fetched.response
            offer, new = None, range(0)
            if response.status != 304:
                first, end = map(int, response.body.split()[1:])
                new = self._book(simulated, first, end)
                offer = self._offer(simulated, first, end)
                if not new and state.polled_before:
                    offer = None  # the same bytes
            self.outcome.unchanged += offer is None
            row = self._counted(poll_of(feed, state, response, offer, run), state, len(new))
            pages = [] if not state.polled_before else self._pages(simulated, new)
        row = next_poll(state, row, run.started_at)
        self._states[feed.url] = state_after(state, row)
        return pages

    def _offer(self, feed: SimulatedFeed, first: int, end: int) -> Offer:
        times = feed.published[first:end]
        entries: list[Any] = [Entry(START + timedelta(seconds=s)) for s in times]
        return Offer(entries, 0, feed.ttl_s, feed.skip)

    def _counted(self, row: Poll, state: FeedState, new: int) -> Poll:
        """As `transforms.admission` counts."""
        gap = state.polled_before and 0 < new == row.entries
        self.outcome.gaps += gap
        return row._replace(new_entries=new, gap_suspected=gap)

    def _book(self, feed: SimulatedFeed, first: int, end: int) -> range:
        """The positions that are new; counts those that were published meanwhile, seen or lost."""
        known = self._known.get(feed.url)
        self._known[feed.url] = end
        if known is None:
            return range(first, end)
        for position in range(max(known, first), end):
            if feed.published[position] >= 0:
                self.outcome.delays_s.append(self._loop.now_s - feed.published[position])
        self._lose(feed, known, first)
        return range(max(known, first), end)

    def _pages(self, feed: SimulatedFeed, new: range) -> list[Request]:
        base = f"http://{feed.host.name}"
        folder = "private" if feed.number % 3 == 0 else "news"
        return [Request(f"{base}/{folder}/{feed.number}/{p}") for p in new]

    def _lose(self, feed: SimulatedFeed, known: int, first: int) -> None:
        lost = sum(feed.published[p] >= 0 for p in range(known, first))
        self.outcome.lost += lost
        self.outcome.lost_of_rolling += lost if feed.rolls_within(2 * 3600.0) else 0

    def _settle(self, end_s: float) -> None:
        """At the end: what has rolled out of a document unseen is lost as well."""
        for feed in self._feeds.values():
            if feed.gone:
                continue
            first, end = feed.shown(end_s)
            self._lose(feed, self._known.get(feed.url, 0), first)
            published = sum(feed.published[p] >= 0 for p in range(end))
            self.outcome.published += published
            self.outcome.rolling += published if feed.rolls_within(2 * 3600.0) else 0


class _Handover:
    """Takes the ends of a round on its own loop."""

    def __init__(self, ended: "asyncio.Queue[Fetched]") -> None:
        self._ended = ended

    def put(self, fetched: Fetched) -> None:
        self._ended.put_nowait(fetched)
