"""What the elements of a feed mean, whatever their namespace, version and letter case."""

from functools import lru_cache

# Namespaces whose elements mean what RSS and Atom mean by them (feedparser's list, and RSS 1.1).
_KIN = frozenset(
    {
        "",
        "http://backend.userland.com/rss",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://purl.org/rss/1.0/modules/rss091#",
        "http://purl.org/net/rss1.1#",
        "http://example.com/newformat#",
        "http://example.com/necho",
        "http://purl.org/echo/",
        "uri/of/echo/namespace#",
        "http://purl.org/pie/",
        "http://purl.org/atom/ns#",
        "http://www.w3.org/2005/atom",
    }
)
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
}
_OWN_PREFIXES = frozenset({"rss:", "atom:", "atom10:", "a10:"})
# Name -> slot. Several names in a slot say the same thing in different formats.
_SLOTS = {
    name: slot
    for slot, names in {
        "item": "item entry",
        "channel": "channel",
        "title": "title dc:title",
        "link": "link",
        "id": "id",
        "guid": "guid",
        "description": "description dc:description",
        "summary": "summary abstract",
        "note": "itunes:summary",
        "group": "media:group",
        "media:title": "media:title",
        "media:description": "media:description",
        "content": "content",
        "encoded": "content:encoded fullitem",
        "body": "body xhtml:body",
        "published": "pubdate published issued dcterms:issued",
        "updated": "updated modified dc:date dcterms:modified",
        "created": "created dcterms:created",
        "author": "author dc:creator dc:author",
        "itunes:author": "itunes:author",
        "name": "name",
        "language": "language dc:language",
        "ttl": "ttl",
        "period": "sy:updateperiod",
        "frequency": "sy:updatefrequency",
        "skiphours": "skiphours",
        "skipdays": "skipdays",
        "rdf": "rdf:rdf",
        "rss": "rss",
        "feed": "feed",
    }.items()
    for name in names.split()
}


MAX_TAGS = 2_048
"""Different tags remembered for the documents of a namespace."""


@lru_cache(maxsize=64)
def slots_for(own: str) -> "Slots":
    """What tags mean in a document whose root is in the namespace `own` (lower case)."""
    return Slots(own)


class Slots(dict[str, str | None]):
    """Tag of a tree ("namespace}name") -> what it means here; None for nothing.

    `own` is the namespace of the root: whatever it is, in it stand the feed's own elements. As
    feedparser does, names and namespaces are compared without regard to case. Filled as it is
    asked, and emptied when it is full: a mapping to read from, whoever shares it.
    """

    def __init__(self, own: str) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, tag: str) -> str | None:
        if len(self) >= MAX_TAGS:
            self.clear()
        slot = self[tag] = _slot_of(tag, self._own)
        return slot


def _slot_of(tag: str, own: str) -> str | None:
    namespace, brace, name = tag.rpartition("}")
    namespace = namespace.lower()
    if brace or ":" not in name:
        prefix = _PREFIXES.get(namespace)
    else:  # never declared: the prefixes that everybody uses mean what everybody means by them
        written, _, name = name.rpartition(":")
        prefix = f"{written.lower()}:"
        if prefix in _OWN_PREFIXES or (prefix == own and prefix not in _PREFIXES.values()):
            prefix = ""
    if prefix is None:
        known = namespace in _KIN or namespace == own or "backend.userland.com/rss" in namespace
        prefix = "" if known else None
    return None if prefix is None else _SLOTS.get(prefix + name.lower())


def namespace_of(tag: str) -> str:
    """The namespace of a tag, lower case; its prefix ("dc:") if that was never declared, or ""."""
    namespace, brace, name = tag.rpartition("}")
    prefix, colon, _ = name.rpartition(":")
    return namespace.lower() if brace else f"{prefix}{colon}".lower()


def local_name(tag: str) -> str:
    """The name of a tag without its namespace or prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]
