"""Redirects, robots files and pages that point into the reader's network: nothing goes there."""

import pytest

pytestmark = pytest.mark.slow

# the same internal service by other names; {0} is its port
SPELLINGS = {
    "dotted": "http://127.0.0.1:{0}/", "short": "http://127.1:{0}/", "octal": "http://0177.0.0.01:{0}/",
    "hex": "http://0x7f000001:{0}/", "hex-parts": "http://0x7f.0x0.0x0.0x1:{0}/", "decimal": "http://2130706433:{0}/",
    "trailing-dot": "http://127.0.0.1.:{0}/", "fullwidth": "http://１２７.０.０.１:{0}/", "circled": "http://①②⑦.⓪.⓪.①:{0}/",
    "ideographic-stop": "http://127。0。0。1:{0}/", "homograph": "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{0}/", "soft-hyphen": "http://local\xadhost:{0}/",
    "localhost": "http://LOCALHOST:{0}/", "sub-localhost": "http://a.localhost:{0}/", "zero": "http://0:{0}/",
    "any-v6": "http://[::]:{0}/", "v6": "http://[::1]:{0}/", "v6-long": "http://[0:0:0:0:0:0:0:1]:{0}/",
    "mapped": "http://[::ffff:127.0.0.1]:{0}/", "mapped-hex": "http://[::ffff:7f00:1]:{0}/", "nat64": "http://[64:ff9b::7f00:1]:{0}/",
    "sixtofour": "http://[2002:7f00:1::]:{0}/", "zone": "http://[::1%25lo]:{0}/", "metadata": "http://169.254.169.254/latest/",
    "userinfo": "http://news.example@127.0.0.1:{0}/", "userinfo-encoded": "http://news.example%40127.0.0.1:{0}/",
    "backslash": "http://127.0.0.1:{0}\\@news.example/", "no-scheme": "//127.0.0.1:{0}/", "three-slashes": "http:///127.0.0.1:{0}/",
    "one-slash": "http:/127.0.0.1:{0}/", "tab-inside": "ht\ttp://127.0.0.1:{0}/", "encoded-dots": "http://127%2e0%2e0%2e1:{0}/",
    "gopher": "gopher://127.0.0.1:{0}/_GET", "ftp": "ftp://127.0.0.1:{0}/", "file": "file:///etc/passwd", "data": "data:text/html,x",
}  # fmt: skip
# some resolvers know a.localhost; http:/a and http:///a are paths of the same site
REFUSED = {"address_denied", "bad_redirect", "dns_failed", "http_404"}


def to(reply, where, status=302, *headers, body=b""):
    where = where.encode("utf-8").decode("latin-1")
    return reply(body, status, f"Location: {where}", *headers)


def endless(start):
    async def answer(seen, writer):
        writer.write(start)
        while True:
            writer.write(b"a" * 65536)
            await writer.drain()

    return answer


def redirects(web, make):
    """{name: (answer of /p, how it may end)}."""
    inside = f"http://127.0.0.1:{web.canary_port}/"
    move = make.reply(b"", 302, "X: y")
    found = {
        f"to-{name}": (to(make.reply, url.format(web.canary_port)), REFUSED)
        for name, url in SPELLINGS.items()
    }
    endless_move = b"HTTP/1.1 302 Found\r\nLocation: /good\r\nContent-Length: 99999999999\r\n\r\n"
    for status in (300, 301, 303, 307, 308):
        found[f"status-{status}"] = (to(make.reply, inside, status), {*REFUSED, "http_300"})
    return found | {
        "use-proxy": (to(make.reply, inside, 305), {"http_305", "bad_redirect", "address_denied"}),
        "nowhere": (move, {"bad_redirect"}),
        "two-locations": (
            make.reply(b"", 302, "Location: /good", f"Location: {inside}"),
            REFUSED,
        ),
        "refresh-header": (
            make.reply(b"<p>wait</p>", 200, f"Refresh: 0;url={inside}"),
            {"empty_text"},
        ),
        "endless-body": (endless(endless_move), {"article"}),
        "cookie-wall": (_cookie_wall(make), {"article", "too_many_redirects"}),
        "over-https": (to(make.reply, "https://over-https.example/good"), {"dns_failed"}),
    }


