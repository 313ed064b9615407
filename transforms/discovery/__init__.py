"""Discovery: where the feeds of a site may be.

Pure: `feed_links` reads a page, `sitemaps_in` a robots.txt, `WELL_KNOWN` are paths that are worth
a try, `format_of` says what a document is. Whoever asks for them is `communique feeds find`.
"""

from transforms.discovery.candidates import (
    WELL_KNOWN,
    Candidate,
    feed_links,
    guesses,
    sitemaps_in,
    unique,
)
from transforms.discovery.formats import format_of

__all__ = ["WELL_KNOWN", "Candidate", "feed_links", "format_of", "guesses", "sitemaps_in", "unique"]
