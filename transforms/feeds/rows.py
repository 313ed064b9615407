"""What a feed document says, before it is brought into the rows that travel."""

from datetime import datetime
from typing import NamedTuple


class ParsedEntry(NamedTuple):
    """One item of a feed document. What the item does not say is None, never a guess."""

    id: str | None = None
    """The guid or id, as written, trimmed."""
    link: str | None = None
    """Absolute, of any scheme; as written if it cannot be resolved."""
    title: str | None = None
    """Plain text, one line, at most `text.MAX_TITLE` characters."""
    published: datetime | None = None
    """UTC, from 1990 on."""
    updated: datetime | None = None
    """UTC, from 1990 on."""
    summary_html: str | None = None
    """HTML, not sanitised; plain text is escaped."""
    content_html: str | None = None
    """HTML, not sanitised; plain text is escaped."""
    authors: tuple[str, ...] = ()
    """Names only; addresses are left out."""
    published_raw: str | None = None
    """What stands where the publication date should, readable or not; 120 characters at most."""
    is_published_in_future: bool = False
    """The publication date was left out because it lies too far ahead (see `dates.MAX_AHEAD`)."""


class ParsedFeed(NamedTuple):
    """A feed document: any format, any version."""

    title: str | None = None
    language: str | None = None
    """Primary language subtag, lower case: "en" for "en-GB"."""
    entries: tuple[ParsedEntry, ...] = ()
    """In document order; those of a sitemap newest first."""
    refresh_after_s: float | None = None
    """How long the document asks to be left alone: `ttl`, else `sy:updatePeriod`."""
    left_out: int = 0
    """Items beyond the first `MAX_ENTRIES` of the document, which were not read."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day in GMT, 0..23, in which the document asks not to be polled."""
    skip_days: tuple[int, ...] = ()
    """Days of the week in GMT, 0 (Monday) to 6, in which the document asks not to be polled."""
    sitemaps: tuple[str, ...] = ()
    """Addresses that a sitemap index names, newest first; such a document has no entries."""


MAX_ENTRIES = 5_000
"""Most items read of one document. The largest feeds seen hold about 1,000 (news sitemaps)."""
MAX_SITEMAPS = 1_000
"""Most addresses kept of a sitemap index, the newest."""
