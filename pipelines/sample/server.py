"""The server of the sample site: all hosts on one loopback port, told apart by the Host header."""

import gzip
import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import as_file
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.sample.answers import Answer, not_found, site_answers
from pipelines.sample.stories import PACKAGE, load_outlets

SLOW_S = 1.0
"""Seconds that the slow page waits, unless told otherwise."""


class Requested(NamedTuple):
    """One request that the site answered. `path` holds the query, if there was one."""

    host: str
    path: str
    status: int


class SampleSite:
    """The sample site, while `serve()` is open.

    `slow_s` is what the slow page waits, in seconds; without `outage` the page that fails with 503
    is there. `port`, `feeds_file` (CSV: url,name,country,language,kind), `mappings` (for
    `--resolve`) and `allow` (for `--allow-host`) have values as long as the site is served.
    """

    feeds_file: Path
    port: int

    def __init__(self, *, slow_s: float = SLOW_S, outage: bool = True) -> None:
        if slow_s < 0:
            raise ValueError(f"slow_s must not be negative, got {slow_s}")
        self.slow_s = slow_s
        self.outage = outage
        self._requests: list[Requested] = []

    @property
    def allow(self) -> str:
        """The one private address to let through: `127.0.0.1:PORT`."""
        return f"127.0.0.1:{self.port}"

    @property
    def mappings(self) -> list[str]:
        """`HOST:80:127.0.0.1:PORT` for each of the six hosts."""
        return [f"{outlet.host}:80:127.0.0.1:{self.port}" for outlet in load_outlets()]

    @property
    def requests(self) -> list[Requested]:
        """The requests answered so far, in the order of their answers."""
        return list(self._requests)

    @contextmanager
    def serve(self) -> Iterator["SampleSite"]:
        """Serve the site on a free port of 127.0.0.1 until the context ends."""
        with ExitStack() as stack:
            self.feeds_file = stack.enter_context(as_file(PACKAGE / "feeds.csv"))
            answers = site_answers(outage=self.outage)
            server = stack.enter_context(_Server(answers, self.slow_s, self._requests))
            self.port = server.server_address[1]
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="sample-site")
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()
                server.hang_up()


class _Server(ThreadingHTTPServer):
    """A thread a connection. Closing waits for them all, once their clients were hung up on."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(
        self, answers: dict[tuple[str, str], Answer], slow_s: float, requests: list[Requested]
    ) -> None:
        self.answers = answers
        self.slow_s = slow_s
        self.requests = requests
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""

    def hang_up(self) -> None:
        """End the connections that clients keep alive, and the waiting of the slow page."""
        self.closing.set()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):  # the client was quicker
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # header and body leave in one segment

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        answer = self._find(host)
        if answer.slow:
            self.server.closing.wait(self.server.slow_s)
        etag = _etag(answer.body)
        status = 304 if answer.status == 200 and self._is_current(answer, etag) else answer.status
        self.server.requests.append(Requested(host, self.path, status))
        self.send_response_only(status)  # without Server and Date: the same bytes in every run
        if answer.status == 200:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", _http_date(answer))
        self._send_rest(answer, status)

    do_HEAD = do_GET  # noqa: N815 - name that the base class looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - name of the base class
        """`SampleSite.requests` has it."""

    def _find(self, host: str) -> Answer:
        answers = self.server.answers
        path, _, _ = self.path.partition("?")  # no page here depends on its query
        return answers.get((host, path)) or not_found(host)

    def _is_current(self, answer: Answer, etag: str) -> bool:
        """True if the client has this answer. RFC 9110, 13.2.2: the ETag goes before the date."""
        offered = self.headers.get("If-None-Match")
        if offered is not None:
            return etag in [tag.strip() for tag in offered.split(",")]
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:  # RFC 9110, 13.1.3: what is no date is ignored
            return False
        return since.tzinfo is not None and answer.last_modified <= since

    def _send_rest(self, answer: Answer, status: int) -> None:
        body = b"" if status == 304 else answer.body
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _gzipped(body)
            self.send_header("Content-Encoding", "gzip")
        if answer.location:
            self.send_header("Location", answer.location)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@lru_cache(maxsize=256)
def _etag(body: bytes) -> str:
    """A weak one: plain and gzipped answers share it."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'


@lru_cache(maxsize=256)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _http_date(answer: Answer) -> str:
    return format_datetime(answer.last_modified, usegmt=True)
