"""From the bytes of a page or feed to its characters."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRESCAN_BYTES = 2048
_SAMPLE_BYTES = 32_768
_MAX_BAD_SHARE = 0.1
_MAX_BAD_SHARE_UTF8 = 0.8

_DECLARED = re.compile(
    rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{1,40})"
    rb"|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([a-z0-9_:.-]{1,40})",
    re.IGNORECASE,
)
_TAGS = re.compile(rb"(?s)<(script|style)\b.*?</\1|<[^<>]{0,2000}>|[\x00-\x7f]{80,}")

# Labels that mean something else on the web than in Python (WHATWG Encoding, section 4.2).
_WEB_LABELS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "l1": "cp1252", "x-cp1252": "cp1252", "ansi": "cp1252",
    "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "latin5": "cp1254", "x-cp1254": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "dos-874": "cp874", "windows-874": "cp874",
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "csgb2312": "gb18030", "chinese": "gb18030",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "ms_kanji": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "korean": "cp949",
    "windows-949": "cp949", "x-euc-jp": "euc_jp",
    "iso-8859-8-i": "iso8859_8", "logical": "iso8859_8",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
    "unicode-1-1-utf-8": "utf-8", "x-unicode20utf8": "utf-8", "utf-16": "utf-16-le",
    "unicode": "utf-16-le", "ucs-2": "utf-16-le",
}  # fmt: skip

# Not encodings of text, or refused by the standard because they hide ASCII (UTF-7, HZ).
_REFUSED = frozenset({
    "utf-7", "hz-gb-2312", "hz", "iso-2022-kr", "iso-2022-cn", "replacement", "idna", "punycode",
    "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem",
})  # fmt: skip

_CANDIDATES = [
    "utf_8", "cp1252", "cp1251", "cp1250", "cp1256", "cp1254", "cp1253", "cp1255", "cp1257",
    "cp1258", "koi8_r", "cp874", "gb18030", "big5", "cp932", "euc_jp", "cp949", "iso2022_jp",
    "iso8859_2",
]  # fmt: skip


def decode_body(body: bytes, charset: str | None) -> str:
    """The characters of a page or feed; `charset` is what the HTTP header says, if anything.

    In this order: byte order mark; valid UTF-8, whatever is declared (text in another encoding is
    not valid UTF-8 by chance beyond a few characters, and servers that say ISO-8859-1 by default
    are common); the header; `<meta>` or the XML declaration in the first 2 kB; detection by
    charset-normalizer on a sample of 32 kB; windows-1252. A declared encoding is believed unless
    more than a tenth of the characters beyond ASCII are invalid in it; UTF-8, whose sequences
    vouch for themselves, unless more than four fifths are. Labels mean what browsers
    take them to mean (WHATWG Encoding, section 4.2). Invalid bytes become U+FFFD; never fails.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    head = body[:_PRESCAN_BYTES]
    is_plain = b"\x1b" not in body and b"\x00" not in head
    if is_plain:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for encoding in _declared(head, charset):
        text = body.decode(encoding, "replace")
        if _is_credible(text, encoding):
            return text
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_detected(body), "replace")


def _declared(head: bytes, charset: str | None) -> list[str]:
    """Python codecs of the header's and the document's own declaration, without the unknown."""
    labels = [charset] if charset else []
    match = _DECLARED.search(head)
    if match is not None:
        inner = (match[1] or match[2]).decode("ascii")
        # A declaration that could be read as ASCII is not in UTF-16 (WHATWG HTML, 13.2.3.2).
        labels.append("utf-8" if inner.lower().startswith("utf-16") else inner)
    return [codec for codec in map(_codec, labels) if codec is not None]


def _codec(label: str) -> str | None:
    label = label.strip(" \t\r\n\"'").lower()
    name = _WEB_LABELS.get(label, label)
    if name in _REFUSED:
        return None
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # `rot13`, `base64` and their like are codecs of Python, but not of text.
    return info.name if getattr(info, "_is_text_encoding", False) else None


def _is_credible(text: str, encoding: str) -> bool:
    bad = text.count("\ufffd")
    if not bad:
        return True
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return bad <= beyond_ascii * (_MAX_BAD_SHARE_UTF8 if encoding == "utf-8" else _MAX_BAD_SHARE)


def _detected(body: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  50 ms, and one page in hundreds

    sample = _TAGS.sub(b" ", body[: 8 * _SAMPLE_BYTES])[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=_CANDIDATES, steps=5, chunk_size=512).best()
    return best.encoding if best is not None else "cp1252"
