"""What servers send to fill, confuse or hold up a client, over real sockets."""

import asyncio
import gzip

import pytest

from transforms.web import Request, parse_allowed_host, parse_host_mapping

DAY_S = 86_400


def test_an_answer_that_nobody_asked_for_is_not_that_of_the_next_question(
    serve, reply, open_client, ends
):
    """A server that answers ahead could put its words under another page of its host."""
    site = serve({
        "/a": reply(b"a") + reply(b"poison"),
        "/b": reply(b"b"),
        "/c": reply(b"", 302, "Location: /b") + reply(b"poison"),
    })  # fmt: skip
    client = open_client(site)
    requests = [Request(f"http://a.example/{path}", kind="feed") for path in "abcb"]
    found = [(f.request.url[-1], f.response and f.response.body) for f in client.fetch(requests)]
    assert {body for _, body in found} <= {b"a", b"b", None}
    assert ("a", b"a") in found


def test_cookies_of_a_chain_do_not_grow_without_end(serve, reply, open_client, ends):
    sent = []

    def hop(number):
        def answer(seen):
            sent.append(len(seen.headers.get("cookie", "")))
            where = f"/h{number + 1}" if number < 5 else "/end"
            cookies = [f"Set-Cookie: c{number}x{i}={'v' * 4000}" for i in range(14)]
            return reply(b"", 302, f"Location: {where}", *cookies)

        return answer

    routes = {f"/h{number}": hop(number) for number in range(1, 5)}
    ends(open_client(serve(routes)), Request("http://a.example/h1", kind="feed"))
    assert len(sent) == 4
    assert max(sent) <= 64_000


@pytest.mark.parametrize(
    ("value", "most_s"),
    [
        ("1e309", None),
        ("9" * 5000, DAY_S),
        ("-1", None),
        ("0x10", None),
        ("٣", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY_S),
        ("Fri, 31 Dec 99999 23:59:59 GMT", DAY_S),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 -9999", DAY_S),
    ],
)
def test_no_retry_after_keeps_us_away_for_more_than_a_day(serve, reply, open_client, value, most_s):
    answer = reply(b"", 429).replace(b" X\r\n", f" X\r\nRetry-After: {value}\r\n".encode())
    client = open_client(serve({"/p": answer}), tries=1)
    (fetched,) = client.fetch([Request("http://a.example/p", kind="feed")])
    assert fetched.error.code == "http_429"
    assert (fetched.error.retry_after_s or 0) <= (most_s or 0)


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        (b"HTTP/1.1 200 X\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", {"protocol_error"}),
        (b"HTTP/1.1 200 X\r\nContent-Length: 3\r\nContent-Length: 4\r\n", {"protocol_error"}),
        (b"HTTP/1.1 200 X\r\nContent-Length: 3, 3\r\n", {"protocol_error"}),
        (b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked, x\r\n", {"protocol_error", 200}),
        (b"HTTP/1.1 200 X\r\nTransfer-Encoding: x\r\n", {"protocol_error", 200}),
        (b"HTTP/1.1 200 X\r\nX: a\r\n b\r\nContent-Length: 3\r\n", {"protocol_error", 200}),
        (b"HTTP/1.1 200 X\r\nX\0: a\r\nContent-Length: 3\r\n", {"protocol_error"}),
        (b"HTTP/1.1 200 X\r\n: a\r\nContent-Length: 3\r\n", {"protocol_error"}),
        (b"HTTP/9.9 200 X\r\nContent-Length: 3\r\n", {"protocol_error", 200}),
        (b"<html>no status line</html>\r\n", {"protocol_error"}),
    ],
)  # fmt: skip
def test_messages_that_two_readers_would_read_differently_are_not_read(
    serve, open_client, ends, head, codes
):
    """RFC 9112, sections 6.3 and 11.2: what follows such a message cannot be trusted.

    A body whose last transfer coding is not `chunked` ends with its connection, by the same rules.
    """

    def answer(seen, writer):
        writer.write(head + b"\r\nabc")
        writer.close()
        return b""

    found = ends(
        open_client(serve({"/p": answer}), tries=1), Request("http://a.example/p", kind="feed")
    )
    assert found["/p"] in codes


def test_a_body_without_length_that_does_not_end_is_too_large(serve, open_client, ends):
    async def answer(seen, writer):
        writer.write(b"HTTP/1.0 200 X\r\n\r\n")
        while True:
            writer.write(b"a" * 65536)
            await writer.drain()

    client = open_client(serve({"/p": answer}), max_feed_bytes=1_000_000)
    assert ends(client, Request("http://a.example/p", kind="feed")) == {"/p": "too_large"}


@pytest.mark.parametrize(
    "coding",
    ["gzip, " * 20 + "gzip", "gzip," * 30_000 + "gzip", "identity, " * 20 + "gzip", "zstd"],
)
def test_codings_on_codings_are_not_undone(serve, reply, open_client, ends, coding):
    body = gzip.compress(b"text")
    client = open_client(serve({"/p": reply(body, 200, f"Content-Encoding: {coding}")}))
    wanted = {200} if coding.startswith("identity") else {"bad_encoding", "headers_too_large"}
    assert ends(client, Request("http://a.example/p", kind="feed"))["/p"] in wanted


@pytest.mark.parametrize("greeting", [b"", b"\x16\x03\x03\x40\x00"])
def test_a_handshake_that_does_not_end_meets_the_limit_for_connecting(
    serve, open_client, ends, greeting
):
    """The server takes the connection and never, or never wholly, says hello."""

    async def hold(reader, writer):
        try:
            writer.write(greeting)
            await asyncio.Event().wait()
        finally:
            writer.close()

    site = serve({})
    server = site.run(asyncio.start_server(hold, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    client = open_client(
        site,
        resolve=(parse_host_mapping(f"a.example:443:127.0.0.1:{port}"),),
        allow=(parse_allowed_host(f"127.0.0.1:{port}"),),
        connect_timeout_s=0.3,
        tries=1,
    )
    found = ends(client, Request("https://a.example/p", kind="feed"))
    site.run(_closed(server))
    assert found["/p"] in {"connect_timeout", "tls_failed"}


async def _closed(server):
    server.close()


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\nDisallow: /x\n" + b"".join(b"Disallow: /%d*$\n" % i for i in range(2000)),
        b"".join(b"User-agent: bot%d\n" % i for i in range(2000)) + b"Disallow: /\n",
        b"Sitemap: http://127.0.0.1/\n" * 2000,
        b"User-agent: *\nCrawl-delay: 1e309\nDisallow:\n",
        b"User-agent: *\nRequest-rate: 1/0\nVisit-time: 9999-0\nDisallow:\n",
        b"User-agent: *\nAllow: /" + b"a" * 400_000 + b"\n",
    ],
)
def test_large_and_odd_robots_files_cost_little_and_forbid_nothing_more(
    serve, reply, open_client, ends, body
):
    client = open_client(serve({"/robots.txt": reply(body), "/p": reply(b"x")}))
    assert ends(client, Request("http://a.example/p")) == {"/p": 200}


def test_a_robots_file_that_is_a_bomb_forbids_all(serve, reply, open_client, ends):
    bomb = reply(gzip.compress(bytes(6 << 20)), 200, "Content-Encoding: gzip")
    client = open_client(serve({"/robots.txt": bomb, "/p": reply(b"x")}))
    assert ends(client, Request("http://a.example/p")) == {"/p": "robots_unreachable"}
