"""Feed: a line of the feed list, with what its last committed poll left behind."""

from datetime import datetime
from typing import NamedTuple


class Feed(NamedTuple):
    """A feed to poll. Everything but the URL may be unknown."""

    url: str
    name: str | None = None
    country: str | None = None
    language: str | None = None
    kind: str | None = None


class FeedState(NamedTuple):
    """What the committed polls say of a feed; `FeedState()` for one that was never polled."""

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    next_poll_at: datetime | None = None
    polled_before: bool = False
