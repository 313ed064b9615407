"""Strings of a feed made safe and plain: no control characters, no markup in titles."""

import html
import re
from contextlib import suppress

MAX_TITLE = 2_000
"""Characters kept of a title."""
MAX_HTML = 1_000_000
"""Characters kept of a summary or content: a hundred times a long article."""

MAX_AUTHOR = 500
"""Characters read of an author."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SINGLES = (*map(chr, (*range(9), 11, 12, *range(14, 32))), "\x7f", "\ufffe", "\uffff")
# Elements that feeds put into titles. Others stay: "<Enter>" is a word, not a tag.
_HIDDEN = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img"
    r"|ins|kbd|li|mark|nobr|ol|p|pre|q|s|samp|script|small|span|strike|strong|style|sub|sup|time"
    r"|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_BREAKING = re.compile(r"</?(?:br|div|h[1-6]|hr|li|ol|p|pre|ul)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?\Z")
_ADDRESS = re.compile(r"[^\s<>()@]+@[^\s<>()@]+")


def storable(text: str) -> str:
    """`text` without C0 controls (tab and line ends stay), lone surrogates and non-characters.

    XML 1.0 (section 2.2, Char) allows none of them, and no UTF-8 writer takes a surrogate.
    """
    # most strings here are one line of printable characters, which is quick to see; in a document
    # a search for each character is quicker than the pattern, and encoding finds the surrogates
    if text.isprintable():
        return text
    if len(text) > 10_000 and not any(map(text.__contains__, _SINGLES)):
        with suppress(UnicodeEncodeError):
            text.encode()
            return text
    return _UNSTORABLE.sub("", text)


def mended(text: str) -> str:
    """`text`, or what it was before somebody read its UTF-8 as Latin-1 ("Ã©" is "é").

    As feedparser does: Latin-1 text is hardly ever UTF-8 by chance.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def trimmed(text: str | None) -> str | None:
    """`text`, storable and trimmed; None if nothing is left."""
    return (storable(text).strip() or None) if text else None


def html_of(text: str | None, *, plain: bool = False) -> str | None:
    """`text` as HTML of at most `MAX_HTML` characters (escaped if `plain`); None if blank.

    `text` must be storable: that of an XML document is.
    """
    kept = mended(text[:MAX_HTML]).strip() if text else None
    if not kept:
        return None
    return html.escape(kept, quote=False) if plain else kept


def title_of(text: str | None, *, plain: bool = False) -> str | None:
    """`text` as one line of plain text of at most `MAX_TITLE` characters; None if blank.

    Unless `plain`, it is HTML: markup goes, then character references are decoded, once.
    """
    if not text:
        return None
    text = mended(text[: 4 * MAX_TITLE])  # markup may be longer than the words; not much longer
    if not plain:
        if "<" in text:
            text = _TAG.sub(_space_of, _HIDDEN.sub(" ", text))
        if "&" in text:
            text = html.unescape(text)
    # ends in a soft hyphen or a zero-width space are leavings of a content system
    line = " ".join(storable(text).split()).strip("\xad\u200b\ufeff ")
    return line[:MAX_TITLE].rstrip() or None


def _space_of(tag: re.Match[str]) -> str:
    return " " if _BREAKING.match(tag.group()) else ""


def language_of(tag: str | None) -> str | None:
    """Primary subtag of a BCP 47 tag, lower case ("en" for "en-GB"); None if it is not one."""
    match = _LANGUAGE.match(tag.strip()) if tag else None
    return match.group(1).lower() if match else None


def author_of(text: str | None) -> str | None:
    """The name in an RSS or Atom author: "a@b.example (Ann Lee)" -> "Ann Lee".

    RSS 2.0 asks for an address with the name in brackets; an address alone is no name: None.
    """
    name = title_of(text[:MAX_AUTHOR]) if text else None
    if name is None:
        return None
    name = _ADDRESS.sub("", name).replace("<>", "").replace("()", "").strip()
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return name or None