def _cookie_wall(make):
    """Sends its readers round until they show the cookie, and counts it up for ever."""

    def answer(seen):
        count = seen.headers.get("cookie", "n=0").partition("=")[2]
        return to(make.reply, "/p", 302, f"Set-Cookie: n={count}1; Domain=.example")

    return answer


def pages(web, make):
    """{name: (answer of /p, how it may end)}: what a page says of other places is never asked."""
    inside = f"http://127.0.0.1:{web.canary_port}"
    reply, article = make.reply, make.article
    links = "".join(
        f'<link rel="{rel}" href="{inside}/{rel}">'
        for rel in ("canonical", "amphtml", "alternate", "next", "preload", "icon", "manifest")
    )
    media = (
        f'<img src="{inside}/i"><iframe src="{inside}/f"></iframe><script src="{inside}/s"></script>'
        f'<object data="{inside}/o"></object><video src="{inside}/v"></video>'
    )
    refresh = '<meta http-equiv="refresh" content="0;url={}">'
    return {
        "links": (reply(article("links", head=links)), {"article"}),
        "base": (reply(article("base", head=f'<base href="{inside}/">')), {"article"}),
        "media": (reply(article("media", extra=media)), {"article"}),
        "og-url": (
            reply(article("og-url", head=f'<meta property="og:url" content="{inside}/og">')),
            {"article"},
        ),
        "header-links": (
            reply(article("header-links"), 200, f'Link: <{inside}/l>; rel="canonical"'),
            {"article"},
        ),
        "noai": (reply(article("noai"), 200, "X-Robots-Tag: noai"), {"rights_reserved"}),
        "noimageai": (reply(article("x"), 200, "X-Robots-Tag: noimageai"), {"article"}),
        "refresh-loop": (reply((refresh.format("/p")).encode()), {"empty_text", "not_html"}),
        "refresh-inside": (
            reply((refresh.format(inside) + "<p>Redirecting</p>").encode()),
            {"empty_text", "not_html"},
        ),
    }


def robots(web, make):
    """{name: (answer of /robots.txt, how its page may end)}."""
    reply, plain = make.reply, "Content-Type: text/plain"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    stars = "User-agent: *\n" + f"Disallow: /{'*a' * 400}*b$\n" * 50

    return {
        "robots-endless": (endless(head), {"robots_unreachable", "article"}),
        "robots-inside": (
            to(reply, f"http://127.0.0.1:{web.canary_port}/robots.txt"),
            {"robots_unreachable"},
        ),
        "robots-loop": (to(reply, "/robots.txt"), {"article"}),
        "robots-stars": (reply(stars.encode(), 200, plain), {"article"}),
        "robots-delay": (
            reply(b"User-agent: *\nCrawl-delay: nan\nDisallow:\n", 200, plain),
            {"article"},
        ),
        "robots-html": (reply(make.article("x")), {"article"}),
    }


def test_nothing_leads_into_the_network_of_the_reader(web, run_on, make):
    moved, said, asked = redirects(web, make), pages(web, make), robots(web, make)
    for name, (answer, _) in {**moved, **said}.items():
        web.answers[name, "/p"] = answer
        web.answers[name, "/good"] = make.reply(make.article(name))
    links = [f"http://{name}.example/p" for name in {**moved, **said}]
    for name, (answer, _) in asked.items():
        web.answers[name, "/robots.txt"] = answer
        path = "/p" + "a" * 2000
        web.answers[name, path] = make.reply(make.article(name))
        links.append(f"http://{name}.example{path}")
    wanted = {name: ends for name, (_, ends) in {**moved, **said, **asked}.items()}
    feed = make.rss(*map(make.item, links)).encode()
    web.answers["list", "/feed"] = make.reply(feed, 200, "Content-Type: application/rss+xml")
    # open at the port of the service for another address, so that it is the address that counts
    stored = run_on(["list"], wanted, ["--allow-host", f"10.9.9.9:{web.canary_port}"])
    stored.check()
    found = {name: stored.ends(name) for name in wanted}
    wrong = {n: f for n, f in found.items() if len(f) != 1 or f[0] not in wanted[n]}
    assert wrong == {}
    assert web.canary == []
    assert all("FURNITURE" not in row["text"] for row in stored.articles)
