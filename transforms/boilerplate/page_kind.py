"""Whether a page is an article at all, or an index of articles, or a wall before one.

An article refused is worse than an index kept. So what a page says of itself (JSON-LD, og:type),
and an address or a headline as only articles have them, are believed first: where they speak for
an article, no page is refused for its looks alone.
"""

from itertools import islice

from transforms.boilerplate.blocks import Block, Layout
from transforms.boilerplate.head import Head
from transforms.boilerplate.index_pages import (
    Runs,
    index_in_json_ld,
    index_named,
    is_like_article,
    is_one_of_many,
    runs_of,
)
from transforms.boilerplate.json_ld import Node
from transforms.boilerplate.walls import LONGEST_WALL, wall_named, wall_said

_ARTICLE_TYPES = ("article", "news", "blog")
_FEW_RUNS = 4
_MOSTLY = 0.8
_STUB = 800
_LONGEST_TEASER = 700
_TEASER = 450
_NO_TEXT = 150
_SOME_LINKS = 5
_MANY_LINKS = 15


def why_no_article(
    url: str, head: Head, article: Node, layout: Layout, kept: list[bool], body_class: str
) -> str | None:
    """Why the page is no article, naming the evidence; None for an article, and where in doubt.

    `kept` says for each block of `layout` if it was chosen as article text, `article` is the
    JSON-LD object of the page's article ({} if there is none), `body_class` the class attribute of
    <body>. A page without any text and without a sign of a wall is None: it has no text to refuse.
    """
    named = index_named(url, head, body_class)
    if named and is_one_of_many(url, head, article):
        article = {}
    if article:
        return None
    is_declared = _declares_article(head)
    chosen = [block.text for block, keep in zip(layout.blocks, kept, strict=True) if keep]
    runs = runs_of(layout.blocks, kept)
    wall = _wall(head, layout.blocks, chosen, runs, body_class, is_declared=is_declared)
    if wall:
        return wall
    named = named or index_in_json_ld(head)
    evidence = (
        _named(runs, named, is_declared=is_declared)
        if named or is_declared
        else _looks(runs, url, layout.blocks)
    )
    return evidence and (
        f"an index page by {evidence}: {len(runs.lengths)} runs of text of at most"
        f" {runs.longest} characters between {runs.links} linked headlines"
    )


def _named(runs: Runs, named: str | None, *, is_declared: bool) -> str | None:
    """The name of an index where the page looks like one: it shows teasers, posts or no text."""
    if _is_listing(runs):
        return named
    is_short = 0 < runs.longest <= _STUB
    if is_declared or runs.links < _SOME_LINKS:
        return None
    return named if is_short or len(runs.lengths) >= _FEW_RUNS else None


def _looks(runs: Runs, url: str, blocks: list[Block]) -> str | None:
    """What an index without a name looks like: teasers, or headlines and next to no text.

    Source of the limits: none of 861 articles is beyond them, not even without their heads.
    """
    if is_like_article(url, blocks):
        return None
    if _is_listing(runs) and runs.longest <= _LONGEST_TEASER:
        return "its teasers"
    links = _SOME_LINKS if sum(runs.lengths) <= _NO_TEXT else _MANY_LINKS
    return "its headlines" if url and runs.longest <= _TEASER and runs.links >= links else None


def _is_listing(runs: Runs) -> bool:
    return len(runs.lengths) >= _FEW_RUNS and runs.teasers >= _MOSTLY


def _declares_article(head: Head) -> bool:
    """True if Open Graph or a publication time says that the page is an article."""
    return (
        _first(head, "og:type").lower().startswith(_ARTICLE_TYPES)
        or "article:published_time" in head.meta
        or "datepublished" in head.meta
    )


def _wall(
    head: Head,
    blocks: list[Block],
    chosen: list[str],
    runs: Runs,
    body_class: str,
    *,
    is_declared: bool,
) -> str | None:
    """Careless templates call their error page an article too: there it has to be short."""
    length = sum(map(len, chosen))
    if length > (_STUB if is_declared else LONGEST_WALL) or "article:published_time" in head.meta:
        return None
    if "error404" in body_class.split():
        return f"a soft 404: the classes of its <body> are {body_class[:80]!r}"
    wall = wall_named(_titles(head, blocks)) if runs.longest <= _TEASER else None
    return wall if wall or is_declared else wall_said(_first_lines(blocks), chosen)


def _titles(head: Head, blocks: list[Block]) -> list[str]:
    headlines = islice((block.text for block in blocks if block.tag == "h1"), 3)
    return [head.title, _first(head, "og:title"), *headlines]


def _first_lines(blocks: list[Block]) -> list[str]:
    """The lines of the page that are not links, from its beginning as far as a wall goes."""
    lines: list[str] = []
    length = 0
    for block in blocks:
        if block.linked < len(block.text):
            length += len(block.text)
            if length > LONGEST_WALL:
                break
            lines.append(block.text)
    return lines


def _first(head: Head, name: str) -> str:
    values = head.meta.get(name)
    return values[0] if values else ""
