"""The format of a feed document, for people."""

import re

_ROOT = re.compile(
    rb"<(?:[\w.-]+:)?(rss|feed|RDF|channel|urlset|sitemapindex|html)\b([^>]{0,2000})", re.IGNORECASE
)
_VERSION = re.compile(rb"version\s*=\s*[\"']\s*([\w.]{1,10})")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEAD = 4096
"""Bytes that are looked at: comments and style sheets may stand before the root."""

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def format_of(body: bytes) -> str:
    """`RSS 2.0`, `Atom`, `RDF`, `JSON Feed`, `sitemap`, `HTML`, or `unknown`.

    By the start of the document; whether it can be read is for `parse_feed` to say.
    """
    head = body[:_HEAD]
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            head = head.decode(encoding, errors="ignore").encode()
            break
    if head.lstrip()[:1] == b"{":
        return "RSS in JSON" if b'"rss"' in head and b"jsonfeed" not in head else "JSON Feed"
    root = _ROOT.search(_COMMENT.sub(b"", head))
    if root is None:
        return "unknown"
    name = root[1].lower()
    if name == b"rss":
        version = _VERSION.search(root[2])
        return f"RSS {version[1].decode('ascii', 'replace')}" if version else "RSS"
    known = {b"feed": "Atom", b"rdf": "RDF", b"channel": "CDF", b"html": "HTML"}
    return known.get(name, "sitemap")
