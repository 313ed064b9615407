"""The six feeds: RSS 2.0, Atom, RSS with full content, RSS 1.0 (RDF), JSON Feed, and broken RSS."""

import html
import json
from collections.abc import Callable
from email.utils import format_datetime
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pipelines.sample.metadata import local_date
from pipelines.sample.pages import content_html
from pipelines.sample.stories import Outlet, Story, load_stories


class FeedDocument(NamedTuple):
    """A feed as its host sends it."""

    content_type: str
    body: bytes


def feed_document(outlet: Outlet) -> FeedDocument:
    """The feed of an outlet, in its format."""
    content_type, write = _FORMATS[outlet.host]
    stories = [story for story in load_stories() if story.outlet == outlet]
    stories += [story for story in stories if "offered_twice" in story.quirks]
    return FeedDocument(content_type, write(outlet, stories).encode("utf-8"))


def guid(stories: list[Story], index: int) -> str:
    """The entry's id: a tag URI, another one for the second offer of a story."""
    story = stories[index]
    edition = stories[: index + 1].count(story)
    return f"tag:{story.outlet.host},2026:{story.name}:{edition}"


def _link(story: Story) -> str:
    """The link as the feed writes it: absolute, but for an entry that has it relative."""
    return story.link or story.url


def _rss(outlet: Outlet, stories: list[Story], extra: Callable[[Story], str] | None = None) -> str:
    items = []
    for index, story in enumerate(stories):
        lines = [f"<title>{_title(story)}</title>"]
        lines.append(f"<link>{escape(_link(story))}</link>")
        if "no_guid" not in story.quirks:
            lines.append(f'<guid isPermaLink="false">{guid(stories, index)}</guid>')
        if story.published_at and "no_feed_date" not in story.quirks:
            lines.append(f"<pubDate>{format_datetime(story.published_at)}</pubDate>")
        lines += [f"<dc:creator>{escape(name)}</dc:creator>" for name in story.authors]
        lines.append(f"<description>{escape(story.summary)}</description>")
        lines.append(extra(story) if extra else "")
        items.append("<item>\n" + "\n".join(filter(None, lines)) + "\n</item>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
        f"<channel>\n<title>{outlet.name}</title>\n<link>http://{outlet.host}/</link>\n"
        f"<description>{outlet.name}</description>\n<language>{outlet.language}</language>\n"
        "<ttl>30</ttl>\n" + "\n".join(items) + "\n</channel>\n</rss>\n"
    )


def _title(story: Story) -> str:
    """The title in XML; for `html_title` it was HTML before, so that its entities are doubled."""
    if "html_title" in story.quirks:
        return escape(html.escape(story.title).replace("&#x27;", "&#039;"))
    return escape(story.title)


def _rss_full(outlet: Outlet, stories: list[Story]) -> str:
    return _rss(outlet, stories, _encoded)


def _encoded(story: Story) -> str:
    content = "\n".join(content_html(story.blocks))
    return f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""


def _atom(outlet: Outlet, stories: list[Story]) -> str:
    entries = []
    for index, story in enumerate(stories):
        lines = [f'<title type="html">{escape(html.escape(story.title, quote=False))}</title>']
        lines.append(f'<link rel="alternate" href={quoteattr(_link(story))}/>')
        lines.append(f"<id>{guid(stories, index)}</id>")
        if "no_feed_date" not in story.quirks:
            lines.append(f"<published>{local_date(story)}</published>")
            lines.append(f"<updated>{local_date(story)}</updated>")
        lines += [f"<author><name>{escape(name)}</name></author>" for name in story.authors]
        lines.append(f'<summary type="html">{escape(f"<p>{story.summary}</p>")}</summary>')
        entries.append("<entry>\n" + "\n".join(lines) + "\n</entry>")
    newest = max(local_date(story) for story in stories)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<title>{outlet.name}</title>\n<id>tag:{outlet.host},2026:feed</id>\n"
        f'<link rel="self" href="{outlet.feed_url}"/>\n<updated>{newest}</updated>\n'
        f"<author><name>{outlet.name}</name></author>\n" + "\n".join(entries) + "\n</feed>\n"
    )


def _rdf(outlet: Outlet, stories: list[Story]) -> str:
    items = []
    for story in stories:
        about = quoteattr(_link(story))
        lines = [f"<title>{escape(story.title)}</title>", f"<link>{escape(_link(story))}</link>"]
        if "no_feed_date" not in story.quirks:
            lines.append(f"<dc:date>{local_date(story)}</dc:date>")
        lines += [f"<dc:creator>{escape(name)}</dc:creator>" for name in story.authors]
        lines.append(f"<description>{escape(story.summary)}</description>")
        items.append(f"<item rdf:about={about}>\n" + "\n".join(lines) + "\n</item>")
    order = "".join(f"<rdf:li rdf:resource={quoteattr(_link(story))}/>" for story in stories)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{outlet.feed_url}">\n<title>{outlet.name}</title>\n'
        f"<link>http://{outlet.host}/</link>\n<description>À la une</description>\n"
        f"<items><rdf:Seq>{order}</rdf:Seq></items>\n</channel>\n"
        + "\n".join(items)
        + "\n</rdf:RDF>\n"
    )


def _json(outlet: Outlet, stories: list[Story]) -> str:
    items: list[dict[str, object]] = []
    for index, story in enumerate(stories):
        item: dict[str, object] = {"id": guid(stories, index), "url": _link(story)}
        item |= {"title": story.title, "summary": story.summary}
        if story.date and "no_feed_date" not in story.quirks:
            item["date_published"] = local_date(story)
        if story.authors:
            item["authors"] = [{"name": name} for name in story.authors]
        items.append(item)
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name}
    feed |= {"home_page_url": f"http://{outlet.host}/", "feed_url": outlet.feed_url}
    return json.dumps({**feed, "items": items}, ensure_ascii=False, indent=1)


def _broken_rss(outlet: Outlet, stories: list[Story]) -> str:
    """RSS as string pasting makes it: bare ampersands, open tags, unescaped HTML, and cut off."""
    items = []
    for index, story in enumerate(stories):
        lines = [f"<title>{story.title}</title>"]
        if story.link != "none":
            lines.append(f"<link>{_link(story)}</link>")
        lines.append(f'<guid isPermaLink="false">{guid(stories, index)}</guid>')
        if story.published_at:
            lines.append(f"<pubDate>{format_datetime(story.published_at)}</pubDate>")
        lines.append(f"<category>Mundo & Región\n<description>{story.summary}<br></description>")
        items.append("<item>\n" + "\n".join(lines) + "\n</item>")
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n<channel>\n'
        f"<title>{outlet.name}</title>\n<link>http://{outlet.host}/</link>\n"
        f"<description>Noticias & análisis</description>\n" + "\n".join(items)
    )
    return whole[: whole.rindex("<description>") + 60]


_FORMATS: dict[str, tuple[str, Callable[[Outlet, list[Story]], str]]] = {
    "www.meridian-courier.example": ("application/rss+xml; charset=utf-8", _rss),
    "news.harbour-ledger.example": ("application/atom+xml", _atom),
    "www.transoceanic-news.example": ("text/xml", _rss_full),
    "www.quai-du-monde.example": ("application/rdf+xml", _rdf),
    "open-atlas.example": ("application/feed+json", _json),
    "www.faro-austral.example": ("text/html; charset=UTF-8", _broken_rss),
}
"""Content types as such hosts send them; the last one is a lie that feed readers meet every day."""
