"""Turns at a host: one request at a time, with a pause between two."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Host:
    """What the client remembers of one host name. All times are those of the event loop, in s."""

    def __init__(self, quiet_until: float) -> None:
        self.next_at = quiet_until
        """No request before this time."""
        self.crawl_delay_s = 0.0
        self.was_asked = False
        self.rests_until = 0.0
        """After a 429 with a long Retry-After: requests before this time are not sent at all."""
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, room: asyncio.Semaphore | None) -> AsyncIterator[None]:
        """Wait until the host is free and due, and until there is room for the answer; hold it.

        `room` is taken and left to the caller to give back. It is never waited for while the host
        is held: whoever has to make the room may himself be waiting for this host.
        """
        loop = asyncio.get_running_loop()
        while True:
            async with self._turn:
                # It may grow meanwhile: another fetch backs off, or a Crawl-delay becomes known.
                while (wait := self.next_at - loop.time()) > 0:  # noqa: ASYNC110
                    await asyncio.sleep(wait)
                if room is None or not room.locked():
                    if room is not None:
                        await room.acquire()  # at once
                    yield
                    return
            await room.acquire()
            if not self._turn.locked() and self.next_at <= loop.time():
                async with self._turn:
                    yield
                    return
            room.release()

    def paused(self, pace_s: float, now: float) -> None:
        """Count the pause from `now`, when the host is known to have seen the last request."""
        self.was_asked = True
        self.next_at = max(self.next_at, now + max(pace_s, self.crawl_delay_s))

    def slowed(self, crawl_delay_s: float, now: float) -> None:
        """Keep this Crawl-delay from now on; the request before was sent without knowing it."""
        self.crawl_delay_s = crawl_delay_s
        self.next_at = max(self.next_at, now + crawl_delay_s)


class Hosts:
    """The hosts of one client, by name. A host is forgotten never: a name and a few numbers."""

    def __init__(self, quiet_until: float) -> None:
        self._quiet_until = quiet_until
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, name: str) -> Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(self._quiet_until)
        return host
