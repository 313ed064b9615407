"""Feeds to read: made ones, as long and as rich as those of newsrooms, and those of a set."""

import gzip
import html
import json
import random
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError, fromstring

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
ITEMS = 50
_PROSE = (
    "the envoys of both states met again on Sunday for talks about grain, gas & the border; said a"
    " ministry spokesman: «no accord yet» after nine hours in Genève, while délégations from Ankara"
    " and Kyïv left without a word to the press and would return in June for a second round"
)


class Document(NamedTuple):
    """One feed: where it is from, its bytes and its address."""

    name: str
    body: bytes
    url: str


def made(seed: int = 1, items: int = ITEMS) -> list[Document]:
    """RSS 2.0, RSS 1.0 and Atom, with and without whole articles of about 3,000 characters."""
    rng = random.Random(seed)
    return [
        Document(f"{kind} {what}", write(rng, items, paragraphs).encode(), "https://news.example/")
        for kind, write in (("RSS 2.0", rss2), ("RSS 1.0", rss1), ("Atom", atom))
        for what, paragraphs in (("summaries", 0), ("articles", 8))
    ]


def _prose(rng, words):
    return " ".join(rng.choices(_PROSE.split(), k=words))


def _article(rng, paragraphs):
    return "\n".join(
        f'<p class="text">{html.escape(_prose(rng, 60), quote=False)} <a href="/more">more</a></p>'
        for _ in range(paragraphs)
    )


def _stories(rng, items):
    for number in range(items):
        moment = NOW - timedelta(minutes=rng.randrange(60) + 60 * number)
        yield (
            f"https://news.example/world/{moment:%Y/%m/%d}/talks-{number}-{rng.randrange(10**6)}",
            html.escape(_prose(rng, 9), quote=False),
            html.escape(f"<p>{_prose(rng, 35)}</p>", quote=False),
            moment,
        )


def rss2(rng, items, paragraphs):
    """WordPress-like."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>World</title><link>https://news.example/</link><language>en</language>"
    )
    parts = [head]
    for link, title, summary, moment in _stories(rng, items):
        article = _article(rng, paragraphs)
        content = f"<content:encoded><![CDATA[{article}]]></content:encoded>" if article else ""
        parts.append(
            f"<item><title>{title}</title><link>{link}</link><dc:creator><![CDATA[Ann Lee]]>"
            f"</dc:creator><pubDate>{format_datetime(moment)}</pubDate><category>World</category>"
            f'<category>Talks</category><guid isPermaLink="false">{link}?p</guid>'
            f"<description>{summary}</description>{content}</item>\n"
        )
    return "".join([*parts, "</channel></rss>"])


def rss1(rng, items, paragraphs):
    """RDF with Dublin Core."""
    head = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns='
        '"http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/"><channel><title>World</title></channel>'
    )
    parts = [head]
    for link, title, summary, moment in _stories(rng, items):
        article = html.escape(_article(rng, paragraphs))
        content = f"<content:encoded>{article}</content:encoded>" if article else ""
        parts.append(
            f'<item rdf:about="{link}"><title>{title}</title><link>{link}</link>'
            f"<description>{summary}</description><dc:creator>Ann Lee</dc:creator>"
            f"<dc:date>{moment.isoformat()}</dc:date><dc:subject>World</dc:subject>{content}</item>"
        )
    return "".join([*parts, "</rdf:RDF>"])


def atom(rng, items, paragraphs):
    """Atom 1.0 with HTML content."""
    parts = ['<feed xmlns="http://www.w3.org/2005/Atom"><title>World</title><id>urn:x</id>']
    for number, (link, title, summary, moment) in enumerate(_stories(rng, items)):
        article = html.escape(_article(rng, paragraphs))
        content = f'<content type="html">{article}</content>' if article else ""
        parts.append(
            f'<entry><id>tag:news.example,2026:{number}</id><title type="html">{title}</title>'
            f'<link rel="alternate" type="text/html" href="{link}"/><author><name>Ann Lee</name>'
            f"</author><published>{moment.isoformat()}</published><updated>{moment.isoformat()}"
            f'</updated><category term="World"/><summary type="html">{summary}</summary>{content}'
            "</entry>\n"
        )
    return "".join([*parts, "</feed>"])


def others() -> list[Document]:
    """A news sitemap, plain and packed, an index of sitemaps, JSON Feed and RSS-in-JSON: short."""
    sitemap = (
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/a/1</loc>'
        "<n:news><n:publication><n:name>News</n:name><n:language>fr</n:language></n:publication>"
        f"<n:publication_date>{NOW.isoformat()}</n:publication_date><n:title>Talks &amp; tea"
        "</n:title></n:news></url></urlset>"
    )
    index = (
        f"<sitemapindex><sitemap><loc>/a</loc><lastmod>{NOW:%F}</lastmod></sitemap></sitemapindex>"
    )
    item = {"title": "Talks & tea", "pubDate": format_datetime(NOW), "guid": {"#value": "17"}}
    story = {"id": 1, "url": "/1", "content_text": "a < b", "authors": [{"name": "Ann Lee"}]}
    texts = {
        "news sitemap": sitemap,
        "sitemap index": index,
        "JSON Feed": json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [story]}),
        "RSS-in-JSON": json.dumps({"rss": {"version": "2.0", "channel": {"item": [item]}}}),
    }
    found = {name: text.encode() for name, text in texts.items()}
    found["news sitemap, packed"] = gzip.compress(found["news sitemap"], mtime=0)
    return [Document(name, body, "https://news.example/") for name, body in found.items()]


def of_set(folder: Path) -> list[Document]:
    """The documents of a set (`cases.jsonl` with `file` and `url`)."""
    lines = (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    return [Document(c["file"], (folder / c["file"]).read_bytes(), c["url"]) for c in cases]


def is_well_formed(body: bytes) -> bool:
    """Whether expat reads it to its end."""
    try:
        fromstring(body)
    except (ParseError, LookupError, ValueError):
        return False
    return True
