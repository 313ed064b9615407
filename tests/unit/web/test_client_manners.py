"""Politeness: turns and pauses, robots.txt, Retry-After; and how a fetch is held or ended."""

import asyncio
import threading
import time
from itertools import pairwise

import pytest

from transforms.web import Request


def pages(*paths, host="a.example"):
    return [Request(f"http://{host}/{path}") for path in paths]


def feeds(*paths, host="a.example"):
    return [Request(f"http://{host}/{path}", kind="feed") for path in paths]


def test_a_host_gets_one_request_at_a_time_with_pauses(serve, reply, open_client, ends):
    async def page(seen):
        await asyncio.sleep(0.01)
        return reply(b"x")

    site = serve({"*": page})
    client = open_client(site, "a.example", "b.example", pace_s=0.04)
    ends(client, *feeds(1, 2), *feeds("x", "y", host="b.example"))
    ends(client, *feeds(3))  # the pause holds across calls
    assert site.most_open == 1
    times = [r.at for r in site.seen if r.headers["host"] == "a.example"]
    assert len(times) == 4  # three feeds, and robots.txt before the second: it may ask for more
    assert min(later - at for at, later in pairwise(times)) >= 0.04


def test_a_crawl_delay_holds_for_feeds_and_from_the_request_before_it_was_known(
    serve, reply, open_client, ends
):
    rules = reply(b"User-agent: *\nCrawl-delay: 0.1")
    site = serve({"/robots.txt": rules, "*": reply(b"x")})
    client = open_client(site, pace_s=0.0)
    ends(client, *feeds(1, 2, 3))
    assert site.paths() == ["/1", "/robots.txt", "/2", "/3"]
    times = [r.at for r in site.seen]
    assert min(times[2] - times[1], times[3] - times[2]) >= 0.1


def test_hosts_do_not_wait_for_each_other(serve, reply, open_client, ends):
    met, all_here = set(), asyncio.Event()

    async def page(seen):
        met.add(seen.headers["host"])
        if len(met) == 8:
            all_here.set()
        await all_here.wait()
        return reply(b"x")

    names = [f"h{i}.example" for i in range(8)]
    client = open_client(serve({"*": page}), *names)
    assert len(list(client.fetch([r for n in names for r in feeds(1, host=n)]))) == 8


def test_hosts_are_left_alone_first_if_that_is_asked_for(serve, reply, open_client, ends):
    site = serve({"*": reply(b"x")})
    started = time.monotonic()
    ends(open_client(site, quiet_s=0.1), *feeds(1))
    assert site.seen[0].at - started >= 0.09


def test_robots_are_obeyed_and_asked_for_once(serve, reply, open_client, ends):
    rules = (
        b"User-agent: other\nDisallow: /\n\nUser-agent: Communique\nDisallow: /no\nAllow: /no/but"
    )
    site = serve({"/robots.txt": reply(rules), "*": reply(b"x")})
    client = open_client(site)
    assert ends(client, *pages("yes", "no", "no/but")) == {
        "/yes": 200,
        "/no": "robots_denied",
        "/no/but": 200,
    }
    assert ends(client, *pages("no?2")) == {"/no?2": "robots_denied"}
    assert site.paths() == ["/robots.txt", "/yes", "/no/but"]


def test_feeds_do_not_ask_robots(serve, reply, open_client, ends):
    site = serve({"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/f": reply(b"x")})
    assert ends(open_client(site), *feeds("f")) == {"/f": 200}
    assert site.paths() == ["/f"]


@pytest.mark.parametrize(
    ("robots", "end"),
    [
        ((b"", 403), 200),
        ((b"", 500), "robots_unreachable"),
        ((b"", 429), "http_429"),
        ((b"<html>soft 404", 200), 200),
        ((b"x" * 6_000_000, 200), "robots_unreachable"),
        ((b"", 301, "Location: /robots.txt"), 200),
        ((b"", 301, "Location: /moved"), "robots_denied"),
        ((b"", 301, "Location: http://10.0.0.1/"), "robots_unreachable"),
    ],
)
def test_what_a_missing_or_broken_robots_file_means(serve, reply, open_client, ends, robots, end):
    rules = reply(b"User-agent: *\nDisallow: /")
    site = serve({"/robots.txt": reply(*robots), "/moved": rules, "/p": reply(b"x")})
    assert ends(open_client(site), *pages("p")) == {"/p": end}


def test_an_unreachable_robots_file_is_not_asked_for_again_by_each_page(
    serve, reply, open_client, ends
):
    site = serve({"/robots.txt": reply(b"", 503)})
    assert set(ends(open_client(site), *pages(1, 2, 3)).values()) == {"robots_unreachable"}
    assert site.paths() == ["/robots.txt"] * 3  # the tries


