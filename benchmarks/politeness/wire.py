"""The network of the simulation: answers as the world would, and watches every request."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from http.cookies import SimpleCookie

from benchmarks.politeness.clock import SimulatedLoop
from benchmarks.politeness.world import Episode, Host, SimulatedFeed, active
from schemas.errors import RowError
from transforms.web.links import Link

DAY_S = 86_400.0


@dataclass
class Watch:
    """What the watched hosts saw of one client."""

    requests: Counter[str] = field(default_factory=Counter)
    """By kind: feed, page, robots."""
    answers: Counter[str] = field(default_factory=Counter)
    violations: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    most_in_flight: int = 0
    by_host: Counter[str] = field(default_factory=Counter)
    by_hour: Counter[int] = field(default_factory=Counter)

    def violation(self, what: str, at_s: float, url: str, detail: str) -> None:
        """Count one, and keep the first few to look at."""
        self.violations[what] += 1
        if len(self.examples) < 20:
            self.examples.append(f"{what} at {at_s:.1f} s: {url} ({detail})")


@dataclass
class _Seen:
    """What a host remembers of the client."""

    in_flight: int = 0
    last_s: float = -1e9
    knows_delay: bool = False
    limited_until: float = 0.0
    busy_until: dict[str, float] = field(default_factory=dict)
    fresh_until: dict[str, float] = field(default_factory=dict)


class Incoming:
    """An answer, as `transforms.web.wire.Incoming` is one."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.status = status
        self.headers = headers
        self.cookies = SimpleCookie()
        self._body = body

    async def read(self, _max_bytes: int) -> bytes:
        """The body, which is here already."""
        return self._body


