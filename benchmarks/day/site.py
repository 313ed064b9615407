"""Loopback hosts whose feeds change, with answers that fail, break off or come late."""

import hashlib
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from benchmarks.streaming.press import feed, page

HOSTS = tuple(
    f"{name}.example" for name in ("ministry", "gazette", "courier", "herald", "observer")
)
ERRORS = 0.02
"""Share of answers that fail: a 503, a 404, half of what was promised, or nothing at all."""
SLOW = 0.03
SLOW_S = 1.5
WINDOW = 40
"""Stories that a feed offers."""


class Site(ThreadingHTTPServer):
    """The hosts, told apart by the Host header. Each poll of a feed finds 0 to 3 more stories."""

    daemon_threads = True

    def __init__(self, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seed, self.started = seed, datetime.now(timezone.utc)
        self.published = dict.fromkeys(HOSTS, 10)
        self.answers: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def urls(self) -> set[str]:
        """The address of every story that a feed has offered."""
        return {
            f"http://{host}/{n}" for host, count in self.published.items() for n in range(count)
        }

    def chance(self, *of: object) -> float:
        """A number from 0 to 1 that depends on the seed and `of` alone."""
        digest = hashlib.blake2b(repr((self.seed, of)).encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") / 2**64

    def feed_of(self, host: str, asked: int) -> bytes:
        with self._lock:
            self.published[host] += int(4 * self.chance(host, asked, "news"))
            count = self.published[host]
        dates = range(max(0, count - WINDOW), count)
        times = {n: (self.started + timedelta(seconds=n)).timestamp() for n in dates}
        return feed(host, times, WINDOW).encode()

    def counted(self, what: str) -> int:
        with self._lock:
            self.answers[what] += 1
            return self.answers[what]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self) -> None:
        site, host = self.server, self.headers.get("Host", "").partition(":")[0]
        asked = site.counted(f"{host}{self.path}")
        site.counted("all")
        if site.chance(host, self.path, asked, "slow") < SLOW:
            site.counted("slow")
            time.sleep(SLOW_S * site.chance(host, self.path, asked, "how slow"))
        broken = site.chance(host, self.path, asked, "error") / ERRORS
        if broken < 1:
            site.counted("errors")
            self._break(int(broken * 4))
        elif self.path == "/feed":
            self._send(200, "application/rss+xml", site.feed_of(host, asked))
        elif self.path[1:].isdigit():
            self._send(200, "text/html", page(host, int(self.path[1:])).encode())
        else:
            self._send(404, "text/plain", b"no such page")

    def _break(self, how: int) -> None:
        self.close_connection = how > 1
        if how < 2:
            self._send((503, 404)[how], "text/plain", b"not now")
        elif how == 2:
            self._send(200, "text/html", b"<p>" + bytes(500), promised=5_000)

    def _send(self, status: int, kind: str, body: bytes, promised: int = 0) -> None:
        etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(promised or len(body)))
        if status in {200, 304}:
            self.send_header("ETag", etag)
        self.end_headers()
        with suppress(OSError):  # the client was quicker
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""
