"""Three hosts on loopback that publish a story now and then, for ever."""

import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

HOSTS = ("ministry.example", "gazette.example", "courier.example")
WINDOW_S = 120.0
"""A feed offers the stories of so many seconds. A restart takes 5, under load 20 and more, and what
a feed drops before anybody could see it is nobody's to keep."""

SENTENCE = "Envoys of the two states met in the capital on day {n} and agreed on article {n}. "


class Press:
    """What was published so far: (host, number) -> the time, while `is_open`."""

    def __init__(self, gap_s: float) -> None:
        self.gap_s = gap_s
        self.window = max(1, int(WINDOW_S / gap_s))
        self.started = time.time()
        self.closed: float | None = None

    def published(self, host: str) -> list[tuple[int, float]]:
        """(number, time) of the stories of a host, oldest first; hosts take turns."""
        first = self.started + HOSTS.index(host) * self.gap_s / len(HOSTS)
        until = self.closed or time.time()
        count = max(0, int((until - first) / self.gap_s) + 1)
        return [(n, first + n * self.gap_s) for n in range(count)]

    def urls(self) -> set[str]:
        """The address of every story."""
        return {f"http://{host}/{n}" for host in HOSTS for n, _ in self.published(host)}


class Handler(BaseHTTPRequestHandler):
    """Feed, pages, and no robots.txt."""

    protocol_version = "HTTP/1.1"
    press: Press
    asked: ClassVar[Counter] = Counter()

    def do_GET(self) -> None:
        """Answer from the press."""
        host = self.headers.get("Host", "").partition(":")[0]
        stories = dict(self.press.published(host)) if host in HOSTS else {}
        name = self.path.strip("/")
        self.asked[(host, name)] += 1
        if name == "feed":
            self._send(200, "application/rss+xml", feed(host, stories, self.press.window))
        elif name.isdigit() and int(name) in stories:
            self._send(200, "text/html", page(host, int(name)))
        else:
            self._send(404, "text/plain", "no such page")

    def _send(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # the client was killed
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def feed(host: str, stories: dict[int, float], window: int) -> str:
    """An RSS document of the newest stories."""
    items = "".join(
        f"<item><title>Talks {n} at {host}</title><link>http://{host}/{n}</link>"
        f"<guid>http://{host}/{n}</guid><pubDate>"
        f"{format_datetime(datetime.fromtimestamp(at, timezone.utc), usegmt=True)}</pubDate></item>"
        for n, at in list(stories.items())[-window:]
    )
    return f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'


def page(host: str, number: int) -> str:
    """A page whose text is its own, so that it is no copy of another one."""
    paragraphs = "".join(
        f"<p>{SENTENCE.format(n=number * 100 + i)}{host} reports from hall {number * 7 + i}.</p>"
        for i in range(12)
    )
    title = f"Talks {number} at {host}"
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><h1>{title}</h1>{paragraphs}</body></html>"
