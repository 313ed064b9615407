"""Which page this is: its canonical address, its outlet, its reservations."""

from schemas.errors import RowError
from transforms.boilerplate.head import Head
from transforms.web import registrable_domain, resolve_link, url_key


def domain_of(url: str) -> str:
    """The outlet's registrable domain, "" for a URL that has none."""
    try:
        return registrable_domain(url)
    except RowError:
        return ""


def canonical_of(head: Head, url: str) -> str | None:
    """The absolute canonical URL: <link rel=canonical>, else og:url; None if neither can be used.

    It has to stay on the page's registrable domain (a page may not speak for another site) and
    to be more than the home page (what careless templates name on every page).
    """
    domain = domain_of(url)
    for link in (head.canonical, *head.meta.get("og:url", ())[:1]):
        if not link or not domain:
            continue
        try:
            canonical = resolve_link(url, link)
            if registrable_domain(canonical) != domain:
                continue
        except RowError:
            continue
        path = canonical.partition("://")[2].partition("/")[2]
        if path.strip("/") not in {"", "index.html", "index.php"}:
            return canonical
    return None


def is_same_page(one: str, other: str) -> bool:
    """True if two URLs have the same key; False where one of them is no URL."""
    try:
        return url_key(one) == url_key(other)
    except RowError:
        return False


def robots_of(head: Head) -> str | None:
    """Contents of the robots meta elements, joined by `, `; None without one."""
    return ", ".join(head.meta.get("robots", ())) or None


def tdm_of(head: Head) -> str | None:
    """Content of `tdm-reservation` (W3C TDM Reservation Protocol); None without it."""
    return next(iter(head.meta.get("tdm-reservation", ())), None)
