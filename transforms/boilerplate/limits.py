"""Refuses markup that would cost the parser seconds: measured before it is parsed.

An HTML parser's work is quadratic in three things: the depth of open elements, the attributes of
one tag, and stray end tags times depth. Measured with lexbor 2.x: 50,000 nested `<div>` take 7.6 s,
5,000 take 0.03 s; 100,000 attributes on one tag take over 20 s, 5,000 take 0.06 s.
"""

import re
from collections.abc import Iterator

from schemas.errors import RowError
from transforms.boilerplate.reopened import MAX_REOPENED, most_reopened

MAX_TAGS = 400_000
"""`<` signs in a page. The largest of the 861 development pages has 41,000."""

MAX_DEPTH = 2_000
"""Open elements at one time. Browsers stop at 512."""

MAX_ATTRIBUTES = 2_000
"""Attributes of one tag."""

_HARMLESS_TAGS = 20_000
_HARMLESS_STARTS = 6_000
"""Of elements, all nested, with as many end tags as make `_HARMLESS_TAGS`: 0.07 s in lexbor."""
_HARMLESS_EQUALS = 20_000
_HARMLESS_STRETCH = 8_000
_SHORTEST_EQUALS = 3
"""Characters of ` a=`: a tag with 20,000 attributes of this kind has 60,000 characters."""

_TAG_NAME = re.compile(r"<(\\?/)?([a-zA-Z][a-zA-Z0-9-]{0,20})")  # scripts write `<\/div>`
_TAG_START = re.compile(r"<[a-zA-Z]")
# No alternative of this pattern can fail after it has matched, so it never goes back: linear.
_TAG = re.compile(
    r"<[a-zA-Z][^\s>]*(?:[\s/]+[^\s>=/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?)*",
)
# Comments, elements whose content is no markup, and (kept) all other tags with their quotes.
_RAW_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|textarea|xmp|iframe|noembed|noframes)\b.*?(?:</\1|\Z)|"
    + _TAG.pattern,
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# Elements without content, and those whose end tag may be left out: they close each other.
_SHALLOW_WORDS = """
area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option
optgroup thead tbody tfoot colgroup rp rt html head body path use
"""
_SHALLOW = frozenset(_SHALLOW_WORDS.split())


def refuse_monsters(markup: str) -> None:
    """Does nothing for a page that a parser can take in, which is every real one.

    Raises: RowError `too_deep` above MAX_TAGS, MAX_DEPTH, MAX_ATTRIBUTES or MAX_REOPENED. Depth and
    attributes are counted without parsing. What scripts and comments hold is counted out only up
    to ten times the limits: where they end is the parser's to say, and it could be fooled.
    """
    tags = markup.count("<")
    if tags > MAX_TAGS:
        raise RowError("too_deep", f"{tags:,} tags, the limit is {MAX_TAGS:,}")
    if reopened := most_reopened(markup):
        raise RowError(
            "too_deep",
            f"tags like <font> that are not closed: up to {reopened:,} elements of them, the limit "
            f"is {MAX_REOPENED:,}",
        )
    if len(markup) < _HARMLESS_STRETCH:
        return
    attributes, depth = _extremes(markup, tags)
    if _is_monstrous(attributes, depth) and not _is_monstrous(attributes // 10, depth // 10):
        markup = _RAW_TEXT.sub(_without_raw_text, markup)
        attributes, depth = _extremes(markup, markup.count("<"))
    if _is_monstrous(attributes, depth):
        raise RowError(
            "too_deep",
            f"elements nested {depth:,} deep, a tag with {attributes:,} attributes; the limits are "
            f"{MAX_DEPTH:,} and {MAX_ATTRIBUTES:,}",
        )


def _is_monstrous(attributes: int, depth: int) -> bool:
    return attributes > MAX_ATTRIBUTES or depth > MAX_DEPTH


def _extremes(markup: str, tags: int) -> tuple[int, int]:
    """(attributes of the fullest tag, depth); 0 where there is too little of it to matter."""
    is_harmless = tags <= _HARMLESS_STARTS or (
        tags <= _HARMLESS_TAGS and tags - markup.count("</") <= _HARMLESS_STARTS
    )
    return _most_attributes(markup), 0 if is_harmless else _depth(markup)


def _without_raw_text(match: re.Match[str]) -> str:
    return match[0] if match[1] is None and not match[0].startswith("<!--") else ""


def _depth(markup: str) -> int:
    """The largest number of elements open at once, each end tag closing one of its name."""
    open_of: dict[str, int] = {}
    depth = deepest = 0
    for slash, written in _TAG_NAME.findall(markup):
        name = written.lower()
        if slash:
            if open_of.get(name):
                open_of[name] -= 1
                depth -= 1
        elif name not in _SHALLOW:
            open_of[name] = open_of.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _most_attributes(markup: str) -> int:
    """About how many attributes the fullest tag has; 0 where no tag can have too many."""
    is_long = len(markup) > _SHORTEST_EQUALS * _HARMLESS_EQUALS
    if is_long and markup.count("=") > _HARMLESS_EQUALS:
        tags = [tag[0] for tag in _TAG.finditer(markup) if len(tag[0]) > _HARMLESS_STRETCH]
    else:
        tags = list(_long_tags(markup))
    return max((len(_QUOTED.sub("", tag).split()) for tag in tags), default=0)


def _long_tags(markup: str) -> Iterator[str]:
    """Tags with at least 8,000 characters before the first `>`.

    Such a stretch holds a whole window of 4,000 characters without `>`, wherever it begins.
    """
    window = _HARMLESS_STRETCH // 2
    at = 0
    while at < len(markup):
        if markup.find(">", at, at + window) < 0:
            end = markup.find(">", at)
            end = len(markup) if end < 0 else end
            start = _TAG_START.search(markup, markup.rfind(">", 0, at) + 1, end)
            if start:
                yield markup[start.start() : end]
            at = end
        at += window
