"""Well-formed feeds, read with the standard library; broken ones are left to `tolerant`.

Why two ways: feedparser reads some 500 entries per CPU second, this more than ten thousand
(docs/feeds.md has the measured table).
"""

import re
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from schemas.errors import RowError
from transforms.feeds.constructs import text_in
from transforms.feeds.freshness import refresh_after_s, skipped_days, skipped_hours
from transforms.feeds.items import Parts, Reading, parts_of, read_item, title_of_parts
from transforms.feeds.rows import MAX_ENTRIES, ParsedFeed
from transforms.feeds.sitemap import read_sitemap
from transforms.feeds.slots import Slots, local_name, namespace_of, slots_for
from transforms.feeds.text import language_of

_XML_LANG = "http://www.w3.org/XML/1998/namespace}lang"
_XML_BASE = "http://www.w3.org/XML/1998/namespace}base"
_UNBOUND = expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]
_JUNK = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_ROOTS = frozenset({"rss", "rdf", "feed", "channel", "item"})

MAX_MARKUP = 500_000
"""Tags and "<" of a document whose tree is built: some 200 bytes of memory each."""


def read_elements(body: bytes, url: str) -> ParsedFeed | None:
    """The feed in the UTF-8 document `body`; None if it is not well-formed, or no feed.

    Raises: RowError `not_a_feed` for a DOCTYPE (see `inert_xml`): without one there is nothing to
    expand.
    """
    root = tree_of(body)
    return feed_in(root, url, based=b"xml:base" in body) if root is not None else None


def tree_of(body: bytes) -> Element | None:
    """The tree of XML without a DOCTYPE; None if it is not well-formed or too large.

    Tags are "namespace}name", or "name" where there is no namespace. Where a prefix is used that
    was never declared, as many feeds do, all tags are "prefix:name", as they are written.
    """
    if body.count(b"<") > MAX_MARKUP:
        return None
    try:
        return _built(body, "}")
    except expat.ExpatError as error:
        # xml:base has a name of its own in a tree without namespaces: left to feedparser
        if error.code != _UNBOUND or b"xml:base" in body:
            return None
    try:
        return _built(body, None)
    except expat.ExpatError:
        return None


def _built(body: bytes, separator: str | None) -> Element:
    """Raises: ExpatError; RowError for a DOCTYPE."""
    builder = TreeBuilder()
    # ElementTree's own parser takes a text in pieces, one for each reference and line end: with
    # whole articles in a feed it needs nearly twice the time of expat's buffer
    parser = expat.ParserCreate("utf-8", separator)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as error:
        # what a server adds after the feed does no harm, unless it is another feed
        if error.code != _JUNK or _ITEM.search(body, parser.ErrorByteIndex):
            raise
    return builder.close()


def _refuse(name: str, *_ids: object) -> None:
    """Raises: RowError: `inert_xml` took the DOCTYPE off, and whoever writes two has a reason."""
    raise RowError("not_a_feed", f"it has a second DOCTYPE, {name!r:.60}; entities could expand")


def feed_in(root: Element, url: str, *, based: bool) -> ParsedFeed | None:
    """The feed that `root` holds; None if it is none. `based`: some element has an `xml:base`.

    Items count wherever they stand: RSS 1.0 has them beside the channel, others in it, and some
    content systems in places of their own.
    """
    slots = slots_for(namespace_of(root.tag))
    if slots[root.tag] not in _ROOTS:
        return read_sitemap(root, url)
    atom = local_name(root.tag).lower() in {"feed", "entry"}
    items = [element for element in root.iter() if slots[element.tag] == "item"]
    reading = Reading(slots, url, _bases(root, url) if based else {}, atom)
    about = parts_of(_channel(root, slots), slots)
    return ParsedFeed(
        title=title_of_parts(about, atom=atom),
        language=language_of(about.last("language") or root.get(_XML_LANG)),
        entries=tuple([read_item(item, reading) for item in items[:MAX_ENTRIES]]),
        refresh_after_s=refresh_after_s(
            about.last("ttl"), about.last("period"), about.last("frequency")
        ),
        left_out=max(0, len(items) - MAX_ENTRIES),
        skip_hours=skipped_hours(_listed(about, "skiphours")),
        skip_days=skipped_days(_listed(about, "skipdays")),
    )


def _channel(root: Element, slots: Slots) -> Element:
    """The element that says what the feed is."""
    if slots[root.tag] in {"rss", "rdf"}:
        for child in root:
            if slots[child.tag] == "channel":
                return child
    return root


def _bases(root: Element, url: str) -> dict[Element, str]:
    """The base of every element that has another than the document (XML Base, section 4)."""
    bases: dict[Element, str] = {}
    own = root.get(_XML_BASE)
    if own:
        bases[root] = _rebased(url, own)
    for parent in root.iter():
        base = bases.get(parent, url)
        for child in parent:
            own = child.get(_XML_BASE)
            if own or base is not url:
                bases[child] = _rebased(base, own) if own else base
    return bases


def _rebased(base: str, own: str) -> str:
    try:
        return urljoin(base, own.strip())
    except ValueError:
        return base


def _listed(about: Parts, slot: str) -> list[str]:
    """The texts of the children of an element such as `skipHours`."""
    return [text_in(child) or "" for element in about.all(slot) for child in element]
