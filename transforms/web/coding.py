"""Content codings, undone step by step and never beyond a limit."""

import re
import zlib
from collections.abc import Iterator

from schemas.errors import RowError

MAX_CODINGS = 2
"""Nested codings per body; a chain of thousands is CVE-2025-66418."""
MAX_MEMBERS = 64
"""Gzip members per body; many tiny ones cost more than their bytes (aio-libs/aiohttp#13362)."""

_STEP_BYTES = 1 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_SEPARATOR = re.compile(r"[,\s]+")


class Decoder:
    """Collects the chunks of one body. `feed` each, then take `finish()`.

    At most `max_bytes` of output are kept, and at most 1 MB more exist at any time.
    """

    def __init__(self, content_encoding: str, max_bytes: int) -> None:
        """Raises: RowError("bad_encoding") for an unknown coding, or more than two."""
        codings = [
            c for c in _SEPARATOR.split(content_encoding.lower()) if c not in {"", "identity"}
        ]
        if len(codings) > MAX_CODINGS:
            raise RowError(
                "bad_encoding", f"{len(codings)} nested content codings; the limit is {MAX_CODINGS}"
            )
        self._layers = [_Layer(coding) for coding in reversed(codings)]
        self._max_bytes = max_bytes
        self._taken = 0
        self._kept = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Decode one chunk. Raises: RowError("too_large", "bad_encoding")."""
        self._taken += len(chunk)
        # Input counts as well: empty blocks of deflate can go on for ever without any output.
        self._check(self._taken)
        self._pass(chunk, 0)

    def _pass(self, chunk: bytes, depth: int) -> None:
        if depth == len(self._layers):
            self._check(len(self._kept) + len(chunk))
            self._kept += chunk
            return
        for piece in self._layers[depth].feed(chunk):
            self._pass(piece, depth + 1)

    def _check(self, size: int) -> None:
        if size > self._max_bytes:
            raise RowError("too_large", f"the body is larger than {self._max_bytes} bytes")

    def finish(self) -> bytes:
        """The whole body. Raises: RowError("truncated") if a coding did not come to its end."""
        for layer in self._layers:
            if layer.is_open:
                raise RowError("truncated", f"the {layer.coding} stream ends before its end mark")
        return bytes(self._kept)


class _Layer:
    """One coding: gzip, x-gzip or deflate (RFC 9110, section 8.4.1)."""

    def __init__(self, coding: str) -> None:
        if coding not in {"gzip", "x-gzip", "deflate"}:
            raise RowError(
                "bad_encoding", f"content coding {coding[:40]!r}; only gzip was asked for"
            )
        self.coding = coding
        self.is_open = False
        """True from the first byte of a stream or member until its end mark."""
        self._held = b""
        self._members = 0
        self._is_done = False
        self._stream: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Decoded pieces of at most 1 MB each. Raises: RowError("bad_encoding")."""
        chunk, self._held = self._held + chunk, b""
        self.is_open = self.is_open or (bool(chunk) and not self._members)
        while chunk and not self._is_done:
            if self._stream is None and len(chunk) < 2:
                self._held = chunk
                return
            stream = self._stream = self._stream or self._opened(chunk)
            if stream is None:
                return
            try:
                yield from _pieces(stream, chunk)
            except zlib.error as error:
                raise RowError(
                    "bad_encoding", f"the {self.coding} stream is corrupt: {error}"
                ) from None
            if not stream.eof:
                return
            self._stream, self.is_open, chunk = None, False, stream.unused_data

    def _opened(self, start: bytes) -> "zlib._Decompress | None":
        """A decompressor for the member that starts here; None if only padding follows."""
        if self.coding == "deflate":
            # Meant is the zlib format (RFC 1950), but bare deflate (RFC 1951) is sent as well.
            is_zlib = start[0] & 15 == 8 and int.from_bytes(start[:2], "big") % 31 == 0
            bits = zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
        else:
            bits = 16 + zlib.MAX_WBITS
        if self._members and (self.coding == "deflate" or not start.startswith(_GZIP_MAGIC)):
            self._is_done = True
            return None
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise RowError("bad_encoding", f"more than {MAX_MEMBERS} gzip members in one body")
        self.is_open = True
        return zlib.decompressobj(bits)


def _pieces(stream: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    piece = stream.decompress(chunk, _STEP_BYTES)
    while piece:
        yield piece
        # Output may wait inside although all input is taken: ask until nothing comes.
        piece = b"" if stream.eof else stream.decompress(stream.unconsumed_tail, _STEP_BYTES)
