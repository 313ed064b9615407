"""Poll: the published row of the `polls` table."""

from datetime import datetime
from typing import Annotated, NamedTuple


class Poll(NamedTuple):
    """One poll of one feed. It is committed only after all its entries are accounted for."""

    feed_url: Annotated[str, "the feed, as the feed list names it"]
    run_id: Annotated[str, "the run that polled it"]
    polled_at: Annotated[datetime, "when the answer was complete"]
    outcome: Annotated[str, "`fetched`, `not_modified` or `failed`"]
    code: Annotated[str | None, "failure code where it failed"]
    http_status: Annotated[int | None, "HTTP status; null if there was no answer"]
    final_url: Annotated[str | None, "URL after redirects, where it differs"]
    etag: Annotated[str | None, "validator for the next poll"]
    last_modified: Annotated[str | None, "validator for the next poll, as the server wrote it"]
    body_sha256: Annotated[str | None, "SHA-256 of the feed document, 64 hex digits"]
    entries: Annotated[int, "entries in the document"]
    new_entries: Annotated[int, "of those, entries that this feed had not offered before"]
    left_out: Annotated[int, "items of the document beyond the most that is read of one feed"]
    gap_suspected: Annotated[bool, "a feed polled before shares no entry with its last polls"]
    bytes: Annotated[int, "size of the decoded document"]
    duration_ms: Annotated[int, "from the first request to the last byte"]
    next_poll_at: Annotated[datetime | None, "not before this time, where the server asked for it"]
