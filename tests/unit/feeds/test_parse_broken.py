"""Broken, mislabelled and hostile documents."""

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import RowError
from transforms.feeds import ParsedEntry, ParsedFeed, parse_feed

URL = "https://news.example/feed"
ITEM = "<item><title>Caf\xe9 accord</title><link>https://news.example/1</link></item>"
ENTRY = ParsedEntry(title="Caf\xe9 accord", link="https://news.example/1")


def rss(inside, head=""):
    return f"{head}<rss version='2.0'><channel>{inside}</channel></rss>"


def test_bare_ampersands_html_entities_and_open_tags_are_read():
    body = rss("<item><title>Q&A &nbsp;caf&eacute; & tea</title><description><br>x</item>").encode()
    (entry,) = parse_feed(body, URL).entries
    assert entry.title == "Q&A caf\xe9 & tea"


def test_a_truncated_document_gives_the_items_it_has():
    body = rss(ITEM + ITEM.replace("/1", "/2")).encode()
    entries = parse_feed(body[: body.rindex(b"</item>")], URL).entries
    assert [e.link for e in entries] == ["https://news.example/1", "https://news.example/2"]


def test_script_warnings_before_the_document_are_skipped():
    body = ("<br />\n<b>Warning</b>: session in x.php\n" + rss(ITEM)).encode()
    assert parse_feed(body, URL).entries == (ENTRY,)


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", None, None),
        ("utf-8", "us-ascii", "application/rss+xml"),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", None, "text/xml; charset=unicode_escape"),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", None, "text/xml; charset=windows-1251"),
        ("utf-8-sig", "windows-1251", None),
        ("utf-16", None, None),
        ("utf-16-le", "utf-16", None),
        ("iso-8859-1", "iso-8859-1", None),
        ("iso-8859-1", "utf-8", None),
        ("cp1252", None, "application/rss+xml; charset=no-such-charset"),
        ("cp1252", None, 'application/rss+xml; charset="windows-1252"'),
        ("gb18030", "gb2312", None),
    ],
)
def test_the_charset_is_found_whatever_the_labels_say(encoding, declared, content_type):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    assert parse_feed(rss(ITEM, head).encode(encoding), URL, content_type).entries == (ENTRY,)


def test_one_broken_byte_does_not_spoil_the_rest():
    body = rss("<item><title>\xe9\xe9\xe9\xe9\xe9\xe9</title></item>").encode()
    broken = body.replace(b"</title>", b"\xff</title>")
    assert parse_feed(broken, URL).entries[0].title == "\xe9\xe9\xe9\xe9\xe9\xe9\ufffd"


