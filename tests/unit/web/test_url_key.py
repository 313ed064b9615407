"""URL identity: what one article's URLs have in common, and what keeps two articles apart."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.errors import RowError
from transforms.web import article_id_of, registrable_domain, resolve_link, url_key

SAME = [
    "https://desk.example/world/talks-1?id=7&page=2",
    "http://desk.example/world/talks-1?id=7&page=2",
    "https://www.desk.example/world/talks-1?id=7&page=2",
    "https://WWW.Desk.Example:443/world/talks-1/?id=7&page=2",
    "http://desk.example:80/world/talks-1?page=2&id=7",
    "https://desk.example./world/talks-1?id=7&page=2#comments",
    "https://desk.example/world/./x/../talks-1?id=7&page=2",
    "https://desk.example//world//talks-1?id=7&page=2",
    "https://desk.example/world/talks%2D1?id=%37&page=2",
    "https://desk.example/world/talks-1?id=7&page=2&utm_source=rss&fbclid=x&at_medium=RSS",
    "https://desk.example/world/talks-1?id=7&amp;page=2&amp;UTM_campaign=x",
    "https://desk.example/world/talks-1?id=7&page=2&ref=home&xtor=RSS-1",
    "https://desk.example/world/talks-1/amp?id=7&page=2",
    "https://desk.example/amp/world/talks-1?id=7&page=2",
    "https://desk.example/world/talks-1.amp?id=7&page=2",
    "https://amp.desk.example/world/talks-1?id=7&page=2&amp=1",
    "https://desk.example/world/talks-1?id=7&page=2&outputType=amp",
    "https://www.google.com/amp/s/www.desk.example/world/talks-1?id=7&page=2",
    "https://desk-example.cdn.ampproject.org/c/s/desk.example/world/talks-1?id=7&page=2",
    " https://desk.example/world/tal\nks-1?id=7&page=2 ",
]

APART = [
    "https://desk.example/story",
    "https://desk.example/Story",
    "https://desk.example/story.html",
    "https://desk.example/story?12345",
    "https://desk.example/story?12346",
    "https://desk.example/story?cid=5",
    "https://desk.example/story?gallery=5",
    "https://desk.example/story?ref=48213",
    "https://desk.example/story?id=",
    "https://desk.example/story?id=1&id=2",
    "https://desk.example/story?id=2&id=1",
    "https://desk.example/story#!/a",
    "https://desk.example/story#!/b",
    "https://desk.example/amplify/story",
    "https://desk.example/story/ampere",
    "https://desk.example/outputType?outputType=json",
    "https://desk.example/a%2Fb",
    "https://desk.example/a/b",
    "https://desk.example:8443/story",
    "https://news.desk.example/story",
    "https://desk.example/amp",
    "https://desk.example",
]


@pytest.mark.parametrize("url", SAME)
def test_spellings_of_one_url_share_a_key(url):
    assert url_key(url) == "https://desk.example/world/talks-1?id=7&page=2"


def test_different_pages_have_different_keys():
    assert len({url_key(url) for url in APART}) == len(APART)


def test_amp_html_is_the_html_page():
    assert url_key("https://a.example/x.amp.html") == url_key("https://a.example/x.html")


def test_hosts_have_one_spelling():
    assert url_key("https://BÜCHER.example/ä") == url_key("http://xn--bcher-kva.example/%c3%a4/")
    assert url_key("http://2130706433/") == url_key("http://0x7f.0.0.1") == "https://127.0.0.1"
    assert url_key("http://[0:0::1]:80/") == "https://[::1]"


def test_the_id_is_the_128_bit_blake2b_of_the_key():
    # printf 'https://a.example/x' | b2sum -l 128
    assert article_id_of("http://a.example/x") == "ee2a8d26764edf79323cc2d9f9a379b8"
    assert article_id_of("https://www.a.example/x/") == article_id_of("http://a.example/x")


@pytest.mark.parametrize(
    "url",
    ["", "x", "/p", "//a.example/", "ftp://a.example/", "javascript:alert(1)", "http://", "http:///p",
     "http://u@a.example/", "http://a.example\\@b.example/", "http://a b.example/",
     "http://a.example:0/", "http://a.example:65536/", "http://a.example:x/", "http://[::1/",
     "http://1.2.3.4.5/", "http://256.1.1.1/", "http://a..example/", "http://%61.example/",
     "http://a.example/" + "x" * 4096, f"http://{'a' * 64}.example/"],
)  # fmt: skip
def test_what_is_not_a_web_address_is_refused(url):
    with pytest.raises(RowError) as refused:
        url_key(url)
    assert refused.value.code == "bad_url"


def key_or_none(url):
    try:
        return url_key(url)
    except RowError:
        return None


text = st.text(max_size=12)
names = st.from_regex(r"[a-z][a-z0-9]{2,6}", fullmatch=True)


@given(host=names, segments=st.lists(text, max_size=4), query=st.lists(st.tuples(names, text)))
def test_a_key_is_stable_under_what_does_not_name_a_page(host, segments, query):
    path = "/".join(s.replace("?", "").replace("#", "") for s in segments)
    # the full stop, since blanks at the end of a URL are no part of it
    pairs = "&".join(f"{n}={v.replace('#', '')}." for n, v in query)
    url = f"{host}.example/{path}"
    key = url_key(f"https://{url}?{pairs}")
    assert url_key(key) == key
    assert url_key(f"http://www.{url}/?{pairs}&utm_source=x#part") == key
    assert url_key(f"https://{url}?gclid=1&{pairs}") == key


# A URL as news sites write it: scheme and host, segments, parameters.
hosts = st.sampled_from(["news.example", "desk-one.example", "a.b.example", "desk.co.uk"])
words = st.text("abcXYZ019-_~", min_size=1, max_size=8)
slugs = st.builds("{}{}".format, words, st.sampled_from(["", ".html", "%C3%A9"]))
fields = st.tuples(st.sampled_from(["id", "p", "article", "page", "lang"]), slugs)
pages = st.tuples(hosts, st.lists(slugs, min_size=1, max_size=4), st.lists(fields, max_size=3))


def written(host, segments, query, scheme="https"):
    return f"{scheme}://{host}/{'/'.join(segments)}" + (f"?{query}" if query else "")


def joined(pairs):
    return "&".join(f"{name}={value}" for name, value in pairs)


CHANGES = {
    "http": lambda h, s, q: written(h, s, q, "http"),
    "upper-case scheme": lambda h, s, q: written(h, s, q, "HTTPS"),
    "www": lambda h, s, q: written(f"www.{h}", s, q),
    "upper-case host": lambda h, s, q: written(h.upper(), s, q),
    "root dot": lambda h, s, q: written(f"{h}.", s, q),
    "default port": lambda h, s, q: written(f"{h}:443", s, q),
    "default port of http": lambda h, s, q: written(f"{h}:80", s, q, "http"),
    "trailing slash": lambda h, s, q: written(h, [*s, ""], q),
    "dot segment": lambda h, s, q: written(h, [".", *s], q),
    "double dots": lambda h, s, q: written(h, ["x", "..", *s], q),
    "repeated slash": lambda h, s, q: written(h, ["", *s], q),
    "fragment": lambda h, s, q: written(h, s, q) + "#comments",
    "percent case": lambda h, s, q: written(h, s, q).replace("%C3%A9", "%c3%a9"),
    "needless percent": lambda h, s, q: written(h, [x.replace("-", "%2D") for x in s], q),
    "no percent": lambda h, s, q: written(h, s, q).replace("%C3%A9", "\xe9"),
    "campaign": lambda h, s, q: written(h, s, f"{q}&utm_source=rss&utm_medium=Feed".lstrip("&")),
    "click": lambda h, s, q: written(h, s, f"fbclid=IwAR0&{q}".rstrip("&")),
    "referrer": lambda h, s, q: written(h, s, f"{q}&ref=rss&xtor=RSS-3".lstrip("&")),
    "entities": lambda h, s, q: written(h, s, f"{q}&utm_term=x".lstrip("&").replace("&", "&amp;")),
    "AMP host": lambda h, s, q: written(f"amp.{h}", s, q),
    "AMP suffix": lambda h, s, q: written(h, [*s, "amp"], q),
    "AMP suffix with slash": lambda h, s, q: written(h, [*s, "amp", ""], q),
    "AMP prefix": lambda h, s, q: written(h, ["amp", *s], q),
    "AMP parameter": lambda h, s, q: written(h, s, f"{q}&amp=1".lstrip("&")),
    "AMP output": lambda h, s, q: written(h, s, f"outputType=amp&{q}".rstrip("&")),
    "AMP viewer": lambda h, s, q: f"https://www.google.com/amp/s/{written(h, s, q)[8:]}",
    "AMP cache": lambda h, s, q: f"https://x.cdn.ampproject.org/c/s/{written(h, s, q)[8:]}",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@settings(max_examples=25)
@given(page=pages)
def test_what_does_not_name_a_page_does_not_change_its_key(change, page):
    host, segments, pairs = page
    key = url_key(written(host, segments, joined(pairs)))
    assert url_key(change(host, segments, joined(pairs))) == key
    assert url_key(key) == key


@given(pages, st.permutations(list(CHANGES)).map(lambda names: names[:3]))
def test_keys_of_keys_are_keys_whatever_was_changed(page, names):
    host, segments, pairs = page
    for name in names:
        key = url_key(CHANGES[name](host, segments, joined(pairs)))
        assert url_key(key) == key


@given(pages, pages)
def test_pages_that_differ_in_a_segment_or_a_parameter_have_different_keys(one, other):
    def named(page):
        host, segments, pairs = page
        return host, segments, sorted(pairs, key=lambda pair: pair[0])

    keys = [url_key(written(h, s, joined(q))) for h, s, q in (one, other)]
    assert (keys[0] == keys[1]) == (named(one) == named(other))


@given(st.text(max_size=60))
def test_any_text_has_a_key_or_is_refused(tail):
    for url in (tail, f"https://a.example/{tail}", f"https://{tail}.example/"):
        key = key_or_none(url)
        assert key is None or (key.isascii() and url_key(key) == key)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("b", "https://a.example/dir/b"),
        ("../b?c#d", "https://a.example/b?c#d"),
        ("//B.example/x", "https://b.example/x"),
        ("\n HTTP://b.example:80/a b\t ", "http://b.example/a%20b"),
        ("/خبر", "https://a.example/خبر"),
        ('/a"<>', "https://a.example/a%22%3C%3E"),
        ("\\evil.example", "https://a.example/dir/%5Cevil.example"),
    ],
)
def test_links_are_resolved_and_cleaned(link, url):
    assert resolve_link("https://a.example/dir/feed.xml", link) == url


@pytest.mark.parametrize(
    "link",
    ["", "  ", "mailto:x@a.example", "data:,x", "http://u:p@b.example/", "x" * 5000, "http://["],
)
def test_links_that_lead_nowhere_are_refused(link):
    with pytest.raises(RowError) as refused:
        resolve_link("https://a.example/", link)
    assert refused.value.code == "bad_url"


@given(st.text(max_size=60))
def test_resolved_links_resolve_to_themselves(link):
    try:
        url = resolve_link("https://a.example/dir/", link)
    except RowError:
        assume(False)
    assert resolve_link("https://b.example/", url) == url
    assert url_key(url) == url_key(resolve_link("https://a.example/dir/", link))


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("https://desk.github.io/", "github.io"),
        ("https://a.b.desk.example/", "desk.example"),
        ("http://localhost/", "localhost"),
        ("https://co.uk/", "co.uk"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("https://новости.мид.рф/", "xn--d1ahl.xn--p1ai"),
        ("https://x.公司.cn/", "x.xn--55qx5d.cn"),
        ("https://a.x.公司.cn/", "x.xn--55qx5d.cn"),
        ("https://www.xn--0.xn--p1ai/", "xn--0.xn--p1ai"),
    ],
)
def test_the_outlet_is_the_registrable_domain(url, outlet):
    assert registrable_domain(url) == outlet
