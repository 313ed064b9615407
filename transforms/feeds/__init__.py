"""Feeds: lists of them, their documents, and the entries that they offer.

A feed list names feeds (`read_feed_list`). A feed document is RSS, Atom, JSON or a news sitemap in
any state of repair: `parse_feed` says what it says and nothing it does not (docs/feeds.md).
`entries_of` gives every item its identity and makes it a row. Nothing here fetches:
`transforms.web` does.
"""

from transforms.feeds.entries import entries_of
from transforms.feeds.feed_list import FeedListError, merged, read_feed_list, write_csv
from transforms.feeds.kinds import KINDS
from transforms.feeds.opml import write_opml
from transforms.feeds.parse import parse_feed
from transforms.feeds.rows import MAX_ENTRIES, ParsedEntry, ParsedFeed

__all__ = [
    "KINDS",
    "MAX_ENTRIES",
    "FeedListError",
    "ParsedEntry",
    "ParsedFeed",
    "entries_of",
    "merged",
    "parse_feed",
    "read_feed_list",
    "write_csv",
    "write_opml",
]
