"""Little that is sent, much that it would cost: pages and feeds that ask for work by the million."""

import json

import pytest

pytestmark = pytest.mark.slow

FAN_IN = 150


def nested(depth):
    """JSON-LD whose article is `depth` objects down."""
    inner = json.dumps({"@type": "NewsArticle", "headline": "FURNITURE"})
    return '{"@graph":[{"a":' * depth + inner + "}]}" * depth


def pages(make):
    """{name: (answer of /p, how it may end)}."""
    fonts = "".join(f"<font a={i}>" for i in range(1900))
    heads = {
        "graph": (f'<script type="application/ld+json">{nested(10_000)}</script>', {"article"}),
        "graph-cycle": (
            '<script type="application/ld+json">{"@graph":['
            + ",".join(f'{{"@id":"#{i}","isPartOf":{{"@id":"#{i + 1}"}}}}' for i in range(20_000))
            + "]}</script>",
            {"article"},
        ),
        "scripts": ('<script type="application/ld+json">[{}]</script>' * 20_000, {"article"}),
        "metas": ('<meta property="og:image" content="/i.png">' * 100_000, {"article"}),
        "titles": ('<meta property="og:title" content="FURNITURE">' * 50_000, {"article"}),
        "canonicals": (
            "".join(f'<link rel=canonical href="/c{i}">' for i in range(20_000)),
            {"article"},
        ),
        "long-canonical": (f'<link rel=canonical href="/{"c" * 2_000_000}">', {"article"}),
        "alternates": (
            "".join(f"<link rel=alternate hreflang=x{i} href=/{i}>" for i in range(50_000)),
            {"article"},
        ),
        "many-styles": ("<style>a{}</style>" * 100_000, {"article", "too_deep"}),
    }
    bodies = {
        # 1,900 elements that each of 100,000 paragraphs opens again: 190 million of 0.8 MB
        "reopened": (f"<p>{fonts}</p>" + "<p>x</p>" * 100_000, {"too_deep"}),
        "reopened-bare": ("<p>" + "<b><i><u><s><tt><em>" * 3 + "</p>" + "<p>x" * 90_000, {"too_deep"}),
        "adopted": ("<a><div>" * 900 + "</a>" * 900, {"article", "too_deep"}),
        "fostered": ("<table>" + "<b>x<tr>y" * 20_000, {"article", "too_deep"}),
        "frames": ("<template>" * 1900 + "<select>" * 20_000, {"article", "too_deep"}),
        "plaintext": ("<plaintext>" + "<b>" * 100_000, {"article", "too_deep"}),
        "rubies": ("<ruby>x<rt>y" * 30_000, {"article", "too_deep"}),
    }  # fmt: skip
    found = {n: (make.reply(make.article(n, head=h)), e) for n, (h, e) in heads.items()}
    return found | {n: (make.reply(make.article(n, extra=b)), e) for n, (b, e) in bodies.items()}


def test_what_costs_little_to_send_costs_little_to_read(web, run_on, make):
    wanted = pages(make)
    for name, (answer, _) in wanted.items():
        web.answers[name, "/p"] = answer
    fan = [f"http://fan.example/r{i}" for i in range(FAN_IN)]
    for i in range(FAN_IN):
        web.answers["fan", f"/r{i}"] = make.reply(b"", 302, "Location: http://fan.example/p")
    web.answers["fan", "/p"] = make.reply(make.article("fan"))
    links = [*(f"http://{name}.example/p" for name in wanted), *fan, "https://mute.example/p"]
    feed = make.rss(*map(make.item, links)).encode()
    web.answers["list", "/feed"] = make.reply(feed, 200, "Content-Type: application/rss+xml")
    port = web.listen_silently()
    mute = ["--resolve", f"mute.example:443:127.0.0.1:{port}", "--allow-host", f"127.0.0.1:{port}"]
    stored = run_on(["list"], [*wanted, "fan"], mute)
    stored.check()
    found = {name: stored.ends(name) for name in wanted}
    wrong = {n: f for n, f in found.items() if len(f) != 1 or f[0] not in wanted[n][1]}
    assert wrong == {}
    # where all links lead to one page, that is one article, and the others say so
    assert sorted(stored.ends("fan")) == sorted(["article", *["duplicate"] * (FAN_IN - 1)])
    assert stored.ends("mute") == ["connect_timeout"]
    assert all("FURNITURE" not in row["text"] for row in stored.articles)
    assert all(len(row["canonical_url"] or "") <= 4096 for row in stored.articles)
    assert web.canary == []
