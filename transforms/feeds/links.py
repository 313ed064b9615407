"""Links as feeds write them: told apart and made absolute, nothing more (see `transforms.web`)."""

import re
from urllib.parse import urljoin

_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


def is_web(link: str | None) -> bool:
    """True for an absolute http or https URL with a host."""
    return link is not None and _WEB.match(link) is not None


def joined(base: str, link: str | None) -> str | None:
    """`link` made absolute by `base` (RFC 3986, section 5), or as written if that fails.

    A blank link is None.
    """
    link = link.strip() if link else None
    if not link or is_web(link):
        return link
    try:
        return urljoin(base, link)
    except ValueError:  # "http://[", for one
        return link
