"""What a page says of itself outside of its text: meta elements, JSON-LD, links, <time>."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SELECTOR = (
    'meta, link[rel], script[type*="ld+json"], title, time[datetime], a[rel~="author"], '
    '[itemprop="datePublished"], [itemprop="author"]'
)
_MAX_META = 4_000
_MAX_ANCESTORS = 60
_OUTSIDE = frozenset({"aside", "nav", "footer", "li"})


class Head(NamedTuple):
    """The page about itself, everything as written there; "" and empty where it says nothing."""

    language: str
    title: str
    canonical: str
    meta: dict[str, list[str]]
    """Contents by `name`, `property`, `itemprop` or `http-equiv`, in lower case."""
    json_ld: list[str]
    times: list[str]
    """`datetime` of the <time> elements, those marked as publication first."""
    authors: list[str]
    """Texts of the links marked `rel=author` and the elements marked as author."""


def read_head(tree: LexborHTMLParser) -> Head:
    """Collects them from the whole document: broken pages have their <meta> in the body."""
    meta: dict[str, list[str]] = {}
    json_ld: list[str] = []
    marked: list[str] = []
    times: list[str] = []
    authors: list[str] = []
    title = canonical = ""
    for node in tree.css(_SELECTOR):
        tag = node.tag
        attributes = node.attributes
        if tag == "meta":
            _add_meta(meta, attributes)
        elif tag == "link":
            canonical = canonical or _canonical(attributes)
        elif tag == "script":
            json_ld.append(node.text(deep=True))
        elif tag == "title":
            title = title or ("" if _is_drawing(node) else node.text(deep=True))
        elif attributes.get("itemprop") == "author" or tag == "a":
            authors.append(node.text(deep=True))
        elif attributes.get("itemprop") == "datePublished" or "pubdate" in attributes:
            marked.append(attributes.get("datetime") or attributes.get("content") or "")
        elif _is_of_article(node):
            times.append(attributes.get("datetime") or "")
    root = tree.root
    language = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root else ""
    return Head(language or "", title, canonical, meta, json_ld, marked + times, authors)


def _add_meta(meta: dict[str, list[str]], attributes: dict[str, str | None]) -> None:
    content = attributes.get("content")
    if not content or len(meta) >= _MAX_META:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        if name := attributes.get(key):
            # some sites put several names into one attribute
            for part in name.lower().split():
                meta.setdefault(part, []).append(content.strip())


def _canonical(attributes: dict[str, str | None]) -> str:
    is_canonical = "canonical" in (attributes.get("rel") or "").lower().split()
    return (attributes.get("href") or "") if is_canonical else ""


def _is_drawing(title: LexborNode) -> bool:
    parent = title.parent
    return parent is not None and parent.tag not in {"head", "html", "body"}


def _is_of_article(node: LexborNode) -> bool:
    """A <time> in a list, an aside or the footer is that of another article or of a comment."""
    parent = node.parent
    for _ in range(_MAX_ANCESTORS):
        if parent is None or parent.tag in {"article", "main"}:
            break
        if parent.tag in _OUTSIDE:
            return False
        parent = parent.parent
    return True
