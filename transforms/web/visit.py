"""A visit: from the URL that was asked for, through its redirects, to the answer."""

import asyncio

from aiohttp import CookieJar
from yarl import URL

from schemas.errors import RowError
from transforms.web.errand import Errand
from transforms.web.exchange import Request, Response
from transforms.web.links import Link
from transforms.web.polite import Answer, PoliteSender
from transforms.web.robots_cache import RobotsCache
from transforms.web.statuses import PERMANENT, REDIRECTS, charset_of, redirect_target

MAX_VALIDATOR_CHARS = 4096
"""Longer validators are not sent back: servers refuse requests with such headers."""

_ACCEPT = {
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
}


async def visit(errand: Errand, sender: PoliteSender, robots: RobotsCache) -> Response:
    """Fetch the errand's URL. Raises: RowError.

    Every hop waits for its host's turn and passes the guard; a page's hops ask the robots.txt of
    their own host. Cookies live for this one visit: some sites only answer once they got back
    the cookie that they set with a redirect.
    """
    settings, loop = sender.settings, asyncio.get_running_loop()
    request = errand.request
    max_bytes = settings.max_page_bytes if request.kind == "page" else settings.max_feed_bytes
    trail = _Trail(errand.link, _fields(request), settings.max_redirects)
    errand.total_s = settings.total_timeout_s
    started: float | None = None
    while True:
        errand.check()
        if trail.link.host != errand.link.host:
            errand.has_left.set()
        if request.kind == "page":
            await robots.check(trail.link)
            errand.check()
        elif sender.hosts[trail.link.host].was_asked:
            await robots.learn(trail.link)  # the first request of a host breaks no Crawl-delay
            errand.check()
        started = started or loop.time()
        answer = await sender.send(errand, trail.link, trail.fields, max_bytes)
        if answer.status not in REDIRECTS:
            break
        trail.follow(answer)
    return Response(
        url=request.url,
        final_url=trail.link.origin + trail.link.target if trail.has_moved else request.url,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        charset=charset_of(answer.headers),
        fetched_at=sender.clock(),
        duration_ms=round((loop.time() - started) * 1000),
        moved_to=trail.moved_to,
    )


class _Trail:
    """Where a visit stands, with which header fields, and where it has been."""

    def __init__(self, link: Link, fields: dict[str, str], max_redirects: int) -> None:
        self.link = link
        self.fields = fields
        self.moved_to: str | None = None
        self._is_for_good = True
        self._max_redirects = max_redirects
        self._seen: set[tuple[str, str]] = set()
        self._cookies: CookieJar | None = None

    @property
    def has_moved(self) -> bool:
        return bool(self._seen)

    def follow(self, answer: Answer) -> None:
        """Go where a redirect leads. Raises: RowError("bad_redirect", "too_many_redirects")."""
        self._seen.add(self._place())
        sender = self.link
        self.link = redirect_target(sender, answer.status, answer.headers)
        self._is_for_good = self._is_for_good and answer.status in PERMANENT
        if self._is_for_good:
            self.moved_to = self.link.origin + self.link.target
        if answer.cookies and self._cookies is None:
            self._cookies = CookieJar()
        if self._cookies is not None:
            # They belong to the host that sent the redirect, not to the one it names.
            self._cookies.update_cookies(answer.cookies, _url(sender))
            self._show_cookies(self._cookies)
        if len(self._seen) > self._max_redirects:
            raise _too_many(f"more than {self._max_redirects} redirects", answer)
        if self._place() in self._seen:
            raise _too_many(f"{self._place()[0]} comes up again", answer)

    def _place(self) -> tuple[str, str]:
        """The same URL with other cookies is not the same place: some sites ask for them back."""
        return self.link.origin + self.link.target, self.fields.get("Cookie", "")

    def _show_cookies(self, jar: CookieJar) -> None:
        found = jar.filter_cookies(_url(self.link)).values()
        pairs = "; ".join(f"{morsel.key}={morsel.coded_value}" for morsel in found)
        others = {name: value for name, value in self.fields.items() if name != "Cookie"}
        self.fields = others | ({"Cookie": pairs} if pairs else {})


def _url(link: Link) -> URL:
    return URL(link.origin + link.target, encoded=True)


def _fields(request: Request) -> dict[str, str]:
    validators = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {"Accept": _ACCEPT[request.kind]} | {
        name: value for name, value in validators.items() if value and _may_be_sent(value)
    }


def _may_be_sent(validator: str) -> bool:
    """As it came, or not at all: a line end would forge a header."""
    return len(validator) <= MAX_VALIDATOR_CHARS and validator.isascii() and validator.isprintable()


def _too_many(detail: str, answer: Answer) -> RowError:
    return RowError("too_many_redirects", detail, http_status=answer.status)
