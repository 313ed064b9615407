"""One HTTP exchange: a GET and its answer, within limits, every fault with its code."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie

import aiohttp
from yarl import URL

from schemas.errors import RowError
from transforms.web.coding import Decoder
from transforms.web.faults import MAX_HEADER_FIELDS, fault_of
from transforms.web.guard import Guard
from transforms.web.links import Link
from transforms.web.settings import WebSettings


class Incoming:
    """An answer whose headers are here and whose body is not."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.status = response.status
        self.headers = _plain_headers(response)

    @property
    def cookies(self) -> SimpleCookie:
        """The cookies that the answer sets."""
        return self._response.cookies

    async def read(self, max_bytes: int) -> bytes:
        """The decoded body. Raises: RowError("too_large", "bad_encoding", "truncated", ...)."""
        decoder = Decoder(self.headers.get("content-encoding", ""), max_bytes)
        async for chunk in self._response.content.iter_any():
            decoder.feed(chunk)
        return decoder.finish()


class Wire:
    """The only place from which requests leave. Made and used on one event loop."""

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings
        self._guard = Guard(settings.resolve, settings.allow)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # the client counts by itself, before a host's turn is used up
                resolver=self._guard,
                socket_factory=self._guard.connect,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": settings.user_agent.strip(), "Accept-Encoding": "gzip"},
            auto_decompress=False,
            trust_env=False,
            max_line_size=settings.max_header_bytes,
            max_field_size=settings.max_header_bytes,
            max_headers=MAX_HEADER_FIELDS,
        )
        # aiohttp repeats a GET at once when the server hangs up; a repeat has to wait its turn.
        self._session._retry_connection = False  # noqa: SLF001  no public switch in 3.14

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()
        await self._guard.close()

    @asynccontextmanager
    async def open(
        self, link: Link, fields: Mapping[str, str], total_s: float
    ) -> AsyncIterator[Incoming]:
        """Send a GET; inside the block the body may be read. The connection goes with the block.

        `total_s` holds for the block as a whole.
        Raises: RowError, with a code for every way in which this can fail.
        """
        self._guard.aim(link)
        settings, incoming = self._settings, None
        timeout = aiohttp.ClientTimeout(
            total=max(total_s, 0.001),  # 0 would mean no limit
            connect=settings.connect_timeout_s,
            sock_connect=settings.connect_timeout_s,
            sock_read=settings.idle_timeout_s,
        )
        url = URL(link.origin + link.target, encoded=True)
        try:
            async with self._session.get(
                url, headers=fields, timeout=timeout, allow_redirects=False
            ) as response:
                incoming = Incoming(response)
                self._check_size(response)
                yield incoming
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise fault_of(error, incoming.status if incoming else None, total_s) from error

    def _check_size(self, response: aiohttp.ClientResponse) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in response.raw_headers)
        if size > self._settings.max_header_bytes:
            raise RowError(
                "headers_too_large",
                f"the header section has {size} bytes; "
                f"the limit is {self._settings.max_header_bytes}",
            )


def _plain_headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    """Lower-case names, repeated fields joined (RFC 9110, section 5.3), no lone surrogates."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.raw_headers:
        name = raw_name.decode("latin-1").lower()
        if name == "set-cookie":
            continue
        try:
            value = raw_value.decode("utf-8")
        except UnicodeDecodeError:
            value = raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
