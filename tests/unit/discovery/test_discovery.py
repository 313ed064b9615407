import pytest

from transforms.discovery import Candidate, feed_links, format_of, guesses, sitemaps_in, unique

PAGE = "https://news.example/world/today"


def test_a_page_names_its_feeds_by_alternate_links():
    html = """<head>
    <link rel="alternate" type="application/rss+xml" title=" World
      news " href="/world.xml">
    <link rel='ALTERNATE home' type='application/atom+xml; charset=utf-8' href='//b.example/atom'>
    <link rel="alternate" type="application/feed+json" href="feed.json#top">
    <link rel="alternate" hreflang="fr" href="/fr">
    <link rel="stylesheet" type="text/xml" href="/style">
    <link rel="alternate" type="application/rss+xml" href="/world.xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:void">
    <link rel="alternate" type="application/rss+xml"></head>"""
    assert feed_links(html, PAGE) == [
        Candidate("https://news.example/world.xml", "link", "World news"),
        Candidate("https://b.example/atom", "link"),
        Candidate("https://news.example/world/feed.json", "link"),
    ]


def test_anchors_that_look_like_feeds_come_after_the_links():
    html = """<base href="https://cdn.example/a/"><a href="/rss/africa">Africa</a>
    <a href="x.rdf">R</a><a href="/about/press">Press</a><a href="/feedback">Write to us</a>
    <link rel="feed" href="/all"><a href="/all">RSS</a>"""
    assert [(c.url, c.found_by, c.title) for c in feed_links(html, PAGE)] == [
        ("https://cdn.example/all", "link", None),
        ("https://cdn.example/rss/africa", "anchor", "Africa"),
        ("https://cdn.example/a/x.rdf", "anchor", "R"),
    ]


@pytest.mark.parametrize("html", ["", "<a>no address</a>", "<p>" * 10_000])
def test_a_page_that_names_none_gives_none(html):
    assert feed_links(html, PAGE) == []


def test_usual_addresses_are_those_of_the_host_then_of_the_folder_then_sitemaps():
    urls = [candidate.url for candidate in guesses(PAGE)]
    assert urls[0] == "https://news.example/feed"
    assert "https://news.example/world/feed" in urls
    assert urls[-1] == "https://news.example/sitemap_news.xml"
    assert len(urls) == len(set(urls))
    assert not [url for url in (c.url for c in guesses("https://news.example")) if "world" in url]


def test_sitemaps_of_news_come_first():
    robots = (
        "User-agent: *\nSitemap: https://a.example/all.xml\nsitemap:https://a.example/news.xml\n"
    )
    assert [c.url for c in sitemaps_in(robots)] == [
        "https://a.example/news.xml",
        "https://a.example/all.xml",
    ]
    assert sitemaps_in("<html>") == []


def test_an_address_is_tried_once_for_the_first_reason():
    one, two = Candidate("https://a.example/", "link"), Candidate("https://a.example/", "anchor")
    assert unique([one, two]) == [one]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<?xml version='1.0'?><!-- <feed> --><rss version='2.0'>", "RSS 2.0"),
        (b"<rss>", "RSS"),
        (b"\xef\xbb\xbf<feed xmlns='http://www.w3.org/2005/Atom'>", "Atom"),
        ("<feed xmlns=''>".encode("utf-16"), "Atom"),
        (b"<rdf:RDF xmlns=''>", "RDF"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "JSON Feed"),
        (b'{"rss": {"channel": {}}}', "RSS in JSON"),
        (b"<urlset>", "sitemap"),
        (b"<sitemapindex>", "sitemap"),
        (b"<!doctype html><html lang=en>", "HTML"),
        (b"", "unknown"),
        (b"\x00\xff", "unknown"),
    ],
)
def test_the_format_is_told_by_the_start_of_the_document(body, name):
    assert format_of(body) == name
