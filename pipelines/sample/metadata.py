"""What a page says of itself in its head: links, meta tags, and JSON-LD of several shapes."""

import html
import json
from datetime import timedelta, timezone

from pipelines.sample.expected import canonical_url
from pipelines.sample.stories import Story, story_named

UTC_OFFSET_H = {
    "news.harbour-ledger.example": 8,
    "www.quai-du-monde.example": 1,
    "open-atlas.example": 1,
    "www.faro-austral.example": -3,
}
"""Each outlet writes its own time, hours east of UTC; the others write UTC."""

JSON_LD = {
    "www.meridian-courier.example": "object",
    "news.harbour-ledger.example": "list",
    "www.transoceanic-news.example": "graph",
    "www.quai-du-monde.example": "none",
    "open-atlas.example": "broken",
    "www.faro-austral.example": "object",
}


def local_date(story: Story) -> str:
    """The story's date as its outlet writes it: ISO 8601 with its offset, or a day; else empty."""
    if story.published_at is None or "T" not in story.date:
        return story.date
    offset = timezone(timedelta(hours=UTC_OFFSET_H.get(story.outlet.host, 0)))
    return story.published_at.astimezone(offset).isoformat()


def head_tags(story: Story) -> str:
    """The tags that go into the page's head beside its title."""
    tags = [f'<link rel="canonical" href="{named_canonical(story)}">']
    tags += [_meta("property", "og:type", "article"), _meta("property", "og:title", story.title)]
    tags += [_meta("property", "og:site_name", story.outlet.name)]
    if story.summary:
        tags.append(_meta("name", "description", story.summary))
    shape = story.json_ld or JSON_LD[story.outlet.host]
    if shape in {"none", "broken"}:
        tags += [_meta("name", "author", author) for author in story.authors]
        if story.date and "no_page_date" not in story.quirks:
            tags.append(_meta("property", "article:published_time", local_date(story)))
    if shape != "none":
        tags.append(f'<script type="application/ld+json">{_json_ld(story, shape)}</script>')
    return "\n".join(tags)


def named_canonical(story: Story) -> str:
    """The canonical URL that the page names, on whatever host."""
    if story.variant_of:
        return named_canonical(story_named(story.outlet.host, story.variant_of))
    if "foreign_canonical" in story.quirks:
        host, _, name = story.copy_of.partition("/")
        return named_canonical(story_named(host, name))
    return canonical_url(story) or ""


def _meta(key: str, name: str, content: str) -> str:
    return f'<meta {key}="{name}" content="{html.escape(content)}">'


def _json_ld(story: Story, shape: str) -> str:
    article = _news_article(story)
    publisher = {"@type": "Organization", "name": story.outlet.name}
    site = {"@type": "WebSite", "url": f"http://{story.outlet.host}/", "publisher": publisher}
    if shape == "list":
        return json.dumps([_context(_breadcrumbs(story)), _context(article)], indent=1)
    if shape == "graph":
        return json.dumps(_context({"@graph": [publisher, site, article]}))
    text = json.dumps(_context(article), indent=2, ensure_ascii=False)
    if shape == "broken":  # a comma too many: JSON.parse refuses it, and so do browsers
        return text[:-2] + ",\n}"
    return text


def _context(node: dict[str, object]) -> dict[str, object]:
    return {"@context": "https://schema.org", **node}


def _news_article(story: Story) -> dict[str, object]:
    kind = "LiveBlogPosting" if "live" in story.quirks else "NewsArticle"
    authors: list[dict[str, str]] = [{"@type": "Person", "name": name} for name in story.authors]
    if story.wire:
        authors.append({"@type": "Organization", "name": story.wire})
    node: dict[str, object] = {
        "@type": kind,
        "headline": story.title,
        "mainEntityOfPage": named_canonical(story),
        "image": [f"http://{story.outlet.host}/img/{story.name}-1200.jpg"],
        "publisher": {"@type": "Organization", "name": story.outlet.name},
        "isAccessibleForFree": "paywall" not in story.quirks,
    }
    if authors:
        node["author"] = authors[0] if len(authors) == 1 else authors
    if story.date and "no_page_date" not in story.quirks:
        node["datePublished"] = local_date(story)
    return node


def _breadcrumbs(story: Story) -> dict[str, object]:
    items = [{"@type": "ListItem", "position": 1, "name": "Home", "item": "/"}]
    items.append({"@type": "ListItem", "position": 2, "name": story.title, "item": story.path})
    return {"@type": "BreadcrumbList", "itemListElement": items}
