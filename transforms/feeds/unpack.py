"""Feeds that are gzip files in themselves, as sitemaps often are, beside any coding of HTTP."""

import zlib

from schemas.errors import RowError

MAX_BODY = 32_000_000
"""Bytes of a document that was unpacked. Sitemaps may have 50 MB; those of news have 1,000 URLs."""
_GZIP = b"\x1f\x8b"


def unpacked(body: bytes) -> bytes:
    """`body`, unpacked if it is a gzip file (RFC 1952); one that breaks off gives what it has.

    Raises: RowError `bad_encoding` if nothing can be unpacked, or gzip comes out again;
    `too_large` beyond `MAX_BODY` bytes.
    """
    if not body.startswith(_GZIP):
        return body
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        text = reader.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise RowError("bad_encoding", f"the gzip file is corrupt: {error}"[:300]) from error
    if len(text) > MAX_BODY:
        raise RowError("too_large", f"the gzip file holds more than {MAX_BODY} bytes")
    if text.startswith(_GZIP):
        raise RowError("bad_encoding", "the gzip file holds a gzip file; one layer is read")
    return text
