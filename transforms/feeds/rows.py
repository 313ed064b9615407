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


class ParsedFeed(NamedTuple):
    """A feed document: any format, any version."""

    title: str | None = None
    language: str | None = None
    """Primary language subtag, lower case: "en" for "en-GB"."""
    entries: tuple[ParsedEntry, ...] = ()
    """In document order."""
    refresh_after_s: float | None = None
    """How long the document asks to be left alone: `ttl`, else `sy:updatePeriod`."""
    left_out: int = 0
    """Items beyond the first `MAX_ENTRIES` of the document, which were not read."""


MAX_ENTRIES = 5_000
"""Most items read of one document. The largest feeds seen hold about 1,000 (news sitemaps)."""
