"""Page: what came back for an entry's link. Lives inside one fused stage, never in a shuffle."""

from datetime import datetime
from typing import NamedTuple

from schemas.entry import Entry


class Page(NamedTuple):
    """A fetched page, or, where `error_code` is set, the entry whose own content has to do."""

    entry: Entry
    url: str
    status: int
    body: bytes
    charset: str | None
    robots_header: str | None
    fetched_at: datetime
    error_code: str | None = None
    error_detail: str = ""
    tdm_header: str | None = None
