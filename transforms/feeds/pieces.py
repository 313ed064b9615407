"""The last resort: items cut out of a document that nobody can read as a whole."""

import re
from collections.abc import Iterator
from itertools import islice

from transforms.feeds.elements import read_elements
from transforms.feeds.rows import MAX_ENTRIES, ParsedEntry

_OPENING = re.compile(r"<((?:[\w.-]+:)?(?:item|entry))(?=[\s/>])[^<>]*>", re.IGNORECASE)


def items_in_pieces(text: str, url: str) -> tuple[ParsedEntry, ...]:
    """The items of `text` that are well-formed, each read by itself; () if there are none.

    At most `MAX_ENTRIES` are tried, and given. Namespace declarations of the root are out of sight:
    prefixes mean what they usually do.
    """
    found = (
        entry
        for piece in _pieces(text)
        if (feed := read_elements(piece.encode("utf-8", "replace"), url)) is not None
        for entry in feed.entries
    )
    return tuple(islice(found, MAX_ENTRIES))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for _ in range(MAX_ENTRIES):
        opening = _OPENING.search(text, at)
        if opening is None:
            return
        if opening[0].endswith("/>"):
            at = opening.end()
            continue
        closing = f"</{opening[1]}>"
        end = text.find(closing, opening.end())
        if end < 0:
            return
        at = end + len(closing)
        yield text[opening.start() : at]
