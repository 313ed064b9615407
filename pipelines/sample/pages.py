"""The pages: a story in its outlet's template, with all that stands around and between it."""

import html
import json
import re
from functools import cache
from itertools import groupby
from string import Template

from pipelines.sample.metadata import head_tags, local_date
from pipelines.sample.stories import PACKAGE, Block, Outlet, Story, load_stories

RELATED = 3
"""Headlines of the same outlet under each article."""

_PARAGRAPH = {
    "news.harbour-ledger.example": '<div class="Block__wrap-x7"><p class="t-9c1e">{}</p></div>',
    "www.transoceanic-news.example": "<p align=justify>{}",
    "open-atlas.example": '<p class="para">{}</p>',
}


def article_page(story: Story) -> bytes:
    """The page of a story as the bytes that its host sends."""
    template = "amp" if "amp" in story.quirks else "print" if "print_view" in story.quirks else ""
    name = f"variants/{template}.html" if template else f"outlets/{story.outlet.host}/page.html"
    page = _template(name).substitute(
        language=story.language,
        title=html.escape(story.title, quote=False),
        head=head_tags(story),
        byline=_byline(story),
        date=_visible_date(story),
        body="\n".join(_body(story)),
        paywall=_insert(story, "paywall") if "paywall" in story.quirks else "",
        related=_related(story),
    )
    if "malformed" in story.quirks:
        page = _malformed(page)
    return page.encode("cp1252" if "windows_1252" in story.quirks else "utf-8")


def content_html(blocks: tuple[Block, ...], paragraph: str = "<p>{}</p>") -> list[str]:
    """The HTML of an article's blocks, one string a block, list or table."""
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        members = list(group)
        if kind == "li":
            items = "".join(f"<li>{_inline(block.text)}</li>" for block in members)
            parts.append(f"<ul>{items}</ul>")
        elif kind == "tr":
            parts.append(_table([block.text.split("\t") for block in members]))
        else:
            parts += [_block(kind, _inline(block.text), paragraph) for block in members]
    return parts


def index_page(outlet: Outlet) -> bytes:
    """The front page of an outlet: its feed, and links to its articles."""
    stories = [story for story in load_stories() if story.outlet == outlet and story.path]
    links = "\n".join(f"<li>{_link(story)}</li>" for story in stories)
    return (
        f'<!DOCTYPE html>\n<html lang="{outlet.language or "en"}"><head><meta charset="utf-8">'
        f"<title>{outlet.name}</title>\n"
        f'<link rel="alternate" href="{outlet.feed_url}" title="{outlet.name}">\n'
        f"</head><body><h1>{outlet.name}</h1><ul>\n{links}\n</ul></body></html>\n"
    ).encode()


def error_page(outlet: Outlet, status: int, reason: str) -> bytes:
    """What a host answers with an error status."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{reason} | '
        f"{outlet.name}</title></head><body><h1>{status} {reason}</h1>"
        f'<p>Sorry. Go to the <a href="/">front page of {outlet.name}</a>.</p></body></html>\n'
    ).encode()


@cache
def _template(name: str) -> Template:
    return Template((PACKAGE / name).read_text(encoding="utf-8"))


@cache
def _inserts() -> dict[str, dict[str, str]]:
    inserts: dict[str, dict[str, str]] = json.loads(
        (PACKAGE / "variants" / "inserts.json").read_text(encoding="utf-8")
    )
    return inserts


def _insert(story: Story, name: str) -> str:
    other = _others(story)[-1]
    return _inserts()[story.language][name].replace("LINK", _link(other))


def _body(story: Story) -> list[str]:
    """The blocks, with the outlet's clutter after the second, the fourth and so on."""
    paragraph = _PARAGRAPH.get(story.outlet.host, "<p>{}</p>")
    if "line_breaks" in story.quirks:
        paragraph = "{}<br><br>"
    parts = content_html(story.blocks, paragraph)
    for number, name in enumerate(story.dirt):
        parts.insert(2 + 3 * number, _insert(story, name))
    return parts


def _block(kind: str, text: str, paragraph: str) -> str:
    if kind == "fig":
        picture = '<img src="/img/placeholder-800.jpg" alt="" width="800" height="450">'
        return f"<figure>{picture}<figcaption>{text}</figcaption></figure>"
    if kind == "at":
        return f'<div class="live-stamp"><time>{text}</time></div>'
    if kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    return paragraph.format(text) if kind == "p" else f"<{kind}>{text}</{kind}>"


def _table(rows: list[list[str]]) -> str:
    head, *body = rows
    cells = "".join(f"<th>{_inline(cell)}</th>" for cell in head)
    lines = ["".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in body]
    return f"<table><tr>{cells}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\[([^]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)


def _byline(story: Story) -> str:
    names = list(story.authors) or [story.wire]
    words = _inserts()[story.language]
    joined = f" {words['and']} ".join(html.escape(name) for name in names if name)
    return f"{words['by']} {joined}" if joined else ""


def _visible_date(story: Story) -> str:
    if not story.date or "no_page_date" in story.quirks:
        return ""
    date = local_date(story)
    return f'<time datetime="{date}">{date[:16].replace("T", " ")}</time>'


def _others(story: Story) -> list[Story]:
    """The outlet's other articles in the same language, from the next one on, else in any."""
    stories = [s for s in load_stories() if s.outlet == story.outlet and s.blocks]
    names = [s.name for s in stories]
    at = names.index(story.name) + 1 if story.name in names else 0
    turned = stories[at:] + stories[: at - 1 if at else None]
    turned = [s for s in turned if not s.variant_of]
    return [s for s in turned if s.language == story.language] or turned


def _related(story: Story) -> str:
    return "\n".join(f"<li>{_link(other)}</li>" for other in _others(story)[:RELATED])


def _link(story: Story) -> str:
    return f'<a href="{story.path}">{html.escape(story.title, quote=False)}</a>'


def _malformed(page: str) -> str:
    """The page as an old content system left it: tags never closed, no body tag, bare quotes."""
    page = re.sub(r"</(p|li|body|html|section)>|<body[^>]*>|</head>", "", page)
    return page.replace('class="para"', "class=para").replace("</article>", "</artcle>")
