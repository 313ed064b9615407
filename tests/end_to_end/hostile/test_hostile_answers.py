"""Answers of servers that lie, drip and flood: each page ends as an article or under its reason."""

import asyncio
import gzip
import struct
import zlib

import pytest

pytestmark = pytest.mark.slow


def dripping(piece, start=b"", pause_s=0.5):
    """One piece after the other, for ever, each long before the client's patience is over."""

    async def answer(seen, writer):
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return answer


def after(start, piece, times=None):
    """`start`, then `piece` again and again at full speed."""

    async def answer(seen, writer):
        writer.write(start)
        sent = 0
        while times is None or sent < times:
            writer.write(piece)
            await writer.drain()
            sent += 1

    return answer


def chunked(*chunks, end=b"0\r\n\r\n"):
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + body + end


def zeros(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


def cases(make):
    """{name: (answer, how it may end)}."""
    reply, article = make.reply, make.article
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    packed = gzip.compress(article("packed"))
    coded = "Content-Encoding: gzip"
    whole = chunked(article("chunks"))
    return {
        # slow
        "drip-status": (dripping(b"H"), {"deadline_exceeded", "protocol_error"}),
        "drip-headers": (dripping(b"X-A: 1\r\n"), {"deadline_exceeded", "protocol_error"}),
        "drip-body": (dripping(b"a ", start=head + b"\r\n<p>"), {"deadline_exceeded"}),
        "drip-1xx": (
            dripping(b"HTTP/1.1 100 Continue\r\n\r\n"),
            {"deadline_exceeded", "protocol_error"},
        ),
        # floods
        "flood-1xx": (
            after(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000),
            {"deadline_exceeded", "protocol_error", "headers_too_large", "unexpected_status"},
        ),
        "flood-header-line": (after(head + b"X-A: ", b"a" * 65536), {"headers_too_large"}),
        "flood-headers": (after(head, b"X-A: 1\r\n" * 4096), {"headers_too_large"}),
        "flood-cookies": (
            reply(article("flood-cookies"), 200, *[f"Set-Cookie: c{i}=x" for i in range(5000)]),
            {"headers_too_large"},
        ),
        "flood-trailers": (
            after(chunked(article("t"), end=b"0\r\n"), b"X-A: 1\r\n" * 4096),
            {"headers_too_large", "protocol_error", "deadline_exceeded"},
        ),
        "flood-chunk-extension": (
            after(head + b"Transfer-Encoding: chunked\r\n\r\n5;a=", b"a" * 65536),
            {"headers_too_large", "protocol_error", "deadline_exceeded"},
        ),
        "flood-tiny-chunks": (
            after(head + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 10_000),
            {"too_large", "deadline_exceeded"},
        ),
        # lengths and frames that lie
        "length-negative": (reply(article("n"), 200, "Content-Length: -5"), {"protocol_error"}),
        "length-plus": (reply(article("p"), 200, "Content-Length: +5"), {"protocol_error"}),
        "length-huge": (
            reply(article("h"), 200, f"Content-Length: {10**30}"),
            {"protocol_error", "truncated", "too_large"},
        ),
        "chunk-size-huge": (
            head + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\nx",
            {"protocol_error", "truncated"},
        ),
        "chunk-size-negative": (
            head + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
            {"protocol_error"},
        ),
        "chunk-cut": (whole[: len(whole) // 2], {"truncated"}),
        "chunk-without-line-end": (chunked(b"a")[:-5], {"truncated", "protocol_error"}),
        "partial-206": (
            reply(article("partial")[:900], 206, "Content-Range: bytes 0-899/9999"),
            {"unexpected_status", "truncated"},
        ),
        "no-content-204": (reply(b"", 204), {"unexpected_status", "empty_text", "not_html"}),
        "switching-101": (
            reply(b"", 101, "Upgrade: h2c", "Connection: Upgrade"),
            {"unexpected_status", "http_101", "protocol_error"},
        ),
        "http-2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04", {"protocol_error"}),
        "status-words": (b"HTTP/1.1 OK fine\r\n\r\n", {"protocol_error"}),
        # bytes of no character set, where they end up in messages and columns
        "bytes-location": (
            reply(b"", 302, "Location: http://a\xff\xfe.example/\xed\xa0\x80"),
            {"bad_redirect", "dns_failed"},
        ),
        "bytes-type": (
            reply(article("b"), 200, "Content-Type: text/\xff; charset=\xfe"),
            {"not_html"},
        ),
        "bytes-status": (b"HTTP/1.1 2\xff0 \xed\xa0\x80\r\n\r\n", {"protocol_error"}),
        "bytes-reason": (b"HTTP/1.1 404 \xed\xa0\x80\xff\r\n\r\n", {"http_404", "protocol_error"}),
        "bytes-directives": (
            reply(article("bytes-directives"), 200, "X-Robots-Tag: \xed\xa0\x80", "ETag: \xff"),
            {"article"},
        ),
        # codings
        "gzip-and-garbage": (reply(packed + b"\0garbage" * 99, 200, coded), {"article"}),
        "gzip-cut": (reply(packed[:-200], 200, coded), {"truncated", "bad_encoding"}),
        "gzip-bad-sum": (
            reply(packed[:-8] + b"12345678", 200, coded),
            {"bad_encoding", "truncated"},
        ),
        "gzip-many-members": (
            reply(gzip.compress(b"<p>a") * 5000, 200, coded),
            {"bad_encoding", "too_large"},
        ),
        "gzip-in-gzip-bomb": (
            reply(gzip.compress(zeros(200 << 20)), 200, "Content-Encoding: gzip, gzip"),
            {"too_large"},
        ),
        "gzip-long-name": (
            after(
                head + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08" + bytes(6), b"n" * 65536
            ),
            {"too_large"},
        ),
        "deflate-without-end": (
            after(
                head + b"Content-Encoding: deflate\r\n\r\n",
                b"\x00\x00\x00\xff\xff" * 10_000,  # empty stored blocks: no output, ever
            ),
            {"too_large", "bad_encoding"},
        ),
        "brotli-unasked": (reply(article("b"), 200, "Content-Encoding: br"), {"bad_encoding"}),
        "length-of-gzip-lies": (
            reply(packed[:-8] + struct.pack("<II", zlib.crc32(b""), 5), 200, coded),
            {"bad_encoding", "truncated"},
        ),
        # and what has to work beside all that
        "plain": (reply(article("plain")), {"article"}),
        "chunks": (whole, {"article"}),
        "hsts": (
            reply(article("hsts"), 200, "Strict-Transport-Security: max-age=9; preload"),
            {"article"},
        ),
    }


def test_every_answer_ends_under_its_reason_and_none_holds_up_the_others(web, run_on, make):
    wanted = cases(make)
    links = [f"http://{name}.example/p" for name in wanted]
    for name, (answer, _) in wanted.items():
        web.answers[name, "/p"] = answer
    feed = make.rss(*map(make.item, links)).encode()
    web.answers["list", "/feed"] = make.reply(feed, 200, "Content-Type: application/rss+xml")
    stored = run_on(["list"], wanted)
    stored.check()
    found = {name: stored.ends(name) for name in wanted}
    wrong = {n: f for n, f in found.items() if len(f) != 1 or f[0] not in wanted[n][1]}
    assert wrong == {}
    for name in ("plain", "chunks", "hsts"):
        assert f"MARK-{name}" in stored.texts(name)[0]
    assert web.canary == []
