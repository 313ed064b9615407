"""A real web server on loopback that does what a test tells it, and clients that reach it."""

import asyncio
import inspect
import threading
import time
from types import SimpleNamespace

import pytest

from transforms.web import WebSettings, parse_allowed_host, parse_host_mapping
from transforms.web.client import Client


def reply(body=b"", status=200, *headers):
    """The bytes of an HTTP answer; headers are lines such as "ETag: x"."""
    lines = [f"HTTP/1.1 {status} X", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-enc")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Site:
    """Serves `routes`, by path.

    A route is the bytes of an answer, or a list of them (the last one stays), or a function of
    the request (may be async, and take a writer).
    """

    def __init__(self, routes):
        self.routes = {"/robots.txt": reply(status=404), **routes}
        self.seen, self.open_now, self.most_open = [], {}, 0
        self._tasks = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self.run(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    def paths(self, host=None):
        return [r.path for r in self.seen if host in {None, r.headers["host"]}]

    async def _serve(self, reader, writer):
        self._tasks.add(asyncio.current_task())  # one that waits for ever must not be collected
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                pairs = (line.split(": ", 1) for line in head[1:] if line)
                headers = {name.lower(): value for name, value in pairs}
                path = head[0].split(" ")[1]
                seen = SimpleNamespace(path=path, headers=headers, at=time.monotonic())
                self.seen.append(seen)
                host = headers["host"]
                self.open_now[host] = self.open_now.get(host, 0) + 1
                self.most_open = max(self.most_open, self.open_now[host])
                answer = await self._answer(seen, writer)
                self.open_now[host] -= 1
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # a cancelled handler must not look like a failed one to asyncio's streams
        finally:
            writer.close()

    async def _answer(self, seen, writer):
        route = self.routes.get(seen.path, self.routes.get("*", reply(status=404)))
        if isinstance(route, list):
            return route.pop(0) if len(route) > 1 else route[0]
        if callable(route):
            wants = len(inspect.signature(route).parameters)
            route = route(*(seen, writer)[:wants])
            if inspect.isawaitable(route):
                route = await route
        return route

    async def _shut(self):
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def close(self):
        self.run(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture(name="reply")
def _reply():
    return reply


@pytest.fixture
def serve():
    sites = []

    def start(routes):
        sites.append(Site(routes))
        return sites[-1]

    yield start
    for site in sites:
        site.close()


@pytest.fixture
def open_client():
    """A client for which each of `hosts` (port 80) is the site."""
    clients = []

    def start(site, *hosts, clock=None, **settings):
        names = hosts or ("a.example",)
        settings = {
            "resolve": tuple(parse_host_mapping(f"{h}:80:127.0.0.1:{site.port}") for h in names),
            "allow": (parse_allowed_host(f"127.0.0.1:{site.port}"),),
            "pace_s": 0.0,
            "backoff_s": 0.0,
        } | settings
        extra = {} if clock is None else {"clock": clock}
        clients.append(
            Client(WebSettings("Communique/0 (+mailto:t@x.example)", **settings), **extra)
        )
        return clients[-1]

    yield start
    for client in clients:
        client.close()


@pytest.fixture
def ends():
    """{path: code of the error, or status} of everything that a client makes of requests."""

    def of(client, *requests, **options):
        found = {}
        for fetched in client.fetch(requests, **options):
            path = "/" + fetched.request.url.split("/", 3)[3]
            assert path not in found
            found[path] = fetched.error.code if fetched.error else fetched.response.status
        return found

    return of
