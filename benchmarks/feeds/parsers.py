"""The parsers that `speed` compares: each takes bytes and a URL, and gives entries as dicts."""

import time


def ours(body, url):
    """Communiqué."""
    from benchmarks.feeds.adapter import parse  # noqa: PLC0415 - the peers' environment has none

    return parse(body, url)


def feedparser(body, url):
    """feedparser as it comes, sanitiser and all."""
    return _by_feedparser(body, url)


def feedparser_bare(body, url):
    """feedparser without sanitiser and without relative links in HTML: as much work as ours."""
    return _by_feedparser(body, url, sanitize_html=False, resolve_relative_uris=False)


def fastfeedparser(body, _url):
    """fastfeedparser (lxml), which resolves no links."""
    import fastfeedparser  # noqa: PLC0415 - may not be installed

    return [
        {
            "title": entry.get("title"),
            "link": entry.get("link"),
            "id": entry.get("id"),
            "published": entry.get("published") or entry.get("updated"),
        }
        for entry in fastfeedparser.parse(body).entries
    ]


def _by_feedparser(body, url, **options):
    import feedparser  # noqa: PLC0415 - may not be installed

    found = feedparser.parse(body, response_headers={"content-location": url}, **options)
    return [
        {
            "title": dict.get(entry, "title"),
            "link": dict.get(entry, "link"),
            "id": dict.get(entry, "id"),
            "published": _iso(
                dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
            ),
        }
        for entry in found.entries
    ]


def _iso(moment):
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", moment) if moment else None


PARSERS = {
    "ours": ours,
    "feedparser": feedparser,
    "feedparser, bare": feedparser_bare,
    "fastfeedparser": fastfeedparser,
}
