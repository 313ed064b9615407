"""Feed lists written and read again: nothing that a list knows gets lost."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feed import Feed
from transforms.feeds import KINDS, merged, read_feed_list, write_csv, write_opml
from transforms.feeds.feed_list import feeds_in

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
OWN = [
    Feed("https://a.example/rss?a=1&b=2", 'The "A", daily <news>', "GB", "en", "newspaper"),
    Feed("https://b.example/rss", "Außenamt\n'Berlin'", "DE", "de", "ministry"),
    Feed("https://c.example/rss"),
    Feed("https://d.example/rss", "=1+1", kind="think_tank"),
]
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co"], exclude_characters="\ufffe\uffff")
)
FEEDS = st.lists(
    st.builds(
        Feed,
        url=st.integers(0, 10**6).map("https://news.example/{}".format),
        name=NAMES.map(str.strip).map(lambda name: name or None),
        country=st.sampled_from([None, "FR", "UN", "INT"]),
        language=st.sampled_from([None, "en", "zh"]),
        kind=st.sampled_from([None, *KINDS]),
    ),
    min_size=1,
    unique_by=lambda feed: feed.url,
)


@pytest.mark.parametrize("write", [write_csv, write_opml])
def test_a_list_comes_back_as_it_was_written(write):
    assert feeds_in(write(OWN).encode(), "list") == OWN


@pytest.mark.parametrize("write", [write_csv, write_opml])
@given(FEEDS)
def test_any_list_comes_back_as_it_was_written(write, feeds):
    assert feeds_in(write(feeds).encode(), "list") == feeds


def test_opml_is_what_other_programs_read():
    root = ET.fromstring(write_opml(OWN))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Feeds")
    outlines = root.findall("body/outline")
    assert [outline.get("type") for outline in outlines] == ["rss"] * 4
    assert all(outline.get("text") for outline in outlines)


def test_a_character_that_xml_does_not_know_is_left_out_of_opml():
    odd = [Feed("https://a.example/rss", "A\x0bB\x00C")]
    assert feeds_in(write_opml(odd).encode(), "list")[0].name == "ABC"


def test_what_is_on_the_list_already_stays_as_it_is():
    other = OWN[0]._replace(name="Other")
    assert merged(OWN[:2], [other, OWN[2]]) == (OWN[:3], 1)


def test_the_list_of_152_diplomatic_feeds_comes_back_equal(tmp_path):
    listed = SHARED / "data" / "diplomatic-feeds.csv"
    if not listed.exists():
        pytest.skip(f"{listed} is not part of the project")
    feeds = read_feed_list(listed)
    assert len(feeds) == 152
    assert all(feed.name and feed.country and feed.language and feed.kind for feed in feeds)
    for name, write in (("feeds.opml", write_opml), ("feeds.csv", write_csv)):
        path = tmp_path / name
        path.write_text(write(feeds), encoding="utf-8")
        assert read_feed_list(path) == feeds


def test_the_packaged_list_comes_back_equal():
    feeds = read_feed_list(None)
    assert feeds_in(write_opml(feeds).encode(), "opml") == feeds
