"""What the client makes of answers: good ones, broken ones, hostile ones."""

import gzip
from datetime import datetime, timezone

from transforms.web import Request

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


def test_a_page_comes_back_with_all_that_later_stages_need(serve, reply, open_client):
    page = reply(
        b"<p>Envoys met", 200, "Content-Type: text/html; Charset='UTF-8'", "X-A: 1", "X-a: 2"
    )
    client = open_client(serve({"/p": page}), clock=lambda: NOW)
    (fetched,) = client.fetch([Request("http://A.example/p#top", tag=7)])
    response = fetched.response
    assert (fetched.request.tag, response.status, response.body) == (7, 200, b"<p>Envoys met")
    assert (response.charset, response.headers["x-a"]) == ("utf-8", "1, 2")
    assert response.url == response.final_url == "http://A.example/p#top"
    assert response.fetched_at == NOW
    assert response.duration_ms >= 0


def test_the_request_is_honest_and_asks_for_gzip_only(serve, reply, open_client, ends):
    site = serve({"/p": reply(b"x")})
    ends(open_client(site), Request("http://a.example/p?q=ü b", kind="feed"))
    ends(open_client(site), Request("http://a.example/p", kind="feed"))
    headers = site.seen[-1].headers
    assert headers["user-agent"] == "Communique/0 (+mailto:t@x.example)"
    assert (headers["accept-encoding"], headers["host"]) == ("gzip", "a.example")
    assert site.paths()[0] == "/p?q=%C3%BC%20b"


def test_validators_are_sent_and_304_is_an_answer(serve, reply, open_client):
    site = serve({"/f": reply(b"", 304, 'ETag: "2"')})
    request = Request("http://a.example/f", '"1"', "Sun, 01 Mar 2026 10:00:00 GMT", "feed")
    (fetched,) = open_client(site).fetch([request])
    assert (fetched.response.status, fetched.response.headers["etag"]) == (304, '"2"')
    assert site.seen[0].headers["if-none-match"] == '"1"'
    assert site.seen[0].headers["if-modified-since"] == "Sun, 01 Mar 2026 10:00:00 GMT"


def test_304_without_a_question_is_a_failure(serve, reply, open_client, ends):
    client = open_client(serve({"/f": reply(b"", 304)}))
    assert ends(client, Request("http://a.example/f", kind="feed")) == {"/f": "http_304"}


def test_validators_that_would_break_a_request_are_not_sent(serve, reply, open_client, ends):
    site = serve({"*": reply(b"x")})
    client = open_client(site)
    ends(client, Request("http://a.example/1", "e" * 5000, "a\r\nX-Evil: 1", "feed"))
    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(site.seen[0].headers)


def test_bodies_are_decoded_and_their_ends_checked(serve, reply, open_client, ends):
    packed = gzip.compress(b"x" * 5000)
    zipped = "Content-Encoding: gzip"
    site = serve({
        "/good": reply(packed, 200, zipped),
        "/twice": reply(gzip.compress(packed), 200, "Content-Encoding: gzip, gzip"),
        "/cut": reply(packed[:-9], 200, zipped),
        "/lie": reply(b"plain", 200, zipped),
        "/brotli": reply(b"x", 200, "Content-Encoding: br"),
        "/many": reply(packed, 200, "Content-Encoding: gzip, gzip, gzip"),
        "/bomb": reply(gzip.compress(bytes(2_000_000)), 200, zipped),
        "/large": reply(bytes(100_001)),
        "/chunks": reply(b"zz\r\nx\r\n", 200, "Transfer-Encoding: chunked"),
    })  # fmt: skip
    client = open_client(site, max_page_bytes=100_000, tries=1)
    paths = ["good", "twice", "cut", "lie", "brotli", "many", "bomb", "large", "chunks"]
    assert ends(client, *[Request(f"http://a.example/{path}") for path in paths]) == {
        "/good": 200,
        "/twice": 200,
        "/cut": "truncated",
        "/lie": "bad_encoding",
        "/brotli": "bad_encoding",
        "/many": "bad_encoding",
        "/bomb": "too_large",
        "/large": "too_large",
        "/chunks": "protocol_error",
    }


def test_a_failure_does_not_hold_on_to_what_was_read(serve, reply, open_client):
    client = open_client(serve({"/p": reply(bytes(2000))}), max_page_bytes=1000)
    (fetched,) = client.fetch([Request("http://a.example/p")])
    assert fetched.error.code == "too_large"
    assert fetched.error.__traceback__ is fetched.error.__context__ is None


