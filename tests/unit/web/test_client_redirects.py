"""Redirects: followed by hand, each hop guarded, polite and counted."""

from transforms.web import Request, parse_allowed_host


def to(reply, location, *headers):
    return reply(b"", 302, f"Location: {location}", *headers)


def test_a_chain_of_five_is_followed_and_of_six_is_not(serve, reply, open_client):
    routes = {f"/{i}": to(reply, f"/{i + 1}") for i in range(6)}
    client = open_client(serve({**routes, "/6": reply(b"end")}))
    good, bad = client.fetch([Request("http://a.example/1"), Request("http://a.example/0")])
    assert (good.response.final_url, good.response.body) == ("http://a.example/6", b"end")
    assert (bad.error.code, bad.error.http_status) == ("too_many_redirects", 302)


def test_loops_and_senseless_locations_end_at_once(serve, reply, open_client, ends):
    site = serve({
        "/loop": to(reply, "/loop"),
        "/none": reply(b"", 302),
        "/file": to(reply, "file:///etc/passwd"),
        "/user": to(reply, "http://a.example@b.example/"),
        "/slash": to(reply, "http://b.example\\@a.example/"),
    })  # fmt: skip
    client = open_client(site)
    found = ends(client, *[Request(f"http://a.example{p}") for p in list(site.routes)[1:]])
    assert found == {
        "/loop": "too_many_redirects",
        "/none": "bad_redirect",
        "/file": "bad_redirect",
        "/user": "bad_redirect",
        "/slash": "bad_redirect",
    }
    assert len(site.seen) == 6  # five and robots.txt: nothing twice


def test_no_redirect_reaches_a_private_address(serve, reply, open_client, ends):
    canary = serve({"*": reply(b"secret")})
    spellings = [
        f"127.0.0.1:{canary.port}", f"localhost:{canary.port}", f"2130706433:{canary.port}",
        f"0x7f.1:{canary.port}", f"0177.0.0.1:{canary.port}", f"127.1:{canary.port}",
        f"0.0.0.0:{canary.port}", f"127.0.0.1.:{canary.port}", f"[::1]:{canary.port}",
        f"[::]:{canary.port}", f"[::ffff:127.0.0.1]:{canary.port}", f"[::127.0.0.1]:{canary.port}",
        f"[64:ff9b::7f00:1]:{canary.port}", f"[2002:7f00:1::]:{canary.port}",
        "169.254.169.254", "10.0.0.1",
    ]  # fmt: skip
    routes = {f"/{i}": to(reply, f"http://{host}/x") for i, host in enumerate(spellings)}
    site = serve(routes)
    # The port is allowed elsewhere, so that it is the address that has to be refused.
    allow = (f"127.0.0.1:{site.port}", f"10.9.9.9:{canary.port}")
    client = open_client(site, allow=tuple(map(parse_allowed_host, allow)))
    for kind in ("page", "feed"):
        found = ends(client, *[Request(f"http://a.example{p}", kind=kind) for p in routes])
        assert found == dict.fromkeys(routes, "address_denied")
    assert canary.seen == []


def test_robots_of_the_new_host_are_asked(serve, reply, open_client, ends):
    def robots(seen):
        rules = b"User-agent: *\nDisallow: /"
        return reply(rules) if seen.headers["host"] == "b.example" else reply(b"", 404)

    site = serve({"/robots.txt": robots, "/p": to(reply, "http://b.example/q"), "/q": reply(b"x")})
    client = open_client(site, "a.example", "b.example")
    assert ends(client, Request("http://a.example/p")) == {"/p": "robots_denied"}
    assert site.paths() == ["/robots.txt", "/p", "/robots.txt"]


def test_cookies_live_for_one_chain_and_stay_with_their_host(serve, reply, open_client):
    def gate(seen):
        if "k=1" in seen.headers.get("cookie", ""):
            return to(reply, "http://b.example/out", "Set-Cookie: more=2; Path=/")
        return to(reply, "/gate", "Set-Cookie: k=1; Path=/")

    site = serve({"/gate": gate, "/out": reply(b"in")})
    client = open_client(site, "a.example", "b.example")
    for _ in range(2):
        (fetched,) = client.fetch([Request("http://a.example/gate", kind="feed")])
        assert fetched.response.body == b"in"
    pages = [r for r in site.seen if r.path != "/robots.txt"]
    assert [r.headers.get("cookie", "") for r in pages] == ["", "k=1", ""] * 2


def test_a_host_does_not_wait_for_where_it_sends_its_readers(serve, reply, open_client):
    import asyncio

    go = asyncio.Event()

    async def slow(seen):
        await go.wait()
        return reply(b"slow")

    async def release(seen):
        go.set()
        return reply(b"fast")

    site = serve({"/1": to(reply, "http://b.example/slow"), "/slow": slow, "/2": release})
    client = open_client(site, "a.example", "b.example")
    requests = [Request(f"http://a.example/{i}", kind="feed") for i in (1, 2)]
    assert [f.response.body for f in client.fetch(requests)] == [b"fast", b"slow"]


def test_the_first_redirects_that_are_for_good_are_told_apart(serve, reply, open_client):
    def forward(status, location):
        return reply(b"", status, f"Location: {location}")

    site = serve({
        "/old": forward(301, "/new"), "/new": forward(308, "/now"), "/now": reply(b"here"),
        "/half": forward(301, "/today"), "/today": forward(302, "/old"),
        "/never": forward(302, "/old"),
    })  # fmt: skip
    paths = ("/old", "/half", "/never", "/now")
    client = open_client(site)
    found = client.fetch([Request(f"http://a.example{path}", kind="feed") for path in paths])
    moved = {end.request.url[16:]: end.response.moved_to for end in found}
    base = "http://a.example"
    assert moved == {
        "/old": f"{base}/now", "/half": f"{base}/today", "/never": None, "/now": None
    }  # fmt: skip
