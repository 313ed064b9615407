"""Feeds that bomb, lie and repeat themselves, and pages whose text does: one run, all accounted."""

import json

import pytest

pytestmark = pytest.mark.slow


def feeds(web, make):
    """{name: (document, how often its good entry is to come out: (least, most))}."""
    rss, item, reply = make.rss, make.item, make.reply
    inside = f"http://127.0.0.1:{web.canary_port}"

    def good(name, extra="", title="Talks", guid=None):
        return item(f"http://{name}.example/p", guid, title, extra)

    def declared(declarations):
        return f"<?xml version='1.0'?><!DOCTYPE rss [{declarations}]>"

    big = f"<!ENTITY a '{'a' * 100_000}'>"
    deep = "<a>" * 200_000 + "</a>" * 200_000
    wide = "<a " + " ".join(f"a{i}='1'" for i in range(200_000)) + "/>"
    spaces = "".join(f"<n{i}:a xmlns:n{i}='urn:{i}'/>" for i in range(20_000))
    names = "".join(f"<{'n' * 5000}{i}/>" for i in range(1000))
    json_items = [{"id": "1", "url": "http://json-keys.example/p", "title": "t"}]
    cases = {
        "quadratic": (rss(good("quadratic", "<x>" + "&a;" * 20_000 + "</x>"), head=declared(big)), (0, 1)),
        "parameter-entity": (
            rss(good("parameter-entity"), head=declared(f'<!ENTITY % p SYSTEM "{inside}/p">%p;')),
            (0, 1),
        ),
        "entity-loop": (rss(good("entity-loop", "&a;"), head=declared("<!ENTITY a '&b;'><!ENTITY b '&a;'>")), (0, 1)),
        "deep-item": (rss(good("deep-item", deep)), (0, 1)),
        "deep-after": (rss(good("deep-after"), extra=deep), (0, 1)),
        "attributes": (rss(good("attributes"), extra=wide), (0, 1)),
        "namespaces": (rss(good("namespaces"), extra=spaces), (0, 1)),
        "names": (rss(good("names"), extra=names), (0, 1)),
        "comments": (rss(good("comments", "<!--" + "-" * 1_000_000 + "-->" * 9)), (0, 1)),
        "open-cdata": (rss(good("open-cdata"), item("", title="<![CDATA[" + "]" * 500_000)), (0, 1)),
        "instructions": (rss(good("instructions", "<?x " + "?" * 500_000 + "?>")), (0, 1)),
        "markup-bait": (rss(good("markup-bait", f"<description>{'&lt;' * 300_000}</description>")), (1, 1)),
        "many-categories": (rss(good("many-categories", "<category>x</category>" * 50_000)), (1, 1)),
        "stylesheet": (rss(good("stylesheet"), head=f"<?xml-stylesheet href='{inside}/s'?>"), (1, 1)),
        "include": (
            rss(good("include", f"<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{inside}/i'/>")),
            (1, 1),
        ),
        "hub": (rss(good("hub"), extra=f"<cloud domain='{inside}'/><link rel='hub' href='{inside}/h'/>"), (1, 1)),
        "guid-elsewhere": (rss(item("http://guid-elsewhere.example/p", f"{inside}/guid")), (1, 1)),
        "long-guid": (rss(good("long-guid", guid="g" * 3_000_000)), (0, 1)),
        "same-guid": (rss(*[item(f"http://same-guid.example/p{i % 2}", "same") for i in range(500)]), (1, 2)),
        "same-link": (rss(*[item("http://same-link.example/p", str(i)) for i in range(500)]), (1, 1)),
        "fragments": (rss(*[item(f"http://fragments.example/p#{i}", str(i)) for i in range(99)]), (1, 1)),
        "tracking": (
            rss(*[item(f"http://tracking.example/p?utm_source={i}", str(i)) for i in range(99)]),
            (1, 1),
        ),
        "utf-7": (rss(good("utf-7"), head="<?xml version='1.0' encoding='utf-7'?>"), (0, 1)),
        "json-keys": (
            json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": json_items,
                        "x": {str(i): i for i in range(100_000)}}),
            (1, 1),
        ),
        "json-number": (
            '{"version": "https://jsonfeed.org/version/1.1", "title": "t", "x": ' + "9" * 100_000
            + ', "items": [{"id": "1", "url": "http://json-number.example/p"}]}',
            (0, 1),
        ),
    }  # fmt: skip
    xml = "Content-Type: application/xml"
    return {name: (reply(text.encode(), 200, xml), ends) for name, (text, ends) in cases.items()}


