"""Bytes of a feed to text."""

import codecs
import re
from functools import lru_cache

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first bytes of "<?xm" without a mark (XML 1.0, appendix F.1), and of any other tag.
_OPENINGS = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"Lo\xa7\x94", "cp037"),
)
_TELLING = tuple(opening for opening, _ in (*_BYTE_ORDER_MARKS, *_OPENINGS))
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# Codecs that Python knows and that are no charsets of documents (unicode_escape, idna, utf-7 ...)
# must not be reachable from a header. UTF-16 and EBCDIC are told by the first bytes alone: a label
# that can be read as ASCII is wrong about them.
_TEXT_CODECS = re.compile(
    r"ascii|utf-8|iso8859-|iso2022_|cp(?:125|437|8|9)|koi8-|gb|big5|euc_|shift_jis|johab|mac-"
    r"|tis-620|hz"
)
_ONE_BYTE = re.compile(r"cp125|iso8859-|koi8-|mac-")
# What the label means on the web (WHATWG Encoding Standard, section 4.2): supersets.
_SUPERSETS = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}


def is_utf8(body: bytes, content_type: str | None = None) -> bool:
    """Whether `text_of` would try UTF-8 first; `body` may still not be valid UTF-8."""
    if body.startswith(_TELLING):
        return body.startswith(codecs.BOM_UTF8)
    return _may_be_utf8(_named(body, content_type))


def _may_be_utf8(named: list[str | None]) -> bool:
    """Whether nobody names a charset, or one of the names may well be wrong about UTF-8."""
    return "utf-8" in named or all(name is None or _ONE_BYTE.match(name) for name in named)


def _named(body: bytes, content_type: str | None) -> list[str | None]:
    """The codecs that the header and the XML declaration name."""
    header = _CHARSET.search(content_type) if content_type else None
    declared = _DECLARED.match(body)
    return [
        _codec(header[1]) if header else None,
        _codec(declared[1].decode("ascii")) if declared else None,
    ]


def text_of(body: bytes, content_type: str | None = None) -> str:
    """`body` as text; never fails: what no named encoding can read is read as windows-1252.

    A byte order mark wins (RFC 7303, section 3.3), then valid UTF-8 where some name for it, or no
    name at all, or only one-byte charsets are given (texts in those are hardly ever valid UTF-8,
    and servers announce them by default), then the charset of the header, then that of the XML
    declaration.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    for opening, codec in _OPENINGS:
        if body.startswith(opening):
            return body.decode(codec, "replace")
    named = _named(body, content_type)
    if _may_be_utf8(named):
        named.insert(0, "utf-8")
    for name in (*filter(None, named), "utf-8"):
        try:
            return body.decode(name)
        except UnicodeDecodeError:  # noqa: PERF203 - four turns at most
            continue
    return _mostly_utf8(body) or body.decode("cp1252", "replace")


def _mostly_utf8(body: bytes) -> str | None:
    """`body` as UTF-8 with its few broken sequences marked; None if it rather is not UTF-8."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if 4 * broken < beyond_ascii else None


@lru_cache(maxsize=256)
def _codec(label: str) -> str | None:
    """Python's codec for a charset label; None for one that is unknown or not a charset."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if _TEXT_CODECS.match(name) else None
