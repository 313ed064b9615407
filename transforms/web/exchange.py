"""What goes into the client and what comes out of it."""

from datetime import datetime
from typing import Any, Literal, NamedTuple

from schemas.errors import RowError

Kind = Literal["page", "feed"]


class Request(NamedTuple):
    """One URL to fetch, with the validators of the last answer, if there was one."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    kind: Kind = "page"
    """A `page` asks robots.txt first. A `feed` is published for machines to read: only the
    Crawl-delay of its host counts, and that is asked for before the second request to it."""
    tag: Any = None
    """Whatever the caller wants to find again in `Fetched.request`."""


class Response(NamedTuple):
    """A complete answer: status 2xx, or 304 where validators were sent."""

    url: str
    final_url: str
    """Where the redirects led; the URL itself if there were none."""
    status: int
    headers: dict[str, str]
    """Lower-case names; repeated fields joined with a comma. Set-Cookie is left out."""
    body: bytes
    """Decoded from its content coding; empty for 304."""
    charset: str | None
    """`charset` of the Content-Type, as the server wrote it, in lower case."""
    fetched_at: datetime
    """When the answer was complete, by the client's clock."""
    duration_ms: int
    """From the first request for the URL to the last byte."""
    moved_to: str | None = None
    """Where its first redirects lead that are for good (301, 308); None without such."""


class Fetched(NamedTuple):
    """The end of one request: either a response or an error."""

    request: Request
    response: Response | None
    error: RowError | None
