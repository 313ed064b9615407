"""One short document of every format, read whole."""

from datetime import datetime, timezone

import pytest

from transforms.feeds import ParsedEntry, ParsedFeed, parse_feed

URL = "https://news.example/world/feed.xml"
NOON = datetime(2026, 5, 3, 12, tzinfo=timezone.utc)


def test_rss_091_with_its_dtd_is_read_without_fetching_the_dtd():
    body = b"""<?xml version="1.0"?>
    <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
      "http://127.0.0.1:9/rss-0.91.dtd">
    <rss version="0.91"><channel><title>World</title><language>en-us</language>
    <item><title>Talks resume</title><link>/a/1</link></item></channel></rss>"""
    assert parse_feed(body, URL) == ParsedFeed(
        title="World",
        language="en",
        entries=(ParsedEntry(title="Talks resume", link="https://news.example/a/1"),),
    )


def test_rss_10_items_outside_the_channel_are_read_with_their_dublin_core():
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://news.example/"><title>World</title><dc:language>fr</dc:language>
    </channel>
    <item rdf:about="tag:1"><title>Accord</title><link>https://news.example/a/1</link>
    <dc:date>2026-05-03T14:00:00+02:00</dc:date><dc:creator>Ann Lee</dc:creator></item></rdf:RDF>"""
    assert parse_feed(body, URL) == ParsedFeed(
        title="World",
        language="fr",
        entries=(
            ParsedEntry(
                id="tag:1",
                link="https://news.example/a/1",
                title="Accord",
                published=NOON,
                authors=("Ann Lee",),
                published_raw="2026-05-03T14:00:00+02:00",
            ),
        ),
    )


def test_rss_20_keeps_summary_and_full_content_apart():
    body = b"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><title>World</title><ttl>30</ttl><item><title>Talks &amp;amp; tea</title>
    <link>https://news.example/a/1</link><guid isPermaLink="false"> 17 </guid>
    <pubDate>Sun, 03 May 2026 12:00:00 GMT</pubDate><author>desk@news.example (Ann Lee)</author>
    <description>&lt;p&gt;Short&lt;/p&gt;</description>
    <content:encoded><![CDATA[<p>Long</p>]]></content:encoded></item></channel></rss>"""
    assert parse_feed(body, URL) == ParsedFeed(
        title="World",
        refresh_after_s=1800.0,
        entries=(
            ParsedEntry(
                id="17",
                link="https://news.example/a/1",
                title="Talks & tea",
                published=NOON,
                summary_html="<p>Short</p>",
                content_html="<p>Long</p>",
                authors=("Ann Lee",),
                published_raw="Sun, 03 May 2026 12:00:00 GMT",
            ),
        ),
    )


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT"{base}><title>Welt</title>
<id>f</id><entry><id>tag:1</id><title type="{type}">A &amp;lt; B</title>
<link rel="self" href="x.atom"/><link rel="alternate" type="text/html" href="a/1"/>
<published>2026-05-03T12:00:00Z</published><updated>2026-05-03T14:00:00+02:00</updated>
<author><name>Ann Lee</name></author><author><name>Bo Ek</name></author>
<summary>1 &lt; 2</summary><content type="html">&lt;p&gt;Lang&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(
    ("base", "link"),
    [
        ("", "https://news.example/world/a/1"),
        (' xml:base="https://cdn.example/x/"', "https://cdn.example/x/a/1"),
    ],
)
def test_atom_links_are_resolved_by_xml_base_or_the_feed_url(base, link):
    feed = parse_feed(ATOM.format(base=base, type="html").encode(), URL)
    assert feed == ParsedFeed(
        title="Welt",
        language="de",
        entries=(
            ParsedEntry(
                id="tag:1",
                link=link,
                title="A < B",
                published=NOON,
                updated=NOON,
                summary_html="1 &lt; 2",
                content_html="<p>Lang</p>",
                authors=("Ann Lee", "Bo Ek"),
                published_raw="2026-05-03T12:00:00Z",
            ),
        ),
    )


def test_atom_text_of_type_text_is_not_decoded_again():
    feed = parse_feed(ATOM.format(base="", type="text").encode(), URL)
    assert feed.entries[0].title == "A &lt; B"


def test_an_atom_entry_with_only_an_update_time_has_no_publication_time():
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry>
    <updated>2026-05-03T12:00:00Z</updated></entry></feed>"""
    assert parse_feed(body, URL).entries == (ParsedEntry(updated=NOON),)


def test_xhtml_content_of_atom_keeps_its_markup():
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p></div></content>
    </entry></feed>"""
    assert parse_feed(body, URL).entries == (ParsedEntry(title="T", content_html="<p>One</p>"),)


@pytest.mark.parametrize("content_type", ["application/feed+json", "text/html", None])
def test_json_feed_is_told_by_its_content(content_type):
    body = b"""\xef\xbb\xbf {"version": "https://jsonfeed.org/version/1.1", "title": "World",
    "language": "en-GB", "items": [{"id": 7, "url": "/a/1", "title": "Talks < tea",
    "content_text": "1 < 2", "summary": "Short", "date_published": "2026-05-03T14:00:00+02:00",
    "authors": [{"name": "Ann Lee"}, {"url": "x"}]},
    {"external_url": "https://b.example/", "author": {"name": "Bo Ek"}}, "junk", {}]}"""
    assert parse_feed(body, URL, content_type) == ParsedFeed(
        title="World",
        language="en",
        entries=(
            ParsedEntry(
                id="7",
                link="https://news.example/a/1",
                title="Talks < tea",
                published=NOON,
                summary_html="Short",
                content_html="1 &lt; 2",
                authors=("Ann Lee",),
                published_raw="2026-05-03T14:00:00+02:00",
            ),
            ParsedEntry(link="https://b.example/", authors=("Bo Ek",)),
            ParsedEntry(),
        ),
    )


def test_a_podcast_item_with_only_an_enclosure_has_no_link():
    body = b"""<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
    <channel><item><title>Episode 1</title><guid isPermaLink="false">e1</guid>
    <enclosure url="https://cdn.example/1.mp3" type="audio/mpeg" length="1"/>
    <itunes:author>Ann Lee</itunes:author></item></channel></rss>"""
    assert parse_feed(body, URL).entries == (
        ParsedEntry(id="e1", title="Episode 1", authors=("Ann Lee",)),
    )


def test_a_feed_without_items_is_a_feed():
    assert parse_feed(b"<rss version='2.0'><channel/></rss>", URL) == ParsedFeed()


def test_the_syndication_module_says_how_often_a_feed_changes():
    body = b"""<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
    <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
    </channel></rss>"""
    assert parse_feed(body, URL).refresh_after_s == 900.0
