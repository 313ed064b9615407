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
    polled_at: datetime | None = None
    """Of the newest poll, answered or not; the fields below are of that row too."""
    answered_at: datetime | None = None
    """Of the newest poll that was answered."""
    code: str | None = None
    rest_until: datetime | None = None
    refresh_s: float | None = None
    skip: str | None = None
    window: int | None = None
    rhythm_s: float | None = None
    fastest_s: float | None = None
    newest_at: datetime | None = None
    failures_in_row: int = 0
    moved_to: str | None = None
    repeated: int = 0
    repeated_since: datetime | None = None
    ask_url: str | None = None
    note: str | None = None
