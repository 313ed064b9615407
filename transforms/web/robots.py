"""What a robots.txt says (RFC 9309)."""

from protego import Protego

from transforms.web.charset import decode_body
from transforms.web.links import Link
from transforms.web.settings import PRODUCT_TOKEN

MAX_ROBOTS_BYTES = 500 * 1024
"""Read at least; what follows is ignored (RFC 9309, section 2.5)."""
MAX_CRAWL_DELAY_S = 30.0
"""Longer Crawl-delays are cut: at 30 s a host of 2,000 links still takes 17 hours."""
MAX_AGE_S = 86_400.0
"""A copy is used for 24 hours at most (RFC 9309, section 2.4)."""
UNREACHABLE_AGE_S = 600.0
"""How long "unreachable" is believed: long enough for the other links of the same run."""


class Rules:
    """The rules of one robots.txt for our product token, `communique`."""

    def __init__(self, body: bytes = b"") -> None:
        """An empty body allows everything. Markup and other nonsense hold no rules."""
        self._parsed = Protego.parse(decode_body(body[:MAX_ROBOTS_BYTES], "utf-8"))
        delay = self._parsed.crawl_delay(PRODUCT_TOKEN)
        self.crawl_delay_s = min(float(delay or 0.0), MAX_CRAWL_DELAY_S)
        """Crawl-delay in seconds, 0 to 30; 0 if none is given. Not in the RFC, but widely meant."""

    def allows(self, link: Link) -> bool:
        """True if the URL may be fetched."""
        return bool(self._parsed.can_fetch(link.origin + link.target, PRODUCT_TOKEN))
