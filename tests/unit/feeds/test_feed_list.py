import re

import pytest

from schemas.feed import Feed
from transforms.feeds import KINDS, FeedListError, read_feed_list

A, B = "https://a.example/rss", "https://b.example/rss"


@pytest.fixture
def listed(tmp_path):
    def read(content):
        path = tmp_path / "feeds.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_feed_list(path)

    return read


def test_plain_lines_may_have_comments_and_blanks(listed):
    assert listed(f"# mine\n\n{A}\r\n  {B}  \n# end") == [Feed(A), Feed(B)]


def test_csv_columns_may_come_in_any_order_with_others_between(listed):
    content = (
        f'\ufeffNAME,note,url,kind,language,country\n"A, daily",x,{A},Think-Tank,en-GB,gb\n,,{B}\n'
    )
    assert listed(content) == [Feed(A, "A, daily", "GB", "en", "think_tank"), Feed(B)]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_may_be_what_a_spreadsheet_writes(listed, delimiter):
    assert listed(f"url,name\n{A},One\n".replace(",", delimiter)) == [Feed(A, "One")]


def test_a_header_of_url_alone_is_csv(listed):
    assert listed(f"url\n{A}\n") == [Feed(A)]


def test_opml_outlines_count_however_deep(listed):
    content = f"""
    <?xml version="1.0" encoding="iso-8859-1"?><opml version="2.0"><body>
    <outline text="Folder"><outline text="Caf\xe9" title="Best" XMLURL=" {A} " kind="wire"/>
    <outline text="Two" xmlUrl="{B}" language="fr"/></outline></body></opml>"""
    assert listed(content) == [Feed(A, "Best", kind="wire"), Feed(B, "Two", language="fr")]


def test_a_feed_listed_twice_alike_is_one_feed(listed):
    assert listed(f"{A}\n{B}\n{A}\n") == [Feed(A), Feed(B)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{A}\nhtp://x\n", ':2: "htp://x" is not an http(s) URL; write'),
        (f"{A}\nhttps://x y\n", ':2: "https://x y" is not'),
        (f"url,name\n{A},n\n\n,n\n", ':4: "" is not an http(s) URL'),
        (f'url,name\n{A},"two\nlines"\nx,n\n', ':4: "x" is not an http(s) URL'),
        (f"name,country\n{A},n\n", ':1: the header "name,country" has no column "url"; add it'),
        (f"url,name,Name\n{A}\n", ':1: the header has the column "name" twice'),
        (f"url,name\n{A},n,more\n", ":2: 3 cells, but the header has 2 columns; quote"),
        (f'url,name\n{A},"n\n', ":2: not CSV: "),
        (f"url,language\n{A},English\n", ':2: language "English" is not'),
        (f"url,country\n{A},France\n", ':2: country "France" is not'),
        (f"url,kind\n{A},blog\n", ':2: kind "blog" is not known; write one of aggregator, '),
        (f"url,name\n{A},x\n{A},y\n", f':3: "{A}" is also on line 2, with other fields'),
        ("", ": no feed in the list; write"),
        ("# nothing\n", ": no feed in the list"),
        ("url,name\n", ": no feed in the list"),
        (b"https://a.example\n\xff\n", ":2: byte b'\\xff' is not UTF-8"),
        ("<opml><body>\n<outline></body></opml>", ":2: not well-formed XML: mismatched tag"),
        ("\n<opml><body>\n<outline xmlUrl='ftp://x'/></body></opml>", ':3: "ftp://x" is not'),
        ("<opml><body/></opml>", ": no feed in the list"),
        ("<rss/>", ":1: <rss> is not the root of an OPML document"),
        ("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", ":1: a list of feeds needs no DOCTYPE"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_why(listed, content, message):
    with pytest.raises(FeedListError, match="feeds.txt" + re.escape(message)):
        listed(content)


def test_the_packaged_list_is_complete_and_in_known_terms():
    feeds = read_feed_list(None)
    assert len({feed.url for feed in feeds}) == len(feeds) > 100
    for feed in feeds:
        assert feed.name, feed
        assert feed.kind in KINDS, feed
        assert re.fullmatch("[A-Z]{2}", feed.country), feed
        assert f" {feed.language} " in ISO_639_1, feed


# ISO 639-1 codes of languages with news of their own; a new language in the list is added here.
ISO_639_1 = (
    " af am ar az be bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id is it ja ka kk km "
    "ko ky lo lt lv mk mn ms my ne nl no pl ps pt ro ru sk sl so sq sr sv sw ta te th tr uk ur uz "
    "vi zh "
)
