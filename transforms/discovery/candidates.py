"""Addresses at which a site may keep its feeds, in the order in which they are worth a try."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from schemas.errors import RowError
from transforms.web import resolve_link, split_link

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
    }
)
"""Types of `<link rel="alternate">` that may be a feed (RSS Advisory Board, RSS autodiscovery;
JSON Feed 1.1). `application/json` is also what APIs announce: the document decides."""

WELL_KNOWN = (
    *("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds", "/feed.json"),
    *("/rss/all.xml", "/en/rss.xml", "/news/rss", "/?feed=rss2"),
)
"""Paths of WordPress, Drupal, Hugo, Jekyll, Ghost and of newsrooms' own systems."""

SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml")

_HREF = re.compile(r"(?:rss|feeds?|atom)(?:[./?_-]|\Z)|\.(?:rss|rdf)\Z", re.IGNORECASE)
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
MAX_LINKS = 20
"""Links of a page that only look like feeds and are worth a request."""


class Candidate(NamedTuple):
    """An address and why it may be a feed: `link`, `anchor`, `well-known`, or `sitemap`."""

    url: str
    found_by: str
    title: str | None = None


def feed_links(html: str, url: str) -> list[Candidate]:
    """The feeds that a page at `url` names: its alternate links, then anchors that look like one.

    In document order, each address once; a page that names none gives none.
    """
    tree = LexborHTMLParser(html)
    base = tree.css_first("base[href]")
    root = _absolute(url, base.attributes.get("href")) if base is not None else None
    root = root or url
    found: dict[str, Candidate] = {}
    for node in tree.css("link[href]"):
        rel = (node.attributes.get("rel") or "").lower().split()
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        named = "alternate" in rel and kind in FEED_TYPES
        if named or "feed" in rel:
            _add(found, root, node.attributes.get("href"), "link", node.attributes.get("title"))
    anchors: dict[str, Candidate] = {}
    for node in tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if _HREF.search(href.partition("#")[0]) and len(anchors) < MAX_LINKS:
            _add(anchors, root, href, "anchor", node.text(strip=True))
    return [*found.values(), *(c for u, c in anchors.items() if u not in found)]


def guesses(url: str) -> list[Candidate]:
    """Well-known addresses on the host of `url`, then those below its folder.

    Raises: RowError("bad_url").
    """
    link = split_link(url)
    folder = link.path.rsplit("/", 1)[0] if not link.path.endswith("/") else link.path.rstrip("/")
    places = [link.origin, *([link.origin + folder] if folder else [])]
    found = [Candidate(place + path, "well-known") for place in places for path in WELL_KNOWN]
    return found + [Candidate(link.origin + path, "sitemap") for path in SITEMAPS]


def sitemaps_in(robots: str) -> list[Candidate]:
    """The sitemaps that a robots.txt names, those of news first (sitemaps.org, protocol)."""
    urls = list(dict.fromkeys(_SITEMAP.findall(robots)))
    return [Candidate(url, "sitemap") for url in sorted(urls, key=lambda url: "news" not in url)]


def _add(
    found: dict[str, Candidate], base: str, href: str | None, by: str, title: str | None
) -> None:
    url = _absolute(base, href)
    if url is not None:
        found.setdefault(url, Candidate(url, by, " ".join((title or "").split()) or None))


def _absolute(base: str, href: str | None) -> str | None:
    """The address without its fragment, None for what cannot be fetched."""
    try:
        link = split_link(resolve_link(base, href or ""))
    except RowError:
        return None
    return link.origin + link.target


def unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each address once, for the first reason."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        found.setdefault(candidate.url, candidate)
    return list(found.values())
