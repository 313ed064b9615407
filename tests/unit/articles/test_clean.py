from datetime import datetime, timedelta, timezone

import pytest
from rows import NOW, RUN, entry, page

from schemas.errors import RowError
from transforms.articles import clean_article, feed_can_stand_in, is_reserved
from transforms.articles.clean import count_words

PARAGRAPH = "Envoys of both states met in Vienna and agreed to speak again before the winter ends. "
BODY = "".join(f"<p>{PARAGRAPH * 3}In round {i} nothing else was said.</p>" for i in range(3))
HTML = f"<html lang=en><head><title>Talks</title>%s</head><body><article><h1>Talks</h1>{BODY}"
LONG_SUMMARY = f"<p>{PARAGRAPH * 5}</p>"


def test_a_page_gives_title_text_and_the_entrys_provenance():
    article = clean_article(page(HTML % ""), RUN)
    assert (article.title, article.text_source, article.language) == ("Talks", "page", "en")
    assert article.text.startswith("Envoys of both")
    assert "Talks" not in article.text
    assert (article.article_id, article.canonical_id) == (entry().article_id, entry().article_id)
    assert (article.outlet, article.outlet_name) == ("one.example", "One")
    assert article.word_count == count_words(article.text)


def test_a_thin_page_is_no_article():
    with pytest.raises(RowError, match="empty_text") as failure:
        clean_article(page("<title>Talks</title><p>Envoys met."), RUN)
    assert "at least 25" in failure.value.detail


def test_the_feeds_copy_stands_in_for_a_thin_page():
    article = clean_article(page("<p>Envoys met.", entry(content_html=LONG_SUMMARY)), RUN)
    assert (article.text_source, article.title) == ("feed", "Title of a")
    assert article.extraction_method == "feed"


def test_the_feeds_copy_stands_in_for_an_index_page():
    cards = "".join(
        f"<h3><a href=/{i}>Envoys meet for talk {i}</a></h3><p>Envoys met.</p>" for i in range(20)
    )
    home = "http://one.example/"
    article = clean_article(page(cards, entry(content_html=LONG_SUMMARY), url=home), RUN)
    assert article.text_source == "feed"
    with pytest.raises(RowError, match="not_an_article: an index page by its address"):
        clean_article(page(cards, url=home), RUN)


def test_a_short_summary_does_not_stand_in():
    forbidden = page("", entry(summary_html="<p>Envoys met."), error_code="http_403", status=403)
    with pytest.raises(RowError, match="http_403"):
        clean_article(forbidden, RUN)


@pytest.mark.parametrize(
    ("code", "stands_in"),
    [("http_403", True), ("robots_denied", True), ("http_404", False), ("http_410", False)],
)
def test_the_feeds_copy_does_not_replace_what_the_outlet_withdrew(code, stands_in):
    assert feed_can_stand_in(entry(content_html=LONG_SUMMARY), code) is stands_in


def date_meta(time: datetime) -> str:
    return f'<meta property="article:published_time" content="{time.isoformat()}">'


def test_the_pages_time_is_believed_before_the_feeds():
    hour_before = NOW - timedelta(hours=1)
    article = clean_article(page(HTML % date_meta(hour_before)), RUN)
    assert (article.published_at, article.published_source) == (hour_before, "page")


def test_a_time_after_the_fetch_is_not_believed():
    article = clean_article(page(HTML % date_meta(NOW + timedelta(days=40))), RUN)
    assert (article.published_at, article.published_source) == (NOW, "feed")


def test_without_any_date_the_first_sight_counts():
    article = clean_article(page(HTML % "", entry(published_at=None)), RUN)
    assert (article.published_at, article.published_precision) == (None, None)
    assert (article.published_source, article.effective_at) == ("none", NOW)


def test_a_redirect_names_the_canonical_url_where_the_page_does_not():
    article = clean_article(page(HTML % "", url="http://one.example/moved"), RUN)
    assert article.canonical_url == "http://one.example/moved"
    assert article.canonical_id != article.article_id


def test_rights_are_recorded_from_header_and_page():
    html = HTML % '<meta name="robots" content="noindex">'
    article = clean_article(page(html, robots_header="noai"), RUN)
    assert (article.rights.robots, article.rights.noai) == ("noai, noindex", True)


@pytest.mark.parametrize(
    ("meta", "header", "tdm_header"),
    [
        ('<meta name="robots" content="NOAI">', None, None),
        ('<meta name="tdm-reservation" content="1">', None, None),
        ("", "noindex, noai", None),
        ("", None, "1"),
    ],
)
def test_a_reserved_page_is_left_out_or_marked_as_asked(meta, header, tdm_header):
    reserved = page(HTML % meta, robots_header=header)._replace(tdm_header=tdm_header)
    assert is_reserved(clean_article(reserved, RUN).rights)
    with pytest.raises(RowError) as refused:
        clean_article(reserved, RUN, respect_tdm=True)
    assert refused.value.code == "rights_reserved"


@pytest.mark.parametrize("directives", ["noimageai", "noindex, noarchive", "x-noaim"])
def test_other_directives_reserve_no_text(directives):
    article = clean_article(page(HTML % "", robots_header=directives), RUN, respect_tdm=True)
    assert not is_reserved(article.rights._replace(tdm="0"))


def test_times_are_aware_and_in_utc():
    assert clean_article(page(HTML % ""), RUN).fetched_at.tzinfo is timezone.utc


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("Two words.", 2), ("外交部发言人", 3), ("EU 与中国", 3)]
)
def test_words_are_counted_in_scripts_with_and_without_spaces(text, words):
    assert count_words(text) == words
