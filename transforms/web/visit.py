"""A visit: from the URL that was asked for, through its redirects, to the answer."""

import asyncio
from http.cookies import SimpleCookie

from aiohttp import CookieJar
from yarl import URL

from schemas.errors import RowError
from transforms.web.errand import Errand
from transforms.web.exchange import Request, Response
from transforms.web.links import Link
from transforms.web.polite import Answer, PoliteSender
from transforms.web.robots_cache import RobotsCache
from transforms.web.statuses import REDIRECTS, charset_of, redirect_target

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
    request, link = errand.request, errand.link
    max_bytes = settings.max_page_bytes if request.kind == "page" else settings.max_feed_bytes
    fields = _fields(request)
    cookies: CookieJar | None = None
    errand.total_s = settings.total_timeout_s
    started: float | None = None
    seen: set[tuple[str, str]] = set()
    while True:
        errand.check()
        if link.host != errand.link.host:
            errand.has_left.set()
        if request.kind == "page":
            await robots.check(link)
            errand.check()
        started = started or loop.time()
        answer = await sender.send(errand, link, fields, max_bytes)
        if answer.status not in REDIRECTS:
            break
        seen.add((link.origin + link.target, fields.get("Cookie", "")))
        link = redirect_target(link, answer.status, answer.headers)
        if answer.cookies or cookies is not None:
            cookies = cookies or CookieJar()
            _keep(cookies, answer.cookies, link)
            fields = {**fields, "Cookie": _cookie_field(cookies, link)}
        if len(seen) > settings.max_redirects:
            raise _too_many(f"more than {settings.max_redirects} redirects", answer)
        if (link.origin + link.target, fields.get("Cookie", "")) in seen:
            raise _too_many(f"{link.origin}{link.target} comes up again", answer)
    return Response(
        url=request.url,
        final_url=request.url if not seen else link.origin + link.target,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        charset=charset_of(answer.headers),
        fetched_at=sender.clock(),
        duration_ms=round((loop.time() - started) * 1000),
    )


def _fields(request: Request) -> dict[str, str]:
    validators = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {"Accept": _ACCEPT[request.kind]} | {
        name: value for name, value in validators.items() if value and _may_be_sent(value)
    }


def _may_be_sent(validator: str) -> bool:
    """As it came, or not at all: a line end would forge a header."""
    return len(validator) <= MAX_VALIDATOR_CHARS and validator.isascii() and validator.isprintable()


def _keep(jar: CookieJar, cookies: SimpleCookie, link: Link) -> None:
    jar.update_cookies(cookies, URL(link.origin + link.target, encoded=True))


def _cookie_field(jar: CookieJar, link: Link) -> str:
    found = jar.filter_cookies(URL(link.origin + link.target, encoded=True))
    return "; ".join(f"{morsel.key}={morsel.coded_value}" for morsel in found.values())


def _too_many(detail: str, answer: Answer) -> RowError:
    return RowError("too_many_redirects", detail, http_status=answer.status)