@pytest.mark.parametrize(
    ("body", "looks_like"),
    [
        (b"", "the document is empty"),
        (b" \n\xef\xbb\xbf", "the document is empty"),
        (b"<!DOCTYPE html><html><body>An RSS <item>?</body></html>", "an HTML page"),
        (b"<HTML><rss></HTML>", "an HTML page"),
        (b"<urlset><url/></urlset>", "a sitemap"),
        (b"<opml><body/></opml>", "an OPML list"),
        (b"<svg/>", "the root <svg>"),
        (b"Not found", "begins with 'Not found'"),
        (b"\x89PNG\r\n\x1a\n\0\0", "begins with"),
        (b"{}", "without the list `items`"),
        (b"[1]", "without the list `items`"),
        (b'{"items": [', "broken"),
        (b'{"items": ' + b"[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_not_a_feed_says_what_it_looks_like(body, looks_like):
    with pytest.raises(RowError, match=looks_like) as caught:
        parse_feed(body, URL)
    assert caught.value.code == "not_a_feed"


BOMB = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    "subset",
    [
        f'<!ENTITY a0 "ha">{BOMB}',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        "<!ENTITY x PUBLIC 'p' 'http://127.0.0.1:9/x'>",
        f'<!ENTITY big "{"x" * 30_000}">',
        "<!ENTITY x 'y' " + " " * 40_000 + ">",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_expand_or_reach_out_are_refused(subset, encoding):
    title = "<item><title>&a9;&x;&big;&big;&big;&big;</title></item>"
    body = rss(title, f'<?xml version="1.0"?><!DOCTYPE rss [{subset}]>').encode(encoding)
    with pytest.raises(RowError, match="not_a_feed: "):
        parse_feed(body, URL)


@pytest.mark.parametrize("between", ["", "<!-- x -->", "<?x?> ", "\ufeff"])
def test_a_second_doctype_expands_nothing(between):
    bomb = f"<!DOCTYPE rss>{between}<!DOCTYPE rss [<!ENTITY a0 'ha'>{BOMB}]>"
    with contextlib.suppress(RowError):
        feed = parse_feed(rss("<item><title>&a9;</title></item>", bomb).encode(), URL)
        assert all(len(entry.title or "") < 100 for entry in feed.entries)


def test_plain_entities_of_a_document_are_written_out_but_not_in_cdata():
    head = """<!DOCTYPE rss [<!-- ]> --><!ENTITY co "Caf&#233; > Co">
    <!ENTITY % html PUBLIC "-//W3C//ENTITIES Latin 1//EN" "http://127.0.0.1:9/">]>"""
    body = rss("<item><title>&co; <![CDATA[&co;]]></title></item>", head).encode()
    assert parse_feed(body, URL).entries[0].title == "Caf\xe9 > Co &co;"


def test_deep_nesting_is_read_or_refused_but_never_a_crash():
    body = rss(ITEM + "<a>" * 60_000 + "</a>" * 60_000).encode()
    assert parse_feed(body, URL).entries[0].title == "Caf\xe9 accord"


@pytest.mark.parametrize(
    "inside",
    [
        "<item><title>" + "<b>" * 300_000,
        "<item " + " ".join(f'a{i}="u"' for i in range(20_000)) + ">",
        "<item><title>" + '<a b="' * 100_000,
        "<item>" + "<![CDATA[" * 100_000,
        "<item><title>" + "&lt;script&gt;" * 50_000 + "</title></item>",
        "<!--" * 200_000,
    ],
)
def test_what_takes_feedparser_minutes_is_cut_short(inside):
    started = time.process_time()
    parse_feed(rss(ITEM + inside).encode(), URL)
    assert time.process_time() - started < 10


def parses_or_says_no(body):
    feed = ParsedFeed()
    with contextlib.suppress(RowError):
        feed = parse_feed(body, URL)
    assert isinstance(feed, ParsedFeed)
    for entry in feed.entries:
        "".join(filter(None, (entry.id, entry.link, entry.title, entry.summary_html))).encode()


@given(st.binary(max_size=300))
def test_any_bytes_parse_or_are_not_a_feed(body):
    parses_or_says_no(body)


PIECES = st.sampled_from(
    [
        *(
            "<rss>",
            "<rss version='2.0'>",
            "<channel>",
            "</channel>",
            "<item>",
            "</item>",
            "<title>",
        ),
        *(
            "</title>",
            "<link>",
            "<link",
            "href='http://[x'",
            "<guid>",
            "<pubDate>",
            "0000",
            "<feed",
        ),
        *(" xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<author>", "<name>", "a@b (", ")"),
        *("&", "&#0;", "&#xD800;", "&amp;lt;", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x ["),
        *(
            "<!ENTITY a 'b'>",
            "]>",
            "<content type='xhtml'>",
            "<content type='base64'>",
            "====",
            "<",
        ),
        *("xml:base='//['>", "\0", "\ud800", "9" * 30, "<?xml version='1.0' encoding='x'?>", "é"),
        *(
            "<itunes:image>",
            "<media:content url=''/>",
            "<georss:point>1",
            "<dc:date>--",
            "<source>",
        ),
        *(
            "<enclosure length='x'>",
            "<rdf:RDF>",
            "<image>",
            "<textinput>",
            "<cloud>",
            "</rss>",
            " ",
        ),
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_any_heap_of_feed_pieces_parses_or_is_not_a_feed(pieces):
    parses_or_says_no("".join(["<rss>", *pieces]).encode("utf-8", "surrogatepass"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: (
            st.lists(v, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["items", "id", "url", "title", "authors", "author", "name", "language"]
                ),
                v,
                max_size=4,
            )
        ),
    )
)
def test_any_json_parses_or_is_not_a_feed(value):
    parses_or_says_no(json.dumps({"items": [value], "title": value}).encode())


def test_prefixes_that_nobody_declared_mean_what_they_usually_do():
    body = """<rss:rss><rss:channel><rss:title>World</rss:title><rss:item rdf:about="tag:1">
    <rss:title>T</rss:title><dc:creator>Ann Lee</dc:creator><content:encoded>C</content:encoded>
    <media:title>No</media:title><atom:link href="/1"/><x:link>no</x:link></rss:item></rss:channel>
    </rss:rss>"""
    assert parse_feed(body.encode(), URL) == ParsedFeed(
        title="World",
        entries=(
            ParsedEntry(
                id="tag:1",
                link="https://news.example/1",
                title="T",
                content_html="C",
                authors=("Ann Lee",),
            ),
        ),
    )


def test_items_are_cut_out_where_the_document_cannot_be_read_as_a_whole():
    body = (
        "<foo:feed xmlns:foo='x'><a b='<'>" + "<foo:entry><foo:title>T</foo:title></foo:entry>" * 2
    )
    assert [e.title for e in parse_feed(body.encode(), URL).entries] == ["T", "T"]


def test_what_a_server_adds_after_the_feed_does_no_harm():
    assert parse_feed((rss(ITEM) + "<script>x</script> & <").encode(), URL).entries == (ENTRY,)
    assert len(parse_feed((rss(ITEM) + rss(ITEM.replace("/1", "/2"))).encode(), URL).entries) == 2