TITLES = {
    "right-to-left": "Talks \u202efdp.exe\u202c \u2067on\u2069 peace",
    "joiners": "Talks \U0001f468\u200d\U0001f469\u200d\U0001f467 on \u200bpeace\u2060\ufeff",
    "tags": "Talks \U000e0041\U000e0042 on peace",
    "marks": "Talks " + "o" + "\u0301" * 5000 + "n peace",
    "lines": "Talks\n\r\u2028\u2029\u0085 on peace",
    "long": "Talks " * 100_000,
}


def odd_pages(make):
    """{name: (answer, how it may end)}: titles, charsets and scripts made to go wrong."""
    reply, article = make.reply, make.article
    scripts = {
        "json-wrappers": "/* " * 600_000,
        "json-depth": "[" * 500_000,
        "json-digits": '{"@type":"NewsArticle","x":' + "9" * 500_000 + "}",
        "json-escapes": '{"@type":"NewsArticle","headline":"' + "\\x" * 500_000 + '"}',
        "json-commas": "," + " " * 900_000 + "x",
        "json-nan": '{"@type":"NewsArticle","wordCount":NaN,"datePublished":1e999}',
        "json-authors": '{"@type":"NewsArticle","author":[' + '{"name":"A"},' * 20_000 + "{}]}",
    }
    found = {
        f"title-{name}": (reply(article(f"title-{name}", title=title)), {"article"})
        for name, title in TITLES.items()
    }
    for name, text in scripts.items():
        script = f'<script type="application/ld+json">{text}</script>'
        found[name] = (reply(article(name, head=script)), {"article", "too_deep"})
    for charset in ("utf-16", "utf-32", "utf-7", "iso-2022-jp", "idna", "zlib_codec", "x" * 5000):
        name = f"charset-{charset[:8].replace('_', '-')}"
        page = reply(article(name), 200, f"Content-Type: text/html; charset={charset}")
        found[name] = (page, {"article"})
    for mark in ("utf-32-le", "utf-32-be", "utf-16-be"):
        body = ("\ufeff" + article(f"bom-{mark}").decode()).encode(mark)
        found[f"bom-{mark}"] = (reply(body), {"article"})
    return found | {
        "noframes": (reply(article("x", head="<noframes>" * 100_000)), {"article", "too_deep", "empty_text"}),
        "entities": (reply(article("entities", extra="<p>" + "&amp" * 500_000)), {"article"}),
        "data-uri": (
            reply(article("data-uri", extra=f'<img src="data:image/png;base64,{"A" * 5_000_000}">')),
            {"article"},
        ),
        "byline": (
            reply(article("byline", extra="<span class=author>By " + "A and " * 200_000 + "</span>")),
            {"article"},
        ),
        "time-tags": (
            reply(article("time-tags", extra="<time datetime=9999999999>x</time>" * 50_000)),
            {"article"},
        ),
    }  # fmt: skip


def test_hostile_feeds_and_texts_neither_stop_the_run_nor_double_anything(web, run_on, make):
    polled, odd = feeds(web, make), odd_pages(make)
    for name, (document, _) in polled.items():
        web.answers[name, "/feed"] = document
        for path in ("/p", "/p0", "/p1", *(f"/p?utm_source={i}" for i in range(99))):
            web.answers[name, path] = make.reply(make.article(name))
    for name, (answer, _) in odd.items():
        web.answers[name, "/p"] = answer
    listed = make.rss(*[make.item(f"http://{name}.example/p") for name in odd])
    web.answers["list", "/feed"] = make.reply(listed.encode(), 200, "Content-Type: text/xml")
    stored = run_on(["list", *polled], odd)
    stored.check()
    counts = {name: stored.ends(name).count("article") for name in polled}
    ends = {name: least_most for name, (_, least_most) in polled.items()}
    assert {n: c for n, c in counts.items() if not ends[n][0] <= c <= ends[n][1]} == {}
    silent = [name for name in polled if not stored.ends(name)]
    assert silent == []  # a feed of which nothing came is a failure that names it
    found = {name: stored.ends(name) for name in odd}
    wrong = {n: f for n, f in found.items() if len(f) != 1 or f[0] not in odd[n][1]}
    assert wrong == {}
    assert web.canary == []
    for row in stored.articles:
        assert not set("\u202e\u2067\u200b\u2028\u0085\n\r") & set(row["title"])
        assert len(row["title"]) <= 2000
        row["text"].encode()
    polls = [failure for failure in stored.failures if failure["code"] == "unexpected"]
    assert polls == []
