"""Pages that are no pages, and pages made to hang or crash a reader."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import RowError
from transforms.boilerplate import CleanPage, clean_fragment, clean_page, plain_line

URL = "https://news.example/a"
TEXT = (
    "The envoys met on Monday and parted on Tuesday, and nobody was the wiser for it, they said. "
    * 3
)


@pytest.mark.parametrize(
    "body",
    [
        b"", b" \n ", b"%PDF-1.7 \x00\x01 <p>", b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0\x00",
        b"GIF89a\x01", b"RIFF\x00\x00\x00\x00WEBP", b"PK\x03\x04rest", b'{"title": "<p>x</p>"}',
        b'[{"a": 1}]', b"just words", b"1 < 2", b"<?xml version='1.0'?><rss><channel/></rss>",
        b"<?xml version='1.0'?>\n<!-- c --><feed xmlns='a'><title>x</title></feed>", b"<svg><a>x</a></svg>",
    ],
)  # fmt: skip
def test_what_is_not_html_is_refused(body):
    with pytest.raises(RowError) as error:
        clean_page(body, URL)
    assert error.value.code == "not_html"


@pytest.mark.parametrize(
    "body",
    [
        f"<?xml version='1.0'?><html><body><p>{TEXT}</p></body></html>",
        f"{{% header %}}<html><body><p>{TEXT}</p></body></html>",
        f"<p>{TEXT}",
        f"\ufeff<!DOCTYPE html><p>{TEXT}",
    ],
)
def test_odd_beginnings_of_real_pages_are_taken(body):
    assert clean_page(body.encode(), URL).text == TEXT.strip()


HANGS = {
    "nested divs": "<div>" * 50_000 + TEXT + "</div>" * 50_000,
    "nested, closed by others": "<div></span>" * 50_000,
    "nested tables": "<table><tr><td>" * 20_000 + TEXT,
    "nested custom elements": "<p>" + "<x-a>" * 50_000,
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + f">{TEXT}</div>",
    "attributes without values": "<div " + " ".join(f"a{i}" for i in range(100_000)) + ">x</div>",
    "attributes with > in them": "<p " + " ".join(f'a{i}="<>"' for i in range(100_000)) + ">x</p>",
    "signs": "<p>" + "<" * 10_000_000,
    "nested behind a false script": "<p title='<script>'><!--<script>-->" + "<div>" * 15_000,
    "adoption": "<p>" + "<a><div><div><div></a>" * 20_000,
    "links": "<p>" + "<a href=/l>x</a> " * 300_000,
}


@pytest.mark.parametrize("name", HANGS)
def test_monsters_are_refused_before_they_are_parsed(name):
    start = time.process_time()
    with pytest.raises(RowError) as error:
        clean_page(HANGS[name].encode(), URL)
    assert error.value.code == "too_deep"
    assert time.process_time() - start < 2


SLOW = {
    "one line of 5 MB": f"<p>{TEXT}" + " word" * 1_000_000,
    "regex bait": f"<p>{TEXT}</p><p>{'(' * 50_000}</p><p>{' ' * 100_000}x</p><p>{'2026-' * 20_000}</p>"
    f"<p>{'a@' * 30_000}</p><title>{' - ' * 50_000}</title><meta name=author content='{'by ' * 30_000}'>",
    "many paragraphs": f"<p>{TEXT}</p>" + "<p>x.</p>" * 30_000,
    "many end tags": f"<p>{TEXT}</p>" + "<div>" * 1_000 + "</i>" * 50_000,
    "json-ld": f"<script type=application/ld+json>{'[' * 100_000}{']' * 100_000}</script><p>{TEXT}</p>",
    "combining marks": "<p>" + ("a" + "\u0301" * 500) * 200 + f"</p><p>{TEXT}</p>",
    "quoted markup in a script": f"<p>{TEXT}</p><script>" + "x='<div a=1>';" * 10_000 + "</script>",
    "a long script": f"<p>{TEXT}</p><script>" + "if (a <b && c) { d = e; } " * 1_500 + "</script>",
}


@pytest.mark.parametrize("name", SLOW)
def test_large_and_odd_pages_are_read_in_bounded_time(name):
    start = time.process_time()
    assert clean_page(SLOW[name].encode(), URL).text
    assert time.process_time() - start < 3


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class=share>", "<div>", "</div>", "<br>", "<h1>", "</h1>", "<li>", "<td>",
         "<article>", "<table><tr>", "<title>", "</title>", "<script type=application/ld+json>",
         '{"@type":"Article","headline":', "</script>", "<meta name=author content='", "'>", "<!--",
         "<time datetime=2026-02-30>", "&#xD800;", "&#0;", "&amp;lt;", "\u202e", "\ud83d", "e\u0301",
         TEXT, "Envoys met on Monday, they said, and a long sentence followed.", "(Reuters) - ", "<a>"]
    )
    | st.text(max_size=30),
    max_size=40,
).map("".join)  # fmt: skip


def check(cleaned: CleanPage) -> None:
    paragraphs = cleaned.text.split("\n\n") if cleaned.text else []
    assert len(set(paragraphs)) == len(paragraphs)
    for line in (*paragraphs, cleaned.title, *cleaned.authors):
        line.encode("utf-8")
        assert line == " ".join(line.split())
        assert line == unicodedata.normalize("NFC", line)
        assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in line)
        assert not any(letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067" for letter in line)
    assert cleaned.title not in paragraphs
    assert 0 <= cleaned.confidence <= 1
    assert (cleaned.published_at is None) == (cleaned.published_precision is None)


@settings(max_examples=60, deadline=None)
@given(MARKUP)
def test_any_markup_gives_a_sound_page_or_a_row_error(markup):
    try:
        check(clean_page(markup.encode("utf-8", "surrogatepass"), URL))
    except RowError as error:
        assert error.code in {"not_html", "too_deep", "not_an_article"}  # noqa: PT017 - either outcome is right


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300).map(lambda raw: b"<p>" + raw), st.sampled_from([None, "utf-16", "x"])
)
def test_any_bytes_give_a_sound_page_or_a_row_error(body, charset):
    try:
        check(clean_page(body, URL, charset))
    except RowError as error:
        assert error.code in {"not_html", "too_deep", "not_an_article"}  # noqa: PT017 - either outcome is right


@settings(max_examples=60, deadline=None)
@given(MARKUP, st.integers(1, 80))
def test_any_fragment_gives_sound_text(markup, limit):
    paragraphs = clean_fragment(markup).split("\n\n")
    assert len(set(paragraphs)) == len(paragraphs)
    line = plain_line(markup, limit)
    assert len(line) <= limit
    assert "\n" not in line
    (line + "".join(paragraphs)).encode("utf-8")


@pytest.mark.parametrize("url", ["", "not a url", "https://news.example/"])
def test_the_url_need_not_be_a_good_one(url):
    assert clean_page(f"<p>{TEXT}".encode(), url).text == TEXT.strip()


def test_deeply_nested_fragments_do_not_recurse():
    assert clean_fragment("<div>" * 3_000 + "Envoys met.") == "Envoys met."
    assert plain_line("<b>" * 3_000 + "Envoys met.", 50) == "Envoys met."