class SimulatedWire:
    """Stands where `transforms.web.wire.Wire` stands."""

    def __init__(self, loop: SimulatedLoop, feeds: list[SimulatedFeed]) -> None:
        self.watch = Watch()
        self._loop = loop
        self._feeds = {feed.url: feed for feed in feeds}
        self._hosts = {feed.host.name: feed.host for feed in feeds}
        self._seen = {name: _Seen() for name in self._hosts}

    @asynccontextmanager
    async def open(
        self, link: Link, fields: Mapping[str, str], _total_s: float
    ) -> AsyncIterator[Incoming]:
        """Half of the latency to get there, half to get back."""
        host, seen = self._hosts[link.host], self._seen[link.host]
        seen.in_flight += 1
        self.watch.most_in_flight = max(self.watch.most_in_flight, seen.in_flight)
        try:
            if active(host.outages, self._loop.now_s):
                self.watch.answers["no connection"] += 1
                await asyncio.sleep(5.0)
                raise RowError("connect_timeout", "no connection within the limit")
            await asyncio.sleep(host.latency_s / 2)
            answer = self._answer(host, seen, link, fields)
            self.watch.answers[str(answer.status)] += 1
            await asyncio.sleep(host.latency_s / 2)
            yield answer
        finally:
            seen.in_flight -= 1

    def _answer(self, host: Host, seen: _Seen, link: Link, fields: Mapping[str, str]) -> Incoming:
        now_s, url = self._loop.now_s, link.origin + link.target
        robots = link.path == "/robots.txt"
        feed = self._feeds.get(url.replace("/moved/", "/feeds/"))
        self._check(host, seen, url, feed, robots=robots)
        limit = active(host.limits, now_s)
        if limit is not None:
            text, until = self._retry_after(limit)
            seen.limited_until = max(seen.limited_until, until)
            return Incoming(429, {"retry-after": text} if text else {})
        if robots:
            seen.knows_delay = True
            rules = f"User-agent: *\nDisallow: {host.forbids}\n" if host.forbids else ""
            delay = f"Crawl-delay: {host.crawl_delay_s}\n" if host.crawl_delay_s else ""
            return Incoming(200, {}, f"User-agent: *\n{delay}{rules}".encode())
        if feed is None:
            return Incoming(200, {"content-type": "text/html"}, b"<p>page</p>")
        return self._document(feed, seen, url, fields)

    def _document(
        self, feed: SimulatedFeed, seen: _Seen, url: str, fields: Mapping[str, str]
    ) -> Incoming:
        now_s = self._loop.now_s
        if feed.gone:
            return Incoming(410, {})
        busy = active(feed.busy, now_s)
        if busy is not None:
            text, until = self._retry_after(busy)
            seen.busy_until[feed.url] = until
            return Incoming(503, {"retry-after": text} if text else {})
        if feed.moved and "/moved/" not in url:
            return Incoming(301, {"location": url.replace("/feeds/", "/moved/")})
        headers = self._headers(feed)
        seen.fresh_until[feed.url] = now_s + feed.fresh_s
        first, end = feed.shown(now_s)
        tag = f'"{first}-{end}"'
        if feed.validator:
            headers[feed.validator] = tag
        if tag in {fields.get("If-None-Match"), fields.get("If-Modified-Since")}:
            return Incoming(304, headers)
        return Incoming(200, headers, f"{feed.number} {first} {end}".encode())

    def _headers(self, feed: SimulatedFeed) -> dict[str, str]:
        headers = dict(feed.headers)
        if "expires" in headers:
            now = self._loop.now
            headers["date"] = format_datetime(now, usegmt=True)
            headers["expires"] = format_datetime(now + timedelta(seconds=feed.fresh_s), usegmt=True)
        return headers

    def _retry_after(self, episode: Episode) -> tuple[str, float]:
        """(header, until when it forbids requests), cut to a day as the client says it does."""
        now_s = self._loop.now_s
        left = max(1, int(episode.end - now_s))
        if episode.retry_after == "seconds":
            return str(left), now_s + left
        if episode.retry_after == "date":
            at = self._loop.now.replace(microsecond=0) + timedelta(seconds=left)
            return format_datetime(at, usegmt=True), now_s + (at - self._loop.now).total_seconds()
        if episode.retry_after == "year9999":
            return "Fri, 31 Dec 9999 23:59:59 GMT", now_s + DAY_S
        return ("a while", 0.0) if episode.retry_after == "garbage" else ("", 0.0)

    def _check(
        self, host: Host, seen: _Seen, url: str, feed: SimulatedFeed | None, *, robots: bool
    ) -> None:
        """Count the request, and what it breaks of all that was asked for before it."""
        watch, now_s = self.watch, self._loop.now_s
        watch.requests["robots" if robots else "page" if feed is None else "feed"] += 1
        watch.by_host[host.name] += 1
        watch.by_hour[int(now_s // 3600)] += 1
        gap_s = now_s - seen.last_s
        if now_s < seen.limited_until - 1e-6:
            watch.violation("429 Retry-After", now_s, url, f"until {seen.limited_until:.1f}")
        if feed is not None and now_s < seen.busy_until.get(feed.url, 0.0) - 1e-6:
            watch.violation("503 Retry-After", now_s, url, f"until {seen.busy_until[feed.url]:.1f}")
        if feed is not None and now_s < seen.fresh_until.get(feed.url, 0.0) - 1e-6:
            watch.violation("max-age", now_s, url, f"until {seen.fresh_until[feed.url]:.1f}")
        if host.forbids and f"{host.name}{host.forbids}" in url:
            watch.violation("disallowed", now_s, url, host.forbids)
        if not robots:  # asking for the rules is not crawling
            if gap_s < host.crawl_delay_s - 1e-6:
                known = "" if seen.knows_delay else " (robots.txt not asked yet)"
                watch.violation(f"crawl-delay{known}", now_s, url, f"gap {gap_s:.1f} s")
            if gap_s < 1.0 - 1e-6:
                watch.violation("pace", now_s, url, f"gap {gap_s:.2f} s")
            seen.last_s = now_s
