"""The walk against an independent reader, beautifulsoup4 on html.parser: the same words in order."""

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipelines.sample.pages import article_page
from pipelines.sample.stories import load_stories
from transforms.boilerplate.blocks import read_layout
from transforms.boilerplate.markup import markup_of
from transforms.boilerplate.parse import parse_page

# Written down from the HTML standard, sections 4.5 and 15.3, not from the code under test.
INLINE = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time"),
        *("u", "var", "wbr"),
    ]
)
UNSEEN = frozenset(
    [
        *("script", "style", "noscript", "template", "title", "svg", "math", "iframe"),
        *("object", "video", "audio", "canvas", "picture", "select", "button", "textarea"),
        *("img", "input"),
    ]
)


def words_seen(markup: str) -> list[str]:
    """The words outside of unseen elements; an element that is not inline ends a word."""
    pieces = []
    waiting = [BeautifulSoup(markup, "html.parser")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name not in UNSEEN:
                ends = [] if node.name in INLINE else [" "]
                waiting += [*ends, *reversed(node.contents), *ends]
        elif type(node) in {NavigableString, str}:  # neither comment nor doctype
            pieces.append(node)
    return "".join(pieces).split()


def words_of(tree: LexborHTMLParser) -> list[str]:
    return [word for block in read_layout(tree).blocks for word in block.text.split()]


STORIES = {f"{story.outlet.host}/{story.name}": story for story in load_stories() if story.path}


@pytest.mark.parametrize("name", STORIES)
def test_the_pages_of_the_sample_have_the_words_that_the_oracle_sees(name):
    page = article_page(STORIES[name])
    charset = "cp1252" if "windows_1252" in STORIES[name].quirks else "utf-8"
    tree = parse_page(page, charset)
    seen = words_seen(page.decode(charset))
    assert len(seen) > 40
    assert words_of(tree) == seen


ENTITIES = (
    "&amp;",
    "&lt;p&gt;",
    "&amp;lt;",
    "&nbsp;",
    "&eacute;",
    "&#8217;",
    "&#x1F600;",
    "&hellip;",
)
TEXT = st.sampled_from(
    ["envoy", "treaty ", " talks", "Kyiv", " river, ", "7", "外交", "\n", "e\u0301"]
)
UNREAD = st.sampled_from(
    [
        *("<!-- unseen -->", "<script>var unseen = '<p>';</script>", "<style>.unseen{}</style>"),
        *("<button>unseen</button>", "<noscript>unseen <b>too</b></noscript>", "<img alt=unseen>"),
        *(
            "<svg><text>unseen</text></svg>",
            "<template><p>unseen</p></template>",
            "<input value=x>",
        ),
        "<select><option>unseen</select>",
    ]
)
LEAF = TEXT | st.sampled_from(ENTITIES) | st.just("<br>") | st.just("<wbr>") | UNREAD


def joined(parts, most=4):
    return st.lists(parts, max_size=most).map("".join)


def element(names, content, *, may_stay_open=False):
    """One of the elements around the content; where the standard allows it, without its end tag."""
    ends = st.booleans() if may_stay_open else st.just(True)
    names = st.sampled_from(names.split())
    return st.builds(
        lambda name, inner, end: f"<{name}>{inner}</{name}>" if end else f"<{name}>{inner}",
        names,
        content,
        ends,
    )


INLINE_TREE = st.recursive(
    LEAF,
    lambda inner: element("b i em span strong sub code time q del", joined(inner)),
    max_leaves=6,
)
PHRASES = joined(INLINE_TREE | element("a", joined(LEAF)))


def blocks_around(flow):
    inner = joined(flow)
    items = joined(element("li", inner, may_stay_open=True), 3)
    terms = joined(element("dt dd", inner, may_stay_open=True), 3)
    cells = joined(element("td th", inner, may_stay_open=True), 3)
    rows = joined(element("tr", cells, may_stay_open=True), 3)
    return (
        element("div section article aside blockquote main header footer figure", inner)
        | element("ul ol", items)
        | element("dl", terms)
        | element("table", rows | element("tbody", rows) | element("caption", PHRASES))
    )


BLOCK = element("p", PHRASES, may_stay_open=True) | element("h1 h2 h3 pre address", PHRASES)
FLOW = st.recursive(BLOCK | PHRASES | st.just("<hr>"), blocks_around, max_leaves=8)
DOCUMENTS = joined(FLOW, 5).map(
    "<!DOCTYPE html><html><head><title>unseen</title></head><body>{}".format
)


@given(DOCUMENTS)
def test_no_word_that_readers_see_is_lost_and_none_invented_doubled_or_moved(markup):
    assert words_of(LexborHTMLParser(markup)) == words_seen(markup)


@given(DOCUMENTS)
def test_markup_written_out_again_has_the_same_words_for_both_readers(markup):
    tree = LexborHTMLParser(markup)
    again = markup_of(tree)
    assert words_seen(again) == words_of(tree)
    assert words_of(LexborHTMLParser(again)) == words_of(tree)


SOUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>"),
            *("<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>", "<br>"),
            *("<select>", "<option>", "<selectedcontent>", "</select>", "<button>", "</button>"),
            *("<h2>", "</h3>", "<form>", "</form>", "<svg>", "</svg>", "<math>", "<mi>", "</math>"),
            *("<body>", "</body>", "<html lang=en>", "<head>", "</head>", "<frameset>", "<nobr>"),
            *("<span>", "</span>", "<article>", "</article>", "<!-- ", " -->", "<template>", "<"),
        ]
    )
    | st.just("word"),
    max_size=40,
)


@given(SOUP)
def test_whatever_the_markup_no_word_comes_twice(pieces):
    markup = "".join(f" w{i}x " if piece == "word" else piece for i, piece in enumerate(pieces))
    tree = parse_page(b"<p>" + markup.encode(), None)
    found = Counter(re.findall(r"w\d+x", " ".join(words_of(tree))))
    assert max(found.values(), default=1) == 1
