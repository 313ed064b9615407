"""The client: the one way to the network, from ordinary threads."""

import asyncio
import queue
import random
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from datetime import datetime, timezone
from types import TracebackType
from typing import Any, TypeVar

from schemas.errors import RowError
from transforms.web.errand import Errand
from transforms.web.exchange import Fetched, Request, Response
from transforms.web.links import Link, split_link
from transforms.web.pace import Hosts
from transforms.web.polite import PoliteSender
from transforms.web.robots_cache import RobotsCache
from transforms.web.rounds import Round
from transforms.web.settings import WebSettings
from transforms.web.visit import visit
from transforms.web.wire import Wire

STOP_CHECK_S = 0.1
"""How often `stop` is asked while nothing arrives."""

_Result = TypeVar("_Result")


def utc_now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(timezone.utc)


def never() -> bool:
    """The `stop` of a fetch that nobody stops."""
    return False


class Client:
    """Fetches URLs politely and safely; one session on a loop thread of its own.

    What it remembers of hosts (when each may be asked again, its robots.txt, a long Retry-After)
    holds across calls of `fetch`. Any thread may call it, also while another fetch is open; each
    open fetch keeps at most `max_in_flight` answers, begun or waiting to be taken.
    """

    def __init__(
        self,
        settings: WebSettings,
        clock: Callable[[], datetime] = utc_now,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """`jitter` returns 0.0 to 1.0: how much of the random half of a backoff is waited."""
        self._settings = settings
        self._rounds: set[Round] = set()
        self._is_closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="web", daemon=True)
        self._thread.start()
        self._wire, self._sender, self._robots = self._call(self._open(clock, jitter))

    async def _open(
        self, clock: Callable[[], datetime], jitter: Callable[[], float]
    ) -> tuple[Wire, PoliteSender, RobotsCache]:
        wire = Wire(self._settings)
        hosts = Hosts(quiet_until=self._loop.time() + self._settings.quiet_s)
        sender = PoliteSender(self._settings, wire, hosts, clock, jitter)
        return wire, sender, RobotsCache(sender)

    def __enter__(self) -> "Client":  # noqa: PYI034  Self is not in Python 3.10
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all open fetches as `interrupted`, close all connections, join the thread."""
        if self._is_closed:
            return
        self._is_closed = True
        self._call(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _shut(self) -> None:
        for open_round in list(self._rounds):
            await open_round.cancel()
        await self._robots.close()
        await self._wire.close()

    def fetch(
        self, requests: Iterable[Request], stop: Callable[[], bool] = never
    ) -> Iterator[Fetched]:
        """The end of every request, each exactly once, in the order in which they end.

        The requests are read at once (they are small), the answers are fetched as they are taken:
        whoever stops taking stops the fetching. `stop` is asked before each result and every
        0.1 s while none arrives; once it is true, exchanges under way may end, and all that has
        not begun is `interrupted`. Closing the iterator gives up what is left.
        Raises: ValueError if the client is closed. What a URL can do wrong is in its `Fetched`.
        """
        if self._is_closed:
            raise ValueError("this client is closed; open a new one")
        hosts, refused = _by_host(requests)
        yield from refused
        left = sum(map(len, hosts.values()))
        if left:
            yield from self._results(hosts, left, stop)

    def _results(
        self, hosts: dict[str, list[tuple[Request, Link]]], left: int, stop: Callable[[], bool]
    ) -> Iterator[Fetched]:
        current = self._call(self._begin(hosts))
        is_stopping = False
        try:
            while left:
                if not is_stopping and stop():
                    is_stopping = True
                    self._loop.call_soon_threadsafe(current.stop)
                try:
                    fetched = current.done.get(timeout=STOP_CHECK_S)
                except queue.Empty:
                    continue
                left -= 1
                if not self._is_closed:
                    self._loop.call_soon_threadsafe(current.taken, fetched)
                yield fetched
        finally:
            self._give_up(current)

    async def _begin(self, hosts: dict[str, list[tuple[Request, Link]]]) -> Round:
        current = Round(hosts, self._visit, self._settings.max_in_flight)
        self._rounds.add(current)
        current.start()
        return current

    def _give_up(self, current: Round) -> None:
        if self._is_closed:
            return
        finished = asyncio.run_coroutine_threadsafe(self._finish(current), self._loop)
        # The garbage collector may close a forgotten iterator on the loop's own thread.
        if threading.current_thread() is not self._thread:
            finished.result()

    async def _finish(self, current: Round) -> None:
        await current.cancel()
        self._rounds.discard(current)

    async def _visit(self, errand: Errand) -> Response:
        return await visit(errand, self._sender, self._robots)

    def _call(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def _by_host(
    requests: Iterable[Request],
) -> tuple[dict[str, list[tuple[Request, Link]]], list[Fetched]]:
    """The requests of each host name, in order, and those whose URL is refused outright."""
    hosts: dict[str, list[tuple[Request, Link]]] = {}
    refused = []
    for request in requests:
        link = _link_of(request)
        if isinstance(link, RowError):
            refused.append(Fetched(request, None, link))
        else:
            hosts.setdefault(link.host, []).append((request, link))
    return hosts, refused


def _link_of(request: Request) -> Link | RowError:
    try:
        return split_link(request.url)
    except RowError as error:
        return error
