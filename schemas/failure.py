"""Failure: the published row of the `failures` table."""

from datetime import datetime
from typing import Annotated, NamedTuple

from schemas.entry import Entry


class Failure(NamedTuple):
    """One entry or one feed that did not become what it should have, in one attempt."""

    article_id: Annotated[str | None, "the entry's article; null where a whole feed failed"]
    url: Annotated[str | None, "the entry's link; null where a whole feed failed"]
    feed_url: Annotated[str, "the feed that offered the entry, or that failed"]
    entry: Annotated[Entry | None, "the whole entry, as long as a retry is possible"]
    stage: Annotated[str, "the stage that gave up, such as `fetch_articles`"]
    code: Annotated[str, "the reason, from a closed list (docs/data-dictionary.md)"]
    detail: Annotated[str, "what happened, the value, the rule"]
    http_status: Annotated[int | None, "HTTP status, where a server answered"]
    attempt: Annotated[int, "1 for the first try, one more for each retry"]
    retry_at: Annotated[datetime | None, "not before this time; null if it is final"]
    final: Annotated[bool, "no further attempt will be made"]
    failed_at: Annotated[datetime, "start of the run in which it failed"]
    run_id: Annotated[str, "the run that committed this row"]
