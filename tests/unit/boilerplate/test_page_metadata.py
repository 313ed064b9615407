"""What a page says of itself: title, dates, authors, language, address, agency, paywall."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from transforms.boilerplate import clean_page
from transforms.boilerplate.days import day_in
from transforms.boilerplate.json_ld import article_of
from transforms.boilerplate.moments import parse_moment

URL = "https://www.news.example/world/talks-open"
TEXT = (
    "Envoys of the two river states met in the old customs house on Monday and spoke for six hours "
    "about water, fish and the bridge that neither of them wants to pay for. They parted friends."
)
UTC = timezone.utc


def clean(head: str = "", body: str = "", url: str = URL, start: str = "", html: str = ""):
    page = f"<html {html}><head>{head}</head><body><article>{body}<p>{start}{TEXT}</p></article></body>"
    return clean_page(page.encode(), url)


def ld(value) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Talks open | Example News</title>", "<h1>Talks open</h1>", "Talks open"),
        ('<title>x</title><meta property="og:title" content="Talks open">', "", "Talks open"),
        (ld({"@type": "NewsArticle", "headline": "Talks &#8216;open&#8217;"}), "", "Talks ‘open’"),
        ("<title>Talks open</title>", "<h1>Example</h1><h1>Talks open</h1>", "Talks open"),
        (
            "<title>Talks - and fish - News</title><meta property=og:site_name content=News>",
            "",
            "Talks - and fish",
        ),
        ("<title>&lt;b&gt;Talks&lt;/b&gt;\n\n  open</title>", "", "Talks open"),
        ("<title>Tal\u202eks\x00 open</title>", "", "Talks open"),
        ("", "", ""),
    ],
)
def test_the_title_is_the_headline_without_the_outlet(head, body, title):
    assert clean(head, body).title == title


@pytest.mark.parametrize(
    "block",
    [
        {"@type": "NewsArticle", "headline": "Own"},
        [{"@type": "WebSite"}, {"@type": ["Thing", "NewsArticle"], "headline": "Own"}],
        {
            "@graph": [
                {"@type": "Person"},
                {"@type": "https://schema.org/Article", "headline": "Own"},
            ]
        },
        {"@type": "WebPage", "mainEntity": {"@type": "ReportageNewsArticle", "headline": "Own"}},
        '<!-- {"@type":"Article","headline":"Own",} -->',
        '{"@type":"Article","headline":"Own","description":"line\nbreak\tand tab"}',
        '{"@type":"WebSite"}{"@type":"Article","headline":"Own"}',
        '//<![CDATA[\n{"@type":"Article","headline":"Own"}\n//]]>',
        [
            {"@type": "NewsArticle", "headline": "Other", "url": "https://news.example/other"},
            {
                "@type": "NewsArticle",
                "headline": "Own",
                "mainEntityOfPage": {"@id": URL + "?utm_source=x"},
            },
        ],
        {
            "@type": "ItemList",
            "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}],
            "subject": {"@type": "NewsArticle", "headline": "Own"},
        },
    ],
)
def test_json_ld_of_every_shape_gives_the_article_of_this_page(block):
    assert clean(ld(block)).title == "Own"


@pytest.mark.parametrize(
    "block", ["", "{", "[" * 100_000 + "]" * 100_000, "null", '"x"', '{"a":' * 999]
)
def test_json_ld_that_cannot_be_read_is_left_out(block):
    assert article_of([block], lambda _: False) == {}


@pytest.mark.parametrize(
    ("value", "at", "precision"),
    [
        ("2026-03-02T14:30:05Z", datetime(2026, 3, 2, 14, 30, 5, tzinfo=UTC), "second"),
        ("2026-03-02T16:30:05.123+02:00", datetime(2026, 3, 2, 14, 30, 5, tzinfo=UTC), "second"),
        ("2026-03-02 16:30 +0200", datetime(2026, 3, 2, 14, 30, tzinfo=UTC), "second"),
        ("20260302T143005Z", datetime(2026, 3, 2, 14, 30, 5, tzinfo=UTC), "second"),
        ("Mon, 02 Mar 2026 14:30:05 GMT", datetime(2026, 3, 2, 14, 30, 5, tzinfo=UTC), "second"),
        ("1772461805", datetime(2026, 3, 2, 14, 30, 5, tzinfo=UTC), "second"),
        ("1772461805000", datetime(2026, 3, 2, 14, 30, 5, tzinfo=UTC), "second"),
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC), "day"),
        ("2026-03-02T23:30:00", datetime(2026, 3, 2, tzinfo=UTC), "day"),
        ("2026-03-02T00:00:00+09:00", datetime(2026, 3, 2, tzinfo=UTC), "day"),
        ("2026-12-31T23:59:60Z", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), "second"),
        ("March 2, 2026", datetime(2026, 3, 2, tzinfo=UTC), "day"),
    ],
)
def test_dates_of_every_spelling_are_read(value, at, precision):
    moment = parse_moment(value)
    assert moment is not None
    assert (moment.at, moment.precision) == (at, precision)


@pytest.mark.parametrize(
    "value",
    ["", "soon", "0000-00-00T00:00:00Z", "9999-12-31T23:59:60Z", "2026-02-31", "1969-07-20", "12345",
     "2026-03-02T14:30:05+99:00", "2101-01-01", "2026-13-01T00:00:01Z", "٢٠٢٦-٠٣-٠٢", "²" * 10],
)  # fmt: skip
def test_what_is_no_date_is_no_date(value):
    moment = parse_moment(value)
    assert moment is None or moment.at.year in range(1990, 2101)
    assert value.startswith("٢") or moment is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published on 5 May 2024", (2024, 5, 5)),
        ("Mise à jour le 5 février 2024", (2024, 2, 5)),
        ("5 de março de 2024", (2024, 3, 5)),
        ("05.12.2024, 14:30 Uhr", (2024, 12, 5)),
        ("15/02/2024", (2024, 2, 15)),
        ("2024年5月5日 10:00", (2024, 5, 5)),
        ("5 мая 2024", (2024, 5, 5)),
        ("3/4/2024", None),
        ("Room 12 2024", None),
    ],
)
def test_days_written_for_readers_are_read_unless_they_can_be_read_two_ways(text, day):
    assert day_in(text) == day


def test_dates_are_taken_from_the_most_reliable_place():
    meta = '<meta property="article:published_time" content="2026-03-01T08:00:00Z">'
    stated = ld({"@type": "NewsArticle", "datePublished": "2026-03-02T08:00:00Z"})
    shown = "<time datetime=2026-03-03T08:00:00Z>3 March</time>"
    url = "https://news.example/2026/03/04/talks"
    days = [
        clean(meta + stated, shown, url).published_at,
        clean(meta, shown, url).published_at,
        clean("", shown, url).published_at,
        clean("", "", url).published_at,
        clean("", "<h1>Talks</h1><p>5 March 2026</p>").published_at,
        clean().published_at,
    ]
    assert [moment and moment.day for moment in days] == [2, 1, 3, 4, 5, None]


def test_a_day_without_a_clock_stays_a_day_unless_the_page_shows_the_time():
    stated = ld({"@type": "NewsArticle", "datePublished": "2026-03-02"})
    assert clean(stated).published_precision == "day"
    shown = "<time datetime=2026-03-02T09:15:00Z>today</time>"
    assert clean(stated, shown).published_at == datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


def test_a_published_time_keeps_the_offset_of_the_page():
    stated = ld({"@type": "NewsArticle", "datePublished": "2026-03-02T01:00:00+03:00"})
    assert clean(stated).published_at.utcoffset() == timedelta(hours=3)


def test_the_time_in_a_list_of_other_articles_is_not_the_date():
    assert (
        clean("", "<ul><li><time datetime=2026-03-03>3 March</time></li></ul>").published_at is None
    )


def test_the_last_change_is_kept_apart():
    stated = ld({"@type": "NewsArticle", "dateModified": "2026-03-05T08:00:00Z"})
    cleaned = clean(stated)
    assert (cleaned.published_at, cleaned.modified_at) == (
        None,
        datetime(2026, 3, 5, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name=author content="By Ada Quill and Bo Inkwell">', ("Ada Quill", "Bo Inkwell")),
        ('<meta name=author content="Von Ada Quill, Bo Inkwell (Berlin)">', ("Ada Quill", "Bo Inkwell")),
        (ld({"@type": "Article", "author": [{"name": "Ada Quill"}, {"name": ["Bo Inkwell"]}]}),
         ("Ada Quill", "Bo Inkwell")),
        (ld({"@type": "Article", "author": {"@type": "Organization", "name": "River Daily"}}), ()),
        (ld({"@type": "Article", "author": "News", "publisher": {"name": "News"}}), ()),
        ('<meta name=author content="Staff"><meta name=author content="ada@news.example">', ()),
        ('<meta property="article:author" content="https://social.example/ada">', ()),
        ('<meta name=author content="Reuters"><meta name=byl content="By ADA QUILL">', ("ADA QUILL",)),
        ('<meta name=author content="Ada Quill, Ada Quill">', ("Ada Quill",)),
    ],
)  # fmt: skip
def test_authors_are_persons(head, authors):
    assert clean(head).authors == authors


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/world/talks", "https://www.news.example/world/talks"),
        ("https://m.news.example/a", "https://m.news.example/a"),
        ("https://other.example/a", None),
        ("https://www.news.example/", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_the_canonical_url_stays_on_the_outlet_and_is_no_home_page(href, canonical):
    assert clean(f'<link rel="canonical" href="{href}">').canonical_url == canonical


def test_og_url_stands_in_for_a_missing_canonical_link():
    assert (
        clean('<meta property="og:url" content="/a">').canonical_url == "https://www.news.example/a"
    )


@pytest.mark.parametrize(
    ("head", "body", "start", "agency"),
    [
        ("", "", "GENEVA (Reuters) - ", "Reuters"),
        ("", "", "Genf (dpa/lno) – ", "dpa"),
        ("", "", "ANKARA (AA) - ", "Anadolu"),
        ("", "", "新华社日内瓦5月19日电 ", "Xinhua"),
        ("", "", "МОСКВА, 5 мая. /ТАСС/. ", "TASS"),
        ('<meta name=author content="Ada Quill, AFP">', "", "", "AFP"),
        (ld({"@type": "Article", "author": {"name": "Associated Press"}}), "", "", "AP"),
        ('<meta property="article:author" content="Reuters in Lima">', "", "", "Reuters"),
        ('<meta name=articleAuthor content="Anadolu Ajansı">', "", "", "Anadolu"),
        ("", "<h1>Talks</h1><div class=byline>By Yonhap</div>", "", "Yonhap"),
        ("", "", "The pa (aa) said: ", None),
        ("", "", "", None),
    ],
)
def test_the_agency_is_read_from_credits_and_datelines(head, body, start, agency):
    assert clean(head, body, start=start).wire_source == agency


def test_an_agency_on_its_own_site_is_no_wire_source():
    assert clean(start="GENEVA (Reuters) - ", url="https://www.reuters.com/a").wire_source is None


@pytest.mark.parametrize(
    ("head", "tail", "paywalled"),
    [
        (ld({"@type": "NewsArticle", "isAccessibleForFree": False}), "", True),
        (ld({"@type": "NewsArticle", "isAccessibleForFree": "False"}), "", True),
        (ld({"@type": "NewsArticle", "hasPart": [{"isAccessibleForFree": "false"}]}), "", True),
        (ld({"@type": "NewsArticle", "isAccessibleForFree": True}), "", False),
        ('<meta property="article:content_tier" content="metered">', "", True),
        ('<meta property="article:content_tier" content="free">', "", False),
        ("", "<p>Subscribe to continue reading</p>", True),
        ("", "<p>Dieser Artikel ist exklusiv für Abonnenten</p>", True),
        ("", "<p>Il vous reste 80% de cet article à lire.</p>", True),
        ("", "", False),
    ],
)
def test_a_paywall_is_seen_where_the_page_says_so(head, tail, paywalled):
    page = f"<html><head>{head}</head><body><article><p>{TEXT}</p>{tail}</article></body></html>"
    cleaned = clean_page(page.encode(), URL)
    assert (cleaned.is_paywalled, cleaned.text) == (paywalled, TEXT)


def test_an_offer_below_a_long_text_is_no_paywall():
    long = "".join(f"<p>Paragraph {i}. {TEXT}</p>" for i in range(20))
    page = (
        f"<html><body><article>{long}<p>Subscribe to continue reading</p></article></body></html>"
    )
    assert not clean_page(page.encode(), URL).is_paywalled


def test_reservations_are_passed_on():
    cleaned = clean(
        '<meta name=robots content="noarchive, noai"><meta name=tdm-reservation content=1>'
    )
    assert (cleaned.robots, cleaned.tdm) == ("noarchive, noai", "1")
    assert (clean().robots, clean().tdm) == (None, None)