def test_a_crawl_delay_widens_the_pause(serve, reply, open_client, ends):
    site = serve({"/robots.txt": reply(b"User-agent: *\nCrawl-delay: 0.1"), "*": reply(b"x")})
    ends(open_client(site), *pages(1, 2))
    assert site.seen[2].at - site.seen[1].at >= 0.1


def test_a_server_in_trouble_is_asked_again_and_then_left(serve, reply, open_client, ends):
    site = serve({
        "/heals": [reply(b"", 503), reply(b"", 502), reply(b"x")],
        "/ill": reply(b"", 503),
        "/soon": [reply(b"", 429, "Retry-After: 0"), reply(b"x")],
        "/later": reply(b"", 503, "Retry-After: 60"),
    })  # fmt: skip
    assert ends(open_client(site), *feeds("heals", "ill", "soon", "later")) == {
        "/heals": 200,
        "/ill": "http_503",
        "/soon": 200,
        "/later": "http_503",
    }
    assert [site.paths().count(p) for p in ("/ill", "/later")] == [3, 1]


def test_a_host_that_asks_for_rest_gets_it(serve, reply, open_client):
    site = serve({"/1": reply(b"", 429, "Retry-After: 3600"), "*": reply(b"x")})
    client = open_client(site)
    first, second = [f.error for f in client.fetch(feeds(1, 2))]
    (third,) = [f.error for f in client.fetch(pages(3))]
    assert {e.code for e in (first, second, third)} == {"http_429"}
    assert first.retry_after_s == 3600
    assert 3590 < third.retry_after_s <= 3600
    assert "until" in third.detail
    assert site.paths() == ["/1"]


def test_answers_wait_until_they_are_taken_and_no_more_are_fetched(serve, reply, open_client, ends):
    names = [f"h{i}.example" for i in range(20)]
    site = serve({"*": reply(b"x")})
    client = open_client(site, *names, "other.example", max_in_flight=3)
    results = client.fetch([r for n in names for r in feeds(1, host=n)])
    next(results)
    held = lambda: sum(r.headers["host"] != "other.example" for r in site.seen)  # noqa: E731
    while held() < 4:
        ends(client, *feeds("meanwhile", host="other.example"))  # a second fetch has its own room
    ends(client, *feeds("meanwhile", host="h19.example"))
    assert held() == 5
    assert len(list(results)) == 19


def test_a_stop_interrupts_what_has_not_begun(serve, reply, open_client, ends):
    site = serve({"*": reply(b"x")})
    client = open_client(site, "a.example", "b.example", pace_s=30)
    first, codes = threading.Event(), []
    requests = [*feeds(1, 2, 3), *pages(4, 5, host="b.example")]
    started = time.monotonic()
    for fetched in client.fetch(requests, stop=first.is_set):
        first.set()
        codes += [fetched.error.code if fetched.error else "ok"]
    assert time.monotonic() - started < 2
    assert sorted(codes) == ["interrupted"] * 4 + ["ok"]


def test_a_stop_lets_a_running_exchange_end(serve, reply, open_client, ends):
    begun, go = threading.Event(), asyncio.Event()

    async def slow(seen):
        begun.set()
        await go.wait()
        return reply(b"x")

    site = serve({"/1": slow})
    results = open_client(site).fetch(feeds(1, 2), stop=begun.is_set)
    assert next(results).error.code == "interrupted"
    site._loop.call_soon_threadsafe(go.set)
    assert [f.response.body for f in results] == [b"x"]


def test_an_abandoned_fetch_leaves_the_client_usable(serve, reply, open_client, ends):
    site = serve({"*": reply(b"x")})
    client = open_client(site, pace_s=0.01)
    results = client.fetch(feeds(*range(50)))
    next(results)
    results.close()
    assert ends(client, *feeds("after")) == {"/after": 200}
    assert len(site.seen) < 10


def test_closing_the_client_ends_an_open_fetch(serve, reply, open_client):
    async def never(seen):
        await asyncio.Event().wait()

    site = serve({"/1": reply(b"x"), "*": never})
    client = open_client(site)
    results = client.fetch(feeds(1, 2, 3))
    assert next(results).response.status == 200
    client.close()
    assert [f.error.code for f in results] == ["interrupted"] * 2
    with pytest.raises(ValueError, match="closed"):
        next(client.fetch(feeds(4)))


def test_threads_share_a_client(serve, reply, open_client, ends):
    site = serve({"*": reply(b"x")})
    client, found = open_client(site), []
    threads = [
        threading.Thread(target=lambda i=i: found.append(ends(client, *feeds(i)))) for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path for f in found for path in f) == ["/0", "/1", "/2", "/3"]
    assert site.most_open == 1


def test_faults_of_this_program_are_accounted_for(serve, reply, open_client, ends, monkeypatch):
    async def broken(*_):
        raise KeyError("oops")

    client = open_client(serve({"*": reply(b"x")}))
    monkeypatch.setattr("transforms.web.client.visit", broken)
    assert set(ends(client, *feeds(1, 2)).values()) == {"unexpected"}
