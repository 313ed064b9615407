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
    next_poll_at: Annotated[
        datetime | None, "when the next poll is due (docs/polling.md); null for a retired feed"
    ]
    rest_until: Annotated[
        datetime | None,
        "the server asked not to be asked before: Retry-After (after a 429 it holds for the whole "
        "host), else Cache-Control or Expires",
    ] = None
    refresh_s: Annotated[
        float | None, "seconds that the document asks to be left alone (`ttl`, `sy:updatePeriod`)"
    ] = None
    skip: Annotated[
        str | None, "hours (UTC) and days in which it asks not to be polled: `0 1 2 Saturday`"
    ] = None
    window: Annotated[int | None, "entries in the document when it was last read"] = None
    rhythm_s: Annotated[float | None, "mean seconds from one new entry to the next"] = None
    fastest_s: Annotated[
        float | None, "the same at the busiest time of late: bounds the wait of a rolling feed"
    ] = None
    newest_at: Annotated[datetime | None, "when the feed last brought something new"] = None
    failures_in_row: Annotated[int | None, "polls that failed since the last one answered"] = None
    moved_to: Annotated[str | None, "where it says to have moved for good (301, 308)"] = None
    repeated: Annotated[int | None, "how often in a row it said so, or answered 410"] = None
    repeated_since: Annotated[datetime | None, "when it said so first"] = None
    ask_url: Annotated[str | None, "the URL that is asked instead, since it moved for good"] = None
    note: Annotated[str | None, "what a person should know: moved, retired, and why"] = None
