"""The polite sender: turns, pauses, rests and repeats around single exchanges."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import NamedTuple

from schemas.errors import RowError
from transforms.web.errand import Errand
from transforms.web.links import Link
from transforms.web.pace import Host, Hosts
from transforms.web.retry import PATIENCE_S, backoff_s, is_worth_another_try
from transforms.web.settings import WebSettings
from transforms.web.statuses import content_type_error, status_error
from transforms.web.wire import Incoming, Wire


class Answer(NamedTuple):
    """A complete answer that is a success, a redirect, or a 304 that was asked for."""

    status: int
    headers: dict[str, str]
    cookies: SimpleCookie
    body: bytes


class PoliteSender:
    """Sends requests one at a time to a host, and again where that may help."""

    def __init__(
        self,
        settings: WebSettings,
        wire: Wire,
        hosts: Hosts,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self.settings = settings
        self.hosts = hosts
        self.clock = clock
        self._wire = wire
        self._jitter = jitter
        self._slots = asyncio.Semaphore(settings.max_in_flight)

    async def send(
        self, errand: Errand, link: Link, fields: Mapping[str, str], max_bytes: int
    ) -> Answer:
        """GET `link` in the host's turn, up to `tries` times.

        An answer with a body keeps the errand's room taken; whoever takes the body gives it back.
        Raises: RowError.
        """
        host = self.hosts[link.host]
        tries = 0
        while True:
            self._refuse_if_resting(host, link)
            try:
                return await self._send_once(errand, host, link, fields, max_bytes)
            except RowError as error:
                tries += 1
                self._prepare_repeat(error, errand, host, tries)

    def _prepare_repeat(self, error: RowError, errand: Errand, host: Host, tries: int) -> None:
        """Let the host rest before the next try. Raises: the error, if there is to be none."""
        now = asyncio.get_running_loop().time()
        wait_s = error.retry_after_s
        if error.code == "http_429" and wait_s is not None and wait_s > PATIENCE_S:
            host.rests_until = max(host.rests_until, now + wait_s)
        if tries >= self.settings.tries or not is_worth_another_try(error.code):
            raise error
        if wait_s is not None and wait_s > PATIENCE_S:
            raise error
        errand.check()
        if wait_s is None:
            wait_s = backoff_s(self.settings.backoff_s, tries, self._jitter())
        host.next_at = max(host.next_at, now + wait_s)
        errand.total_s = self.settings.total_timeout_s

    async def _send_once(
        self, errand: Errand, host: Host, link: Link, fields: Mapping[str, str], max_bytes: int
    ) -> Answer:
        loop = asyncio.get_running_loop()
        keeps_room = False
        async with host.turn(errand.room):
            try:
                self._refuse_if_resting(host, link)
                async with self._slots:
                    errand.is_sending = True
                    started = loop.time()
                    try:
                        answer = await self._exchange(errand, host, link, fields, max_bytes)
                    finally:
                        errand.is_sending = False
                        errand.total_s -= loop.time() - started
                keeps_room = bool(answer.body)
                return answer
            finally:
                if errand.room is not None and not keeps_room:
                    errand.room.release()

    async def _exchange(
        self, errand: Errand, host: Host, link: Link, fields: Mapping[str, str], max_bytes: int
    ) -> Answer:
        loop = asyncio.get_running_loop()
        pause_from: float | None = None
        is_sent = True
        try:
            async with self._wire.open(link, fields, errand.total_s) as incoming:
                # From here on the host has surely seen the request, however long it took to it.
                pause_from = loop.time()
                body = await self._body(incoming, errand, fields, max_bytes)
                return Answer(incoming.status, incoming.headers, incoming.cookies, body)
        except RowError as error:
            is_sent = error.code != "address_denied"
            raise
        finally:
            if is_sent:
                host.paused(self.settings.pace_s, pause_from or loop.time())

    async def _body(
        self, incoming: Incoming, errand: Errand, fields: Mapping[str, str], max_bytes: int
    ) -> bytes:
        is_conditional = "If-None-Match" in fields or "If-Modified-Since" in fields
        error = status_error(
            incoming.status, incoming.headers, self.clock(), is_conditional=is_conditional
        )
        if error is None and 200 <= incoming.status < 300:
            if errand.request.kind == "page":
                error = content_type_error(incoming.status, incoming.headers)
            if error is None:
                return await incoming.read(max_bytes)
        if error is not None:
            raise error
        return b""

    def _refuse_if_resting(self, host: Host, link: Link) -> None:
        left_s = host.rests_until - asyncio.get_running_loop().time()
        if left_s > 0:
            until = self.clock() + timedelta(seconds=left_s)
            raise RowError(
                "http_429",
                f"not sent: {link.host} asked to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC",
                retry_after_s=left_s,
            )
