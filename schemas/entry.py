"""Entry: one item of a feed, as that feed offers it, and the published row of `entries`."""

from datetime import datetime
from typing import Annotated, NamedTuple

PASSING = "travels with the row, and is no column of it"


class Entry(NamedTuple):
    """What one feed says of one article, before anything was fetched."""

    article_id: Annotated[str, "key of the article that the link names (see `articles.article_id`)"]
    entry_key: Annotated[str, "32 hex digits: blake2b-128 of the feed URL and the entry identity"]
    url: Annotated[str, "absolute link, tracking parameters kept; empty if the entry has none"]
    feed_url: Annotated[str, "the feed that offered the entry"]
    entry_id: Annotated[str, "the entry's guid or id, else its link, else a hash of its content"]
    title: Annotated[str | None, "plain text, one line"]
    published_at: Annotated[datetime | None, "publication time that the feed gives"]
    updated_at: Annotated[datetime | None, "time of the last change that the feed gives"]
    summary_html: Annotated[str | None, "the feed's summary, as HTML"]
    content_html: Annotated[str | None, "the feed's full content, as HTML"]
    authors: Annotated[tuple[str, ...], "authors that the feed names"]
    language: Annotated[
        str | None, "language of the feed by the feed list, else by the feed itself"
    ]
    outlet_name: Annotated[str | None, "name of the outlet by the feed list"]
    outlet_country: Annotated[str | None, "country of the outlet by the feed list"]
    outlet_kind: Annotated[str | None, "kind of the outlet by the feed list"]
    first_seen_at: Annotated[datetime, "start of the run that saw the entry first"]
    attempt: Annotated[int, "1 for the first try of this entry, one more for each retry"] = 1
    tries: Annotated[int, "attempts so far in which a request was sent"] = 0
    published_raw: Annotated[str | None, "the publication time as written", PASSING] = None
    is_published_in_future: Annotated[bool, "that time lies too far ahead", PASSING] = False


class OfferedEntry(NamedTuple):
    """Published row of `entries`: one entry, as one feed offered it for the first time."""

    entry_key: Annotated[str, "key: blake2b-128 of the feed URL and the entry identity, 32 hex"]
    feed_url: Annotated[str, "the feed that offered the entry"]
    entry_id: Annotated[str, "the entry's guid or id, else its link, else a hash of its content"]
    article_id: Annotated[str, "the article that the entry's link names"]
    url: Annotated[str, "the entry's link; empty if it has none"]
    title: Annotated[str | None, "title in the feed"]
    published_at: Annotated[datetime | None, "publication time that the feed gives"]
    first_seen_at: Annotated[datetime, "start of the run that saw the entry first"]
    run_id: Annotated[str, "the run that committed this row"]
    published_raw: Annotated[
        str | None, "the publication time as the feed writes it, readable or not; 120 characters"
    ] = None
    is_published_in_future: Annotated[
        bool | None, "published_at is null since the feed puts it over 24 hours ahead"
    ] = None
