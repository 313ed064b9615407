"""Sitemaps, JSON of both kinds, packed documents, and the older forms of RSS and Atom."""

import gzip
import json
from datetime import datetime, timezone

import pytest

from schemas.errors import RowError
from transforms.feeds import ParsedEntry, ParsedFeed, parse_feed

URL = "https://news.example/world/feed.xml"
NOON = datetime(2026, 5, 3, 12, tzinfo=timezone.utc)
NEWS = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def page(number, date, title="Talks &amp; tea", language="fr"):
    return f"""<url><loc>https://news.example/{number}</loc><n:news><n:publication><n:name>News
    </n:name><n:language>{language}</n:language></n:publication>
    <n:publication_date>{date}</n:publication_date><n:title>{title}</n:title></n:news></url>"""


def test_a_news_sitemap_is_read_newest_first_without_the_pages_that_are_no_news():
    pages = page(1, "2026-05-02") + page(2, "soon", language="en") + page(3, "2026-05-03T12:00:00Z")
    body = f"<urlset {SITEMAP} {NEWS}>{pages}<url><loc>/about</loc></url></urlset>".encode()
    feed = parse_feed(body, URL)
    assert feed.language == "fr"
    assert [e.published_raw for e in feed.entries] == ["2026-05-03T12:00:00Z", "2026-05-02", "soon"]
    assert feed.entries[0] == ParsedEntry(
        id="https://news.example/3",
        link="https://news.example/3",
        title="Talks & tea",
        published=NOON,
        published_raw="2026-05-03T12:00:00Z",
    )


def test_a_sitemap_is_cut_at_its_oldest_pages(monkeypatch):
    monkeypatch.setattr("transforms.feeds.sitemap.MAX_ENTRIES", 1)
    pages = page(1, "2026-05-02") + page(2, "2026-05-03")
    feed = parse_feed(f"<urlset {NEWS}>{pages}</urlset>".encode(), URL)
    assert ([e.id for e in feed.entries], feed.left_out) == (["https://news.example/2"], 1)


def test_an_index_of_sitemaps_names_them_newest_first():
    dates = {"a": "2026-05-01", "b": None, "c": "2026-05-03T01:00:00Z", "d": "2026-05-02"}
    maps = "".join(
        f"<sitemap><loc>/{name}.xml.gz</loc>{f'<lastmod>{d}</lastmod>' if d else ''}</sitemap>"
        for name, d in dates.items()
    )
    feed = parse_feed(f"<sitemapindex {SITEMAP}>{maps}</sitemapindex>".encode(), URL)
    assert feed == ParsedFeed(
        sitemaps=tuple(f"https://news.example/{name}.xml.gz" for name in "cdab")
    )


def test_a_gzip_file_is_unpacked_even_if_it_breaks_off():
    body = f"<urlset {NEWS}>{page(1, '2026-05-03')}</urlset>".encode()
    packed = gzip.compress(body)
    assert parse_feed(packed, URL) == parse_feed(body, URL)
    items = "".join(f"<item><title>{n}</title></item>" for n in range(3000))
    cut = gzip.compress(f"<rss><channel>{items}</channel></rss>".encode())[:-2000]
    assert 0 < len(parse_feed(cut, URL).entries) < 3000


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\x1f\x8b junk", "bad_encoding"),
        (gzip.compress(gzip.compress(b"<rss/>")), "bad_encoding"),
        (gzip.compress(b"<rss>" + b" " * 32_000_000), "too_large"),
    ],
)
def test_gzip_that_is_no_feed_or_a_bomb_is_refused(body, code):
    with pytest.raises(RowError) as refused:
        parse_feed(body, URL)
    assert refused.value.code == code


ITEM = {
    "title": "Talks &amp; tea",
    "link": "/a/1",
    "guid": {"#value": "17", "isPermaLink": False},
    "pubDate": "Sun, 03 May 2026 12:00:00 GMT",
    "description": "<p>Short</p>",
    "author": "desk@news.example (Ann Lee)",
}
READ = ParsedEntry(
    id="17",
    link="https://news.example/a/1",
    title="Talks & tea",
    published=NOON,
    summary_html="<p>Short</p>",
    authors=("Ann Lee",),
    published_raw="Sun, 03 May 2026 12:00:00 GMT",
)


@pytest.mark.parametrize(
    "document",
    [
        {"rss": {"version": "2.0", "channel": {"title": "World", "ttl": "30", "item": [ITEM, 1]}}},
        {"rss": {"channel": {"title": "World", "ttl": 30, "item": ITEM}}},
        {"rss": {"channel": {"title": "World", "ttl": 30}, "items": [ITEM]}},
        {"channel": {"title": "World", "ttl": 30, "item": [ITEM]}},
    ],
)
def test_rss_in_json_is_read_wherever_its_items_stand(document):
    feed = parse_feed(json.dumps(document).encode(), URL)
    assert feed == ParsedFeed(title="World", entries=(READ,), refresh_after_s=1800.0)


def test_a_guid_of_rss_in_json_is_a_link_unless_it_says_no():
    items = [{"guid": "https://news.example/1"}, {"guid": {"#value": "https://news.example/2"}}]
    items.append({"guid": {"#value": "https://news.example/3", "isPermaLink": "false"}})
    body = json.dumps({"rss": {"channel": {"item": items}}}).encode()
    links = [entry.link for entry in parse_feed(body, URL).entries]
    assert links == ["https://news.example/1", "https://news.example/2", None]


