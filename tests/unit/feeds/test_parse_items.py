"""Items with parts missing, odd or repeated."""

import pytest

from transforms.feeds import ParsedEntry, parse_feed

URL = "https://news.example/feed"


def items(xml):
    return parse_feed(f"<rss version='2.0'><channel>{xml}</channel></rss>".encode(), URL).entries


def item(xml):
    (entry,) = items(f"<item>{xml}</item>")
    return entry


def test_an_empty_item_is_kept():
    assert items("<item/><item><title> </title></item>") == (ParsedEntry(), ParsedEntry())


def test_a_guid_that_is_a_url_is_the_link_unless_it_says_no():
    guid = "https://news.example/a/1"
    assert item(f"<guid>{guid}</guid>") == ParsedEntry(id=guid, link=guid)
    assert item(f"<guid isPermaLink='false'>{guid}</guid>") == ParsedEntry(id=guid)
    assert item("<guid>17</guid>") == ParsedEntry(id="17")


def test_an_atom_link_stands_in_for_a_missing_one():
    link = "<a:link xmlns:a='http://www.w3.org/2005/Atom' href='/a/2'/>"
    assert item(link).link == "https://news.example/a/2"
    assert item("<link>/a/1</link>" + link).link == "https://news.example/a/1"


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("//b.example/x", "https://b.example/x"),
        ("\n https://b.example/x \n", "https://b.example/x"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("http://[::zz]/", "http://[::zz]/"),
        ("HTTP://b.example/x#y", "HTTP://b.example/x#y"),
        (" ", None),
    ],
)
def test_links_are_made_absolute_and_never_judged(written, link):
    assert item(f"<link>{written}</link>").link == link


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;amp;T", "AT&T"),
        ("&amp;amp;lt;", "&lt;"),
        ("<![CDATA[<b>Talks</b> &amp; <i>tea</i>]]>", "Talks & tea"),
        ("<![CDATA[One<br/>two<script>x()</script>]]>", "One two"),
        ("Press &lt;Enter&gt; at 5 &lt; 6", "Press <Enter> at 5 < 6"),
        ("\n  Two\n\tlines  ", "Two lines"),
        ("<b>Inline</b> markup", "Inline markup"),
        ("x" * 3000, "x" * 2000),
    ],
)
def test_titles_are_one_line_of_plain_text(written, title):
    assert item(f"<title>{written}</title>").title == title


def test_an_address_is_not_an_author():
    assert item("<author>desk@news.example</author>").authors == ()
    assert item("<author>Ann Lee &lt;a@news.example&gt;</author>").authors == ("Ann Lee",)


def test_controls_and_surrogates_never_get_through():
    entry = item("<title>a\0b\x0bc&#x1f;d&#xd800;e</title><description>\x01x</description>")
    assert (entry.summary_html, set(entry.title) & set("\0\x0b\x1f\ud800")) == ("x", set())


def test_no_item_is_cut_in_half(monkeypatch):
    monkeypatch.setattr("transforms.feeds.tolerant.MAX_MARKUP", 10)
    body = "<rss version='2.0'><channel>" + "<item><title>t</title><link>/1</link></item>" * 3
    feed = parse_feed(body.encode(), URL)
    assert (len(feed.entries), feed.left_out) == (1, 2)


def test_items_beyond_the_limit_are_counted(monkeypatch):
    monkeypatch.setattr("transforms.feeds.elements.MAX_ENTRIES", 2)
    monkeypatch.setattr("transforms.feeds.tolerant.MAX_ENTRIES", 2)
    for end in ("</channel></rss>", ""):  # the second is not well-formed
        body = "<rss version='2.0'><channel>" + "<item><title>t</title></item>" * 5 + end
        feed = parse_feed(body.encode(), URL)
        assert (len(feed.entries), feed.left_out) == (2, 3)
