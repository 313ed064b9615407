"""Finding the feeds of a site: the page, what it links to, and where feeds usually are."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from pipelines.feed_check import Checked, check
from schemas.feed import Feed
from transforms.discovery import Candidate, feed_links, guesses, sitemaps_in, unique
from transforms.web import Request, Response, decode_body, split_link
from transforms.web.client import Client

MAX_SITEMAPS = 5
"""Sitemaps of a robots.txt that are read, those of news first: the others are archives."""


class Found(NamedTuple):
    """A feed of the site, why it was looked for, and what it shows."""

    candidate: Candidate
    checked: Checked


def find_feeds(client: Client, url: str, now: datetime, *, thorough: bool = False) -> list[Found]:
    """The feeds of the site at `url`: itself, those it names, and its news sitemaps.

    Well-known addresses are tried where the page names none, or if `thorough`. Every address that
    the site does not announce as a feed is asked for only if robots.txt allows it.
    Raises: RowError if the page cannot be fetched.
    """
    (page,) = client.fetch([Request(url)])
    if page.response is None:
        assert page.error is not None
        raise page.error
    itself = check(Feed(url), page, now)
    if not itself.is_dead:
        return [Found(Candidate(url, "itself"), itself)]
    base = page.response.final_url
    named = feed_links(_text(page.response), base)
    sitemaps = _sitemaps(client, base)[:MAX_SITEMAPS]
    found = list(_alive(client, unique([*named, *sitemaps]), now))
    if thorough or not any(f.candidate.found_by != "sitemap" for f in found):
        known = {candidate.url for candidate in named}
        more = [c for c in guesses(base) if c.url not in known]
        found += [f for f in _alive(client, more, now) if f.checked.url not in _urls(found)]
    return found


def _urls(found: Iterable[Found]) -> set[str]:
    return {one.checked.url for one in found}


def _sitemaps(client: Client, base: str) -> list[Candidate]:
    robots = split_link(base).origin + "/robots.txt"
    (fetched,) = client.fetch([Request(robots, kind="feed")])
    return sitemaps_in(_text(fetched.response)) if fetched.response is not None else []


def _alive(client: Client, candidates: Iterable[Candidate], now: datetime) -> Iterator[Found]:
    """Those that can be read, in order. Different addresses of one document count once."""
    listed = list(candidates)
    requests = [
        Request(c.url, kind="feed" if c.found_by == "link" else "page", tag=position)
        for position, c in enumerate(listed)
    ]
    ends = sorted(client.fetch(requests), key=lambda fetched: fetched.request.tag)
    documents: set[bytes] = set()
    for candidate, fetched in zip(listed, ends, strict=True):
        checked = check(Feed(candidate.url), fetched, now)
        if checked.is_dead or fetched.response is None or fetched.response.body in documents:
            continue
        documents.add(fetched.response.body)
        yield Found(candidate, checked)


def _text(response: Response) -> str:
    return decode_body(response.body, response.charset)
