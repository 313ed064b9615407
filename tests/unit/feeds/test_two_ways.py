"""The fast reader and feedparser give the same where both can read."""

import html
import json
import re
import warnings
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import RowError
from transforms.feeds.decode import text_of
from transforms.feeds.elements import read_elements
from transforms.feeds.text import storable
from transforms.feeds.tolerant import read_tolerantly
from transforms.feeds.xml_text import inert_xml, repaired

URL = "https://news.example/world/feed.xml"
CASES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "feeds"
# Where feedparser does something else, and why we do not follow.
APART = {
    "wellformed__atom__feed_title_base64_2": "leaves the tags of a title in base64",
    "parser__rss__issue_217_enclosure_children": "takes the title of an enclosure for the item's",
    "atom__4.2.11__missing-self": "gives what follows an entry in a source to the feed",
    "ext__media__duplicate_description": "takes a second media:description for the content",
    "rss20__element-channel-item-author__valid_email_addresses": "P.O'Box@example: half a name",
}


def folded(text):
    """HTML as a reader sees it: what stands between the tags."""
    text = html.unescape(html.unescape(re.sub(r"<[^>]+>", " ", text or "")))
    return " ".join(text.split())


def seen(entry):
    return entry._replace(
        summary_html=folded(entry.summary_html),
        content_html=folded(entry.content_html),
        authors=tuple(sorted(entry.authors)),
    )


def both(text, url):
    """What either way reads; None if one of them cannot."""
    try:
        xml = repaired(inert_xml(storable(text)))
        fast = read_elements(xml.encode("utf-8", "replace"), url)
        return fast and (fast, read_tolerantly(xml, url))
    except RowError:
        return None


def comparable(feed):
    whole = (feed.title, feed.language, feed.refresh_after_s, feed.left_out)
    return whole, tuple(map(seen, feed.entries))


def test_both_ways_read_the_documents_of_other_projects_alike():
    if not (CASES / "cases.jsonl").exists():
        pytest.skip(f"{CASES} is not here: the documents belong to other projects")
    warnings.simplefilter("ignore")  # feedparser warns of names that it deprecates
    read, different = 0, []
    for line in (CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        ways = both(text_of((CASES / case["file"]).read_bytes()), case["url"])
        if ways is None or Path(case["file"]).stem in APART:
            continue
        read += 1
        if comparable(ways[0]) != comparable(ways[1]):
            different.append(case["file"])
    assert different == []
    assert read > 500


words = st.text(
    st.sampled_from("abc XYZ éü—“中文العربية0123<&>\"';!?-"), min_size=1, max_size=30
).filter(str.strip)
fragments = st.builds("<p>{}</p>".format, words.map(escape))
links = st.from_regex(
    r"(?:https://b\.example)?/[a-z]{1,8}/[0-9]{1,4}(?:\?id=[0-9])?", fullmatch=True
)
dates = st.sampled_from(
    ["Sun, 03 May 2026 10:20:30 +0200", "2026-05-03T10:20:30Z", "3 May 26 10:20 EST", "soon", ""]
)


def element(name, values, attributes=""):
    """An element that may be absent; its text escaped, or in CDATA."""

    def written(value, in_cdata):
        if in_cdata and "]]>" not in value:
            return f"<{name}{attributes}><![CDATA[{value}]]></{name}>"
        return f"<{name}{attributes}>{escape(value)}</{name}>"

    return st.just("") | st.builds(written, values, st.booleans())


def together(*parts):
    return st.tuples(*parts).flatmap(st.permutations).map("".join)


rss_items = together(
    element("title", words.map(html.escape)),
    element("link", links),
    element("guid", words, ' isPermaLink="false"'),
    element("pubDate", dates),
    element("description", fragments),
    element("content:encoded", fragments),
    element("dc:creator", st.sampled_from(["Ann Lee", "Bo Ek", "desk@example.org (Cy Do)"])),
    element("category", words),
).map("<item>{}</item>".format)

atom_entries = together(
    element("id", words),
    element("title", words.map(html.escape), ' type="html"') | element("title", words),
    st.just("") | links.map('<link href="{}"/>'.format),
    element("published", dates),
    element("updated", dates),
    element("summary", fragments, ' type="html"') | element("summary", words),
    element("content", fragments, ' type="html"')
    | st.just(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content>'
    ),
    st.just("") | st.just("<author><name>Ann Lee</name><uri>x</uri></author>"),
).map("<entry>{}</entry>".format)

RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>World</title><ttl>5</ttl>{}'
    "</channel></rss>"
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>World</title>{}</feed>'


@settings(max_examples=60)
@given(
    st.lists(rss_items, max_size=3).map("".join).map(RSS.format)
    | st.lists(atom_entries, max_size=3).map("".join).map(ATOM.format)
)
def test_both_ways_read_made_feeds_alike(text):
    warnings.simplefilter("ignore")
    fast, slow = both(text, URL)
    assert comparable(fast) == comparable(slow)
