"""The item of a feed as elements: RSS, Atom and CDF alike."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from transforms.feeds.constructs import html_in, text_in, title_in
from transforms.feeds.dates import MAX_DATE, parse_date
from transforms.feeds.links import is_web, joined
from transforms.feeds.rows import ParsedEntry
from transforms.feeds.slots import Slots
from transforms.feeds.text import author_of, trimmed

_RDF_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
# Slots with the type that a text in them has where none is given (see `html_in`).
_SUMMARIES = {"description": "html", "summary": "text"}
_CONTENTS = {"encoded": "html", "content": "text", "body": "xhtml"}
_NOTES = {"note": "text", "media:description": "html"}


class Reading(NamedTuple):
    """What the items of a document are read with."""

    slots: Slots
    url: str
    """Base of relative links."""
    bases: dict[Element, str]
    """Base of elements that have another one (`xml:base`)."""
    atom: bool


class Parts(NamedTuple):
    """The children of an element by slot, in document order."""

    first: dict[str, Element]
    more: list[tuple[str, Element]]
    """Those whose slot had one before."""

    def all(self, slot: str) -> Iterator[Element]:
        """Every child of a slot."""
        if slot in self.first:
            yield self.first[slot]
            yield from (child for name, child in self.more if name == slot)

    def last(self, slot: str) -> str | None:
        """The text of the last child of a slot that has any, trimmed, as feedparser does."""
        if slot not in self.first:
            return None
        text = trimmed(text_in(self.first[slot]))
        if self.more:
            for child in self.all(slot):
                text = trimmed(text_in(child)) or text
        return text


def parts_of(parent: Element, slots: Slots) -> Parts:
    """The children that mean something."""
    first: dict[str, Element] = {}
    more: list[tuple[str, Element]] = []
    for child in parent:
        slot = slots[child.tag]
        if slot is None:
            continue
        if slot in first:
            more.append((slot, child))
        else:
            first[slot] = child
    return Parts(first, more)


def read_item(item: Element, reading: Reading) -> ParsedEntry:
    """One item. What it does not say is None."""
    parts = parts_of(item, reading.slots)
    entry_id = (
        parts.last("guid")
        or parts.last("id")
        or trimmed(item.get(_RDF_ABOUT) or item.get("rdf:about"))
    )
    raw = parts.last("published") or parts.last("created")
    published = parse_date(raw)
    changed = parts.last("updated") or item.get("LASTMOD") or item.get("lastmod")
    updated = published if changed == raw else parse_date(changed)
    if published is None and not reading.atom:
        # dc:date, the date of RSS 1.0, stands for the publication where nothing else does
        published, updated, raw = updated, None, changed if updated else raw
    summary, content = _texts(parts, reading)
    return ParsedEntry(
        entry_id,
        _link(item, parts, entry_id, reading),
        title_of_parts(parts, atom=reading.atom),
        published,
        updated,
        summary,
        content,
        _authors(parts, reading.slots),
        raw[:MAX_DATE] if raw else None,
    )


def title_of_parts(parts: Parts, *, atom: bool) -> str | None:
    """The first title that says something."""
    if "title" not in parts.first:
        medium = parts.first.get("media:title")
        return title_in(medium, atom=atom) if medium is not None else None
    title = title_in(parts.first["title"], atom=atom)
    if title is None and parts.more:
        found = (title_in(element, atom=atom) for element in parts.all("title"))
        title = next(filter(None, found), None)
    return title


def _link(item: Element, parts: Parts, entry_id: str | None, reading: Reading) -> str | None:
    """Written as text (RSS), else the first alternate (Atom), else a guid that is a permalink."""
    found = alternate = None
    for element in parts.all("link"):
        if element.attrib and (href := trimmed(element.get("href"))):
            if not _is_page(element):
                continue
            if element.tag == "link" and not reading.atom:
                found = element, href  # RSS after the manner of Atom
            elif alternate is None:
                alternate = element, href
        elif text := trimmed(text_in(element)):
            found = element, text
    found = found or alternate
    if found is not None:
        element, link = found
        return joined(reading.bases.get(element, reading.url), link)
    if cdf := trimmed(item.get("HREF")):
        return joined(reading.url, cdf)
    guid = parts.first.get("guid")
    if guid is None or not is_web(entry_id):
        return None
    says = guid.get("isPermaLink") or guid.get("ispermalink") or "true"
    return entry_id if says.lower() == "true" else None


def _is_page(link: Element) -> bool:
    """Whether an Atom link leads to a web page (RFC 4287, section 4.2.7.2)."""
    kind = link.get("type", "text/html").lower()
    return link.get("rel", "alternate") == "alternate" and "html" in kind


def _texts(parts: Parts, reading: Reading) -> tuple[str | None, str | None]:
    """Summary and content; a second description counts as content, as feedparser has it.

    Where there is neither, what a podcast or a video says of itself is the summary.
    """
    said = _written(parts, _SUMMARIES, atom=reading.atom)
    full = _written(parts, _CONTENTS, atom=reading.atom)
    if len(said) > 1 and not full:
        full = said[1:]
    if not said and not full:
        said = _written(parts, _NOTES, atom=reading.atom)
        for group in parts.all("group"):
            inner = parts_of(group, reading.slots)
            said = said or _written(inner, _NOTES, atom=reading.atom)
    summary, content = said[0] if said else None, full[0] if full else None
    return summary if summary != content else None, content


def _written(parts: Parts, types: Mapping[str, str], *, atom: bool) -> list[str]:
    """What the elements in the slots of `types` say as HTML, those that say nothing left out."""
    found = [
        html_in(element, types[slot], atom=atom)
        for slot, element in parts.first.items()
        if slot in types
    ]
    if parts.more:
        found += [
            html_in(element, types[slot], atom=atom)
            for slot, element in parts.more
            if slot in types
        ]
    return [html for html in found if html]


def _authors(parts: Parts, slots: Slots) -> tuple[str, ...]:
    first = parts.first
    slot = "author" if "author" in first else "itunes:author"
    if slot not in first:
        return ()
    names: list[str | None] = []
    for author in (first[slot],) if not parts.more else parts.all(slot):
        if len(author):
            names += [author_of(text_in(name)) for name in parts_of(author, slots).all("name")]
        else:
            names.append(author_of(author.text))
    return tuple(dict.fromkeys(filter(None, names)))
