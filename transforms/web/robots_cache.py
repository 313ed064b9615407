"""robots.txt of every origin: asked for once, when its first page is wanted."""

import asyncio
from typing import NamedTuple

from schemas.errors import RowError
from transforms.web.errand import Errand
from transforms.web.exchange import Request
from transforms.web.links import Link
from transforms.web.polite import PoliteSender
from transforms.web.robots import MAX_AGE_S, MAX_ROBOTS_BYTES, UNREACHABLE_AGE_S, Rules
from transforms.web.statuses import REDIRECTS, redirect_target

_FIELDS = {"Accept": "text/plain, */*;q=0.5"}

_SAME_FOR_PAGES = frozenset(
    {"address_denied", "dns_failed", "connect_failed", "connect_timeout", "tls_failed", "http_429"}
)
"""Failures that every page of the host would meet as well: they keep their name."""


class _Copy(NamedTuple):
    expires_at: float
    verdict: Rules | RowError


class RobotsCache:
    """Rules by origin (scheme, host and port), kept for up to 24 hours."""

    def __init__(self, sender: PoliteSender) -> None:
        self._sender = sender
        self._copies: dict[str, _Copy] = {}
        self._asking: dict[str, asyncio.Task[_Copy]] = {}

    async def check(self, link: Link) -> None:
        """Raises: RowError("robots_denied", "robots_unreachable"), or what kept us from asking."""
        verdict = await self._verdict(link)
        if isinstance(verdict, RowError):
            # A new one each time: an exception that is raised twice grows its traceback.
            raise RowError(verdict.code, verdict.detail, verdict.http_status, verdict.retry_after_s)
        if not verdict.allows(link):
            raise RowError("robots_denied", f"robots.txt of {link.origin} forbids {link.target}")

    async def learn(self, link: Link) -> None:
        """Ask for the Crawl-delay of the host, whatever its rules: a feed needs no permission."""
        await self._verdict(link)

    async def _verdict(self, link: Link) -> Rules | RowError:
        loop = asyncio.get_running_loop()
        copy = self._copies.get(link.origin)
        if copy is None or copy.expires_at <= loop.time():
            task = self._asking.get(link.origin)
            if task is None:
                task = self._asking[link.origin] = loop.create_task(self._ask(link))
                task.add_done_callback(lambda _: self._asking.pop(link.origin))
            # Shielded: another fetch may wait for the same file when this one is given up.
            copy = self._copies[link.origin] = await asyncio.shield(task)
        return copy.verdict

    async def _ask(self, link: Link) -> _Copy:
        verdict: Rules | RowError
        target = link._replace(path="/robots.txt", query="", fragment="")
        errand = Errand(Request(target.origin + target.path, kind="feed"), target)
        try:
            verdict = await self._fetch(errand)
        except RowError as error:
            verdict = _of_failure(error, link, has_moved=errand.link.host != link.host)
        if isinstance(verdict, Rules):
            now = asyncio.get_running_loop().time()
            self._sender.hosts[link.host].slowed(verdict.crawl_delay_s, now)
        age_s = MAX_AGE_S if isinstance(verdict, Rules) else UNREACHABLE_AGE_S
        return _Copy(asyncio.get_running_loop().time() + age_s, verdict)

    async def _fetch(self, errand: Errand) -> Rules:
        settings = self._sender.settings
        errand.total_s = settings.total_timeout_s
        for _ in range(settings.max_redirects + 1):
            # Ten times what is parsed: large files are cut, endless ones are refused.
            answer = await self._sender.send(errand, errand.link, _FIELDS, 10 * MAX_ROBOTS_BYTES)
            if answer.status not in REDIRECTS:
                return Rules(answer.body)
            errand.link = redirect_target(errand.link, answer.status, answer.headers)
        raise RowError("too_many_redirects", "robots.txt is redirected without end")

    async def close(self) -> None:
        """Give up the questions that are still open."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _of_failure(error: RowError, link: Link, *, has_moved: bool) -> Rules | RowError:
    """What no robots.txt means (RFC 9309, section 2.3.1).

    "Unavailable" (4xx, no usable redirect) allows everything, "unreachable" (5xx, no or a broken
    answer) nothing. 429 counts as unreachable: it says nothing on what is allowed.
    """
    if error.code in _SAME_FOR_PAGES and not has_moved:
        return error
    status = error.http_status or 0
    is_unavailable = 400 <= status < 500 and error.code == f"http_{status}"
    if is_unavailable or error.code in {"too_many_redirects", "bad_redirect", "bot_wall"}:
        return Rules()
    return RowError(
        "robots_unreachable",
        f"robots.txt of {link.origin}: {error}",
        error.http_status,
        error.retry_after_s,
    )
