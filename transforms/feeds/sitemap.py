"""Google News sitemaps, and the indexes that name sitemaps.

Sources: developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap; sitemaps.org,
protocol 0.9.
"""

from collections import Counter
from datetime import datetime, timezone
from xml.etree.ElementTree import Element

from transforms.feeds.constructs import text_in
from transforms.feeds.dates import MAX_DATE, parse_date
from transforms.feeds.links import joined
from transforms.feeds.rows import MAX_ENTRIES, MAX_SITEMAPS, ParsedEntry, ParsedFeed
from transforms.feeds.slots import local_name
from transforms.feeds.text import author_of, language_of, title_of, trimmed

_NEVER = datetime.min.replace(tzinfo=timezone.utc)


def read_sitemap(root: Element, url: str) -> ParsedFeed | None:
    """The news of a sitemap, or the sitemaps of an index; None if `root` has neither.

    Newest first, what has no date last in document order: a sitemap is cut at its end, and only
    the newest matter. Pages of a sitemap that are not marked as news are no entries. `news:title`
    is plain text; the language is the one that most of the pages have.
    """
    name = local_name(root.tag).lower()
    if name == "sitemapindex":
        return _index(root, url)
    if name != "urlset":
        return None
    pages = [(page, _child(page, "news")) for page in root if local_name(page.tag) == "url"]
    found = [_entry(page, news, url) for page, news in pages if news is not None]
    if not found:
        return None
    languages = Counter(language for _, language in found if language)
    entries = sorted((entry for entry, _ in found), key=_published, reverse=True)
    return ParsedFeed(
        language=max(languages, key=languages.__getitem__) if languages else None,
        entries=tuple(entries[:MAX_ENTRIES]),
        left_out=max(0, len(entries) - MAX_ENTRIES),
    )


def _index(root: Element, url: str) -> ParsedFeed | None:
    found = [
        (parse_date(_text(child, "lastmod")) or _NEVER, link)
        for child in root
        if local_name(child.tag) == "sitemap" and (link := joined(url, _text(child, "loc")))
    ]
    newest = sorted(found, key=lambda pair: pair[0], reverse=True)
    links = dict.fromkeys(link for _, link in newest)
    return ParsedFeed(sitemaps=tuple(links)[:MAX_SITEMAPS]) if links else None


def _entry(page: Element, news: Element, url: str) -> tuple[ParsedEntry, str | None]:
    """An entry and its language."""
    location = _text(page, "loc")
    published = _text(news, "publication_date")
    publication = _child(news, "publication")
    language = _text(publication, "language") if publication is not None else None
    entry = ParsedEntry(
        id=location,
        link=joined(url, location),
        title=title_of(_text(news, "title"), plain=True),
        published=parse_date(published),
        updated=parse_date(_text(page, "lastmod")),
        authors=tuple(filter(None, [author_of(_text(news, "author"))])),
        published_raw=published[:MAX_DATE] if published else None,
    )
    return entry, language_of(language)


def _published(entry: ParsedEntry) -> datetime:
    return entry.published or _NEVER


def _child(parent: Element, name: str) -> Element | None:
    return next((child for child in parent if local_name(child.tag) == name), None)


def _text(parent: Element, name: str) -> str | None:
    return trimmed(text_in(_child(parent, name)))