def test_a_connection_that_ends_early_never_gives_a_page(serve, reply, open_client, ends):
    def cut(seen, writer):
        writer.write(reply(b"half", 200, "Content-Length: 99"))
        writer.close()
        return b""

    def hang_up(seen, writer):
        writer.close()
        return b""

    site = serve({"/short": cut, "/nothing": hang_up, "/ssh": b"SSH-2.0-x\r\n\r\n\x00\x01"})
    client = open_client(site)
    requests = [Request(f"http://a.example/{p}") for p in ("short", "nothing", "ssh")]
    assert ends(client, *requests) == {
        "/short": "truncated",
        "/nothing": "connect_failed",
        "/ssh": "protocol_error",
    }
    assert site.paths().count("/nothing") == 3  # the tries, and none of aiohttp's own


def test_header_sections_have_a_limit(serve, reply, open_client, ends):
    site = serve({
        "/one": reply(b"", 200, "X: " + "a" * 70_000),
        "/sum": reply(b"", 200, *[f"X{i}: " + "a" * 30_000 for i in range(3)]),
        "/many": reply(b"", 200, *[f"X{i}: a" for i in range(300)]),
        "/ok": reply(b"x", 200, "ETag: " + "e" * 60_000),
    })  # fmt: skip
    found = ends(
        open_client(site), *[Request(f"http://a.example{p}") for p in list(site.routes)[1:]]
    )
    assert found == {
        "/one": "headers_too_large",
        "/sum": "headers_too_large",
        "/many": "headers_too_large",
        "/ok": 200,
    }


def test_header_bytes_of_no_charset_do_not_end_up_as_surrogates(serve, reply, open_client):
    answer = reply(b"x", 200, "Last-Modified: yester").replace(b"yester", b"yester\x80")
    (fetched,) = open_client(serve({"/p": answer})).fetch([Request("http://a.example/p")])
    assert fetched.response.headers["last-modified"].encode() == b"yester\xc2\x80"


def test_a_silent_server_and_a_slow_one_meet_their_limits(serve, reply, open_client, ends):
    import asyncio

    async def silent(seen):
        await asyncio.Event().wait()

    async def dripping(seen, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        while True:
            writer.write(b"x")
            await asyncio.sleep(0.02)

    site = serve({"/silent": silent, "/drip": dripping})
    impatient = open_client(site, idle_timeout_s=0.1, tries=2)
    assert ends(impatient, Request("http://a.example/silent", kind="feed")) == {
        "/silent": "read_timeout"
    }
    brisk = open_client(site, total_timeout_s=0.2, tries=2)
    assert ends(brisk, Request("http://a.example/drip", kind="feed")) == {
        "/drip": "deadline_exceeded"
    }
    assert site.paths() == ["/silent", "/silent", "/drip"]  # the whole deadline is spent once


def test_statuses_become_codes_and_walls_are_named(serve, reply, open_client, ends):
    site = serve({
        "/404": reply(b"", 404),
        "/410": reply(b"", 410),
        "/999": reply(b"", 999),
        "/206": reply(b"x", 206),
        "/wall": reply(b"", 403, "CF-Mitigated: challenge"),
        "/waf": reply(b"", 202, "x-amzn-waf-action: challenge"),
        "/film": reply(b"", 200, "Content-Type: video/mp4", "Content-Length: 99999999"),
    })  # fmt: skip
    found = ends(
        open_client(site), *[Request(f"http://a.example{p}") for p in list(site.routes)[1:]]
    )
    assert found == {
        "/404": "http_404",
        "/410": "http_410",
        "/999": "unexpected_status",
        "/206": "unexpected_status",
        "/wall": "bot_wall",
        "/waf": "bot_wall",
        "/film": "not_html",
    }


def test_urls_that_cannot_be_are_refused_one_by_one(serve, reply, open_client):
    client = open_client(serve({"/p": reply(b"x")}))
    urls = ["ftp://a.example/", "http://u:p@a.example/", "", "http://a.example/p"]
    found = [(f.request.url, f.error and f.error.code) for f in client.fetch(map(Request, urls))]
    assert found == [(url, "bad_url") for url in urls[:3]] + [(urls[3], None)]
