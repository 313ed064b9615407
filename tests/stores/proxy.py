"""A proxy before an object store that answers as a network on a bad day does."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import contextmanager

from aiohttp import ClientSession, web
from yarl import URL

_NOT_PASSED_ON = {"connection", "expect", "keep-alive", "transfer-encoding", "date", "server"}


class Proxy:
    """Passes requests on. `swallow(method, path)`: the store does it, and nobody hears of it.

    `refuse(method, path)`: a 503, and the store does not do it. Both are asked before each request.
    """

    def __init__(self, store: str) -> None:
        self._store = store
        self.swallow: Callable[[str, str], bool] = lambda method, path: False
        self.refuse: Callable[[str, str], bool] = lambda method, path: False
        self.swallowed: list[str] = []
        self.refused = 0
        self.requests = 0

    async def _handle(self, request: web.Request) -> web.Response:
        self.requests += 1
        method, path = request.method, request.path_qs
        body = await request.read()
        if self.refuse(method, path):
            self.refused += 1
            return web.Response(status=503, body=b"<Error><Code>SlowDown</Code></Error>")
        headers = {k: v for k, v in request.headers.items() if k.lower() not in _NOT_PASSED_ON}
        url = URL(self._store + request.raw_path, encoded=True)
        asked = self._session.request(method, url, headers=headers, data=body)
        async with asked as answer:
            answered = await answer.read()
        if answer.status == 200 and self.swallow(method, path):
            self.swallowed.append(f"{method} {path}")
            request.transport.abort()
        kept = {k: v for k, v in answer.headers.items() if k.lower() not in _NOT_PASSED_ON}
        return web.Response(status=answer.status, body=answered, headers=kept)

    async def _serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        async with ClientSession(auto_decompress=False) as self._session:
            ready.set()
            await stop.wait()
            await runner.cleanup()

    @contextmanager
    def served(self):
        loop, ready = asyncio.new_event_loop(), threading.Event()
        stop = asyncio.Event()
        thread = threading.Thread(target=loop.run_until_complete, args=[self._serve(ready, stop)])
        thread.start()
        assert ready.wait(30)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(30)
            loop.close()
