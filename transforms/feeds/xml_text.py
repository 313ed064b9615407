"""XML text without anything that could expand or reach out, and mended where it often breaks."""

import html.entities
import re

from schemas.errors import RowError

_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_DOCTYPE_PART = re.compile(r"""[^\["'>]+|"[^"]*"|'[^']*'""")
_SUBSET_PART = re.compile(r"""[^\]"'<]+|<!--.*?-->|"[^"]*"|'[^']*'|<""", re.DOTALL)
_ENTITY = re.compile(
    r"""<!ENTITY\s+(?:(?P<parameter>%)\s*)?(?P<name>[^\s%"'>]+)\s+"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<external>SYSTEM|PUBLIC)\b)"""
)
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(\w+);", re.DOTALL)
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|&(?:#(?P<decimal>[0-9]+);|#[xX](?P<hex>[0-9A-Fa-f]+);|(?P<name>\w+;)?)",
    re.DOTALL,
)
_WINDOWS = {
    number: bytes([number]).decode("cp1252", "ignore") or None for number in range(0x80, 0xA0)
}
_C1 = tuple(map(chr, _WINDOWS))
_PREDEFINED = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
MAX_DOCTYPE = 32_768
"""Characters of a DOCTYPE. All 253 entities of HTML 4, written out, take 10,000."""
MAX_EXPANSION = 100_000
"""Characters that a document's own entities may add in all. Entities in entities are refused."""


def inert_xml(text: str) -> str:
    """XML `text` without declaration and DOCTYPE; its own simple entities are written out.

    Nothing is left that a parser could expand or fetch. Text that is no XML comes back as it is.
    Raises: RowError `not_a_feed` for entities that refer to entities or files, or that add more
    than `MAX_EXPANSION` characters, and for a DOCTYPE over `MAX_DOCTYPE`: no feed needs them,
    bombs do (CVE-2003-1564).
    """
    start = start_of_root(text)
    doctype = _DOCTYPE.match(text, start)
    if not doctype:
        return text[start:]
    end, subset = _doctype_end(text[: start + MAX_DOCTYPE], doctype.end())
    entities = _entities(subset)
    rest = text[end:]
    return _expanded(rest, entities) if entities else rest


def start_of_root(text: str, at: int = 0) -> int:
    """Where the first thing begins that is no blank, comment or processing instruction."""
    # a loop, since a pattern with lazy parts in a repetition takes exponential time to fail
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # always matches
        for opening, closing in (("<!--", "-->"), ("<?", "?>"), ("\ufeff", "")):
            if text.startswith(opening, at):
                close = text.find(closing, at + len(opening))
                if close < 0:
                    return at
                at = close + len(closing)
                break
        else:
            return at


def _doctype_end(text: str, start: int) -> tuple[int, str]:
    """Where the DOCTYPE ends, and its internal subset ("" if it has none)."""
    at, subset = start, ""
    while at < len(text):
        if text[at] == ">":
            return at + 1, subset
        if text[at] == "[":
            close = at + 1
            while part := _SUBSET_PART.match(text, close):
                close = part.end()
            at, subset = close + 1, text[at + 1 : close]
            continue
        part = _DOCTYPE_PART.match(text, at)
        at = part.end() if part else at + 1
    raise RowError("not_a_feed", f"its DOCTYPE does not end within {MAX_DOCTYPE} characters")


def _entities(subset: str) -> dict[str, str]:
    entities: dict[str, str] = {}
    for match in _ENTITY.finditer(subset):
        if match["parameter"]:
            continue  # in good faith: RSS 0.91 and 1.0 name the HTML entity sets this way
        value = match["double"] if match["double"] is not None else match["single"]
        if match["external"] or value is None:
            raise RowError("not_a_feed", f"entity {match['name']!r:.60} names a file or an address")
        if _REFERENCE.search(value):
            raise RowError("not_a_feed", f"entity {match['name']!r:.60} refers to another entity")
        entities.setdefault(match["name"], value)  # the first declaration binds (XML 1.0, 4.2)
    return entities


def _expanded(text: str, entities: dict[str, str]) -> str:
    left = MAX_EXPANSION

    def value_of(match: re.Match[str]) -> str:
        nonlocal left
        value = entities.get(match[1]) if match[1] else None
        if value is None:
            return match[0]
        left -= len(value)
        if left < 0:
            raise RowError(
                "not_a_feed", f"its entities add more than {MAX_EXPANSION} characters: a bomb"
            )
        return value

    return _REFERENCE.sub(value_of, text)


def with_windows_characters(text: str) -> str:
    """`text` with the characters of windows-1252 for the controls at their numbers (128 to 159).

    As browsers read them where they are referred to (WHATWG HTML, "numeric character reference end
    state"); the five numbers that mean nothing there are dropped.
    """
    # 32 searches are quicker than one look at every character
    return text.translate(_WINDOWS) if any(map(text.__contains__, _C1)) else text


def repaired(text: str) -> str:
    """`text` with its ampersands mended outside CDATA, which is what most often breaks feeds.

    HTML entities become characters, other "&" text, references to characters that XML does not
    allow (1.0, section 2.2) nothing, those to 128 to 159 what `with_windows_characters` says.
    """
    return _AMPERSAND.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    written, name = match[0], match["name"] or ""
    if match["decimal"] or match["hex"]:
        digits = (match["decimal"] or match["hex"]).lstrip("0")[:8] or "0"
        number = int(digits, 10 if match["decimal"] else 16)
        if number in _WINDOWS:
            return _WINDOWS[number] or ""
        return written if _is_xml(number) else ""
    if name in _PREDEFINED or written.startswith("<"):
        return written
    character = html.entities.html5.get(name)
    return "&amp;" + name if character is None or character in "&<>\"'" else character


def _is_xml(number: int) -> bool:
    return (
        number in {0x9, 0xA, 0xD}
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
