"""entries_of: what a feed document says, as the rows that travel."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache

from schemas.entry import Entry
from schemas.errors import RowError
from schemas.feed import Feed
from transforms.feeds.dates import is_ahead
from transforms.feeds.links import is_web
from transforms.feeds.rows import ParsedEntry, ParsedFeed
from transforms.web import article_id_of, resolve_link, url_key

MAX_ENTRY_ID = 2_000
"""Characters kept of an entry id; a longer one is replaced by its hash."""


def entries_of(feed: Feed, parsed: ParsedFeed, seen_at: datetime) -> list[Entry]:
    """The entries of `parsed`, in its order, each identity once: the first of exact repeats stays.

    Identity is the guid, else the link, else a hash of title and text. A guid that several links
    of the document share is no identity alone: it is taken with the link. `entry_key` is made of
    it as `url_key` folds it where it is a URL, so that neither tracking parameters nor a move to
    https make an entry a new one; `entry_id` is as written. An entry without a link has the empty
    `url`, one with a link that cannot be fetched keeps it as it is; both have an `article_id` of
    their own, and fail later as `no_link` or `bad_url`. `seen_at` is an aware time; dates more
    than 24 hours after it are unknown.
    """
    shared = _shared_guids(parsed.entries)
    found: dict[str, Entry] = {}
    for item in parsed.entries:
        entry_id, identity = _identity(item, shared)
        key = _hash(feed.url, identity)
        if key not in found:
            found[key] = _entry(feed, parsed, item, entry_id, key, seen_at)
    return list(found.values())


def _entry(
    feed: Feed, parsed: ParsedFeed, item: ParsedEntry, entry_id: str, key: str, seen_at: datetime
) -> Entry:
    url, article_id = _article(feed.url, item, key)
    return Entry(
        article_id=article_id,
        entry_key=key,
        url=url,
        feed_url=feed.url,
        entry_id=entry_id,
        title=item.title,
        published_at=_not_ahead(item.published, seen_at),
        updated_at=_not_ahead(item.updated, seen_at),
        summary_html=item.summary_html,
        content_html=item.content_html,
        authors=item.authors,
        language=feed.language or parsed.language,
        outlet_name=feed.name,
        outlet_country=feed.country,
        outlet_kind=feed.kind,
        first_seen_at=seen_at,
        published_raw=item.published_raw,
        is_published_in_future=item.is_published_in_future or is_ahead(item.published, seen_at),
    )


def _shared_guids(items: Iterable[ParsedEntry]) -> frozenset[str]:
    """Guids, folded, that stand beside different links."""
    links = defaultdict(set)
    for item in items:
        if item.id is not None:
            links[_folded(item.id)].add(_folded(item.link or ""))
    return frozenset(guid for guid, different in links.items() if len(different) > 1)


def _identity(item: ParsedEntry, shared: frozenset[str]) -> tuple[str, str]:
    """What names the item, as written and as compared."""
    link = item.link or ""
    if item.id is None:
        written = link or _hash(item.title or "", item.content_html or "", item.summary_html or "")
        compared = _folded(written)
    else:
        written, compared = item.id, _folded(item.id)
        if compared in shared:
            written, compared = f"{written} {link}".rstrip(), f"{compared} {_folded(link)}".rstrip()
    return written if len(written) <= MAX_ENTRY_ID else _hash(written), compared


@lru_cache(maxsize=4096)
def _folded(identity: str) -> str:
    """A URL as its key, anything else as it is."""
    if is_web(identity):
        with suppress(RowError):
            return url_key(identity)
    return identity


def _article(base: str, item: ParsedEntry, key: str) -> tuple[str, str]:
    """The URL and the article id of an item (see `entries_of`)."""
    link = item.link or (item.id if is_web(item.id) else None)
    if link is not None:
        try:
            url = resolve_link(base, link)
            return url, article_id_of(url)
        except RowError:
            pass  # a failure of the fetch, which reports the link; not of this feed
    return link or "", _hash(f"entry:{key}")


def _not_ahead(date: datetime | None, seen_at: datetime) -> datetime | None:
    return None if is_ahead(date, seen_at) else date


def _hash(*parts: str) -> str:
    """32 hex digits: blake2b-128 of the parts, each ended so that no two lists look the same."""
    whole = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()