def test_days_and_hours_to_leave_a_feed_alone_are_read():
    body = b"""<rss version="2.0"><channel><skipHours><hour>24</hour><hour> 3</hour><hour>x</hour>
    <hour>99</hour></skipHours><skipDays><day>Sunday</day><day>monday</day><day>?</day></skipDays>
    </channel></rss>"""
    assert parse_feed(body, URL) == ParsedFeed(skip_hours=(0, 3), skip_days=(0, 6))


def test_rss_11_cdf_and_atom_03_are_read():
    rss11 = b"""<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf=
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#"><title>World</title><items><item
    rdf:about="tag:1"><title>Talks</title><link>/1</link></item></items></Channel>"""
    cdf = b"""<CHANNEL><TITLE>World</TITLE><ITEM HREF="/1" LASTMOD="2026-05-03T12:00:00Z">
    <TITLE>Talks</TITLE></ITEM></CHANNEL>"""
    atom03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>World</title><entry>
    <title mode="escaped" type="text/html">&lt;b&gt;Talks&lt;/b&gt;</title><link href="/1"/>
    <content mode="base64">PHA+T25lPC9wPg==</content><issued>2026-05-03T12:00:00Z</issued></entry>
    </feed>"""
    talks = ParsedEntry(title="Talks", link="https://news.example/1")
    dated = {"published": NOON, "published_raw": "2026-05-03T12:00:00Z"}
    assert parse_feed(rss11, URL) == ParsedFeed("World", None, (talks._replace(id="tag:1"),))
    assert parse_feed(cdf, URL) == ParsedFeed("World", None, (talks._replace(**dated),))
    content = talks._replace(content_html="<p>One</p>", **dated)
    assert parse_feed(atom03, URL) == ParsedFeed("World", None, (content,))


def test_xml_base_holds_for_what_is_inside_it_alone():
    body = b"""<rss version="2.0" xmlns:xml="http://www.w3.org/XML/1998/namespace"><channel>
    <item xml:base="https://cdn.example/x/"><link xml:base="y/">1</link></item>
    <item xml:base="https://cdn.example/x/"><link>1</link></item><item><link>1</link></item>
    </channel></rss>"""
    assert [entry.link for entry in parse_feed(body, URL).entries] == [
        "https://cdn.example/x/y/1",
        "https://cdn.example/x/1",
        "https://news.example/world/1",
    ]


def test_dates_far_ahead_of_now_are_left_out_and_said_to_be():
    body = b"""<rss><channel><item><pubDate>Tue, 05 May 2026 12:00:00 GMT</pubDate></item>
    <item><pubDate>Mon, 04 May 2026 12:00:00 GMT</pubDate></item></channel></rss>"""
    ahead, soon = parse_feed(body, URL, now=NOON).entries
    assert (ahead.published, ahead.is_published_in_future) == (None, True)
    assert ahead.published_raw == "Tue, 05 May 2026 12:00:00 GMT"
    assert (soon.published, soon.is_published_in_future) == (NOON.replace(day=4), False)


def test_markup_of_a_title_and_a_summary_may_stand_as_elements():
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml">
    <entry><title type="xhtml"><h:div>Talks &amp; <h:i>tea</h:i><h:br/>now</h:div></title><summary
    type="xhtml"><h:div><h:p class="x">1 &lt; 2<h:img src="i"/></h:p></h:div></summary></entry>
    </feed>"""
    (entry,) = parse_feed(body, URL).entries
    assert entry.title == "Talks & tea now"
    assert entry.summary_html == '<p class="x">1 &lt; 2<img src="i" /></p>'


def test_markup_nested_too_deep_keeps_its_words():
    inside = "<b>" * 5000 + "deep" + "</b>" * 5000
    body = f"<rss><channel><item><description>{inside}</description></item></channel></rss>"
    (entry,) = parse_feed(body.encode(), URL).entries
    assert entry.summary_html == "<b>" * 100 + "deep" + "</b>" * 100


def test_windows_characters_and_text_encoded_twice_are_set_right():
    body = "<rss><channel><item><title>&#147;Caf\xc3\xa9&#x94; \x93x\x94</title></item></channel></rss>"
    (entry,) = parse_feed(body.encode(), URL).entries
    assert entry.title == "\u201cCaf\xc3\xa9\u201d \u201cx\u201d"
    twice = "<rss><channel><item><title>Caf\xc3\xa9</title></item></channel></rss>"
    assert parse_feed(twice.encode(), URL).entries[0].title == "Caf\xe9"


@pytest.mark.parametrize("inside", ["\xe9", "PHA+", "/w==", "= =", "PHA+T25lPC9wPg"])
def test_base64_that_is_none_stays_as_it_is(inside):
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary type="application/x">
    {inside}</summary><title type="image/x">{inside}</title></entry></feed>"""
    (entry,) = parse_feed(body.encode(), URL).entries
    assert entry.summary_html == ("<p>" if inside == "PHA+" else inside)


def test_json_with_line_ends_in_strings_and_something_after_it_is_read():
    body = b'{"items": [{"id": "1", "title": "Two\nlines\t"}]}\n<script>x</script>'
    assert parse_feed(body, URL).entries == (ParsedEntry(id="1", title="Two lines"),)
