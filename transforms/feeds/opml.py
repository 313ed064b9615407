"""OPML lists of feeds (opml.org/spec2.opml), read without DTD, entities or anything external."""

import re
from collections.abc import Iterable
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from schemas.feed import Feed

_FIELDS = ("country", "language", "kind")

# XML 1.0, section 2.2: no other character may stand in a document, not even escaped.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class OpmlError(ValueError):
    """The document cannot be used as a list of feeds, because of what stands on `line`."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def outlines(text: str) -> list[tuple[int, dict[str, str]]]:
    """(line, fields) of every outline with an `xmlUrl`, however deep, in document order.

    `name` is the attribute `title`, else `text`, unless that only repeats the address; `language`,
    `country` and `kind` are taken where an export of ours wrote them. Attribute names count in any
    case, as programs write xmlUrl in several. Raises: OpmlError for what is not OPML, not
    well-formed, or has a DOCTYPE.
    """
    found: list[tuple[int, dict[str, str]]] = []
    parser = expat.ParserCreate("utf-8")  # decoded already, whatever its declaration says
    blank = text[: len(text) - len(text.lstrip())]  # some write it before the declaration
    skipped = blank.count("\n")
    root = ""

    def element(tag: str, attributes: dict[str, str]) -> None:
        nonlocal root
        root = root or tag.lower()
        if root != "opml":
            message = (
                f"<{tag[:60]}> is not the root of an OPML document; "
                f"write a feed list as OPML, CSV or one URL a line"
            )
            raise OpmlError(message, skipped + parser.CurrentLineNumber)
        values = {name.lower(): value.strip() for name, value in attributes.items()}
        if tag.lower() == "outline" and "xmlurl" in values:
            name = values.get("title") or values.get("text") or ""
            name = "" if name == values["xmlurl"] else name
            fields = {field: values.get(field, "") for field in _FIELDS}
            fields |= {"url": values["xmlurl"], "name": name}
            found.append((skipped + parser.CurrentLineNumber, fields))

    def doctype(*_: object) -> None:
        message = "a list of feeds needs no DOCTYPE, and entities are refused; delete it"
        raise OpmlError(message, skipped + parser.CurrentLineNumber)

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text[len(blank) :].encode("utf-8"), True)  # noqa: FBT003 - no keyword there
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        message = f"not well-formed XML: {reason}; mend it there"
        raise OpmlError(message, skipped + error.lineno) from None
    return found


def write_opml(feeds: Iterable[Feed], title: str = "Feeds") -> str:
    """The feeds as OPML 2.0, in their order, with all that a feed list knows of them.

    `country`, `language` and `kind` stand in attributes of their own (the specification allows
    them), so that `outlines` gives back what was written; other programs ignore them. `text`, which
    must be there, is the name, or the address of a feed that has none. Characters that XML does not
    know are left out.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{_text(title)}</title></head>",
        "<body>",
    ]
    for feed in feeds:
        fields = {"text": feed.name or feed.url, "type": "rss", "xmlUrl": feed.url}
        fields |= {name: getattr(feed, name) for name in _FIELDS}
        written = (f"{name}={_quoted(value)}" for name, value in fields.items() if value)
        lines.append(f"<outline {' '.join(written)}/>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _quoted(value: str) -> str:
    return quoteattr(_NOT_XML.sub("", value))


def _text(value: str) -> str:
    return _quoted(value)[1:-1].replace("'", "&apos;")
