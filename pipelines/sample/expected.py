"""What a perfect run makes of the sample site, from the same sources as the site itself."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pipelines.sample.stories import Block, Story, load_stories, story_named


class ExpectedRow(NamedTuple):
    """One item of the ledger: what a perfect run admits, and how it ends.

    The columns are those of `articles` and `failures`; `entries` counts the entries of the feed
    that offer the item. The last three are a careful reader's judgement, and the topics and
    countries a lower bound: these are there, others may be.
    """

    feed_url: str
    url: str
    entries: int
    outcome: str
    """`article` or `failure`."""
    code: str | None
    duplicate_of: str | None
    title: str
    text: str
    """Headings, list items and table rows included, captions not; empty for a failure."""
    authors: tuple[str, ...]
    language: str
    published_at: datetime | None
    published_precision: str | None
    published_source: str
    """`feed` where only the feed gives the date, `page` where only the page does or both do."""
    text_source: str
    wire_source: str | None
    is_paywalled: bool
    canonical_url: str | None
    diplomatic: bool
    topics_include: tuple[str, ...]
    countries_include: tuple[str, ...]


def expected_rows(*, outage: bool = True) -> list[ExpectedRow]:
    """A row for each item that the feeds of the site offer, in the order of the feeds.

    `outage` is that of `SampleSite`: whether the page that fails with 503 still does.
    """
    return [_row(story, outage=outage) for story in load_stories()]


def article_text(blocks: Sequence[Block]) -> str:
    """The text that a perfect extractor keeps, paragraphs separated by an empty line."""
    return "\n\n".join(_plain(block) for block in blocks if block.kind not in {"at", "fig"})


def plain_inline(text: str) -> str:
    """Text without the marks of a link, `[words](url)`, or of emphasis, `*words*`."""
    return re.sub(r"\*([^*]+)\*", r"\1", re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", text))


def _plain(block: Block) -> str:
    if block.kind == "tr":
        return " | ".join(block.text.split("\t"))
    return plain_inline(block.text)


def _row(story: Story, *, outage: bool) -> ExpectedRow:
    code = _code(story, outage=outage)
    rescued = "forbidden" in story.quirks
    return ExpectedRow(
        feed_url=story.outlet.feed_url,
        url=story.url,
        entries=2 if "offered_twice" in story.quirks else 1,
        outcome="failure" if code else "article",
        code=code,
        duplicate_of=story_named(story.outlet.host, story.variant_of).url
        if code == "duplicate"
        else None,
        title=story.title,
        text="" if code else article_text(story.blocks),
        authors=story.authors,
        language=story.language,
        published_at=story.published_at,
        published_precision=_precision(story),
        published_source=_source(story),
        text_source="feed" if rescued else "page",
        wire_source=story.wire if story.wire != story.outlet.name and story.wire else None,
        is_paywalled="paywall" in story.quirks,
        canonical_url=None if code or rescued else canonical_url(story),
        diplomatic=story.diplomatic,
        topics_include=story.topics,
        countries_include=story.countries,
    )


def canonical_url(story: Story) -> str | None:
    """The canonical URL of the story's own host that its page names; None if it names none."""
    if "foreign_canonical" in story.quirks:
        return None
    return f"http://{story.outlet.host}{story.final_path}"


def _code(story: Story, *, outage: bool) -> str | None:
    if "outage" in story.quirks and not outage:
        return None
    return None if story.outcome == "article" else story.outcome


def _precision(story: Story) -> str | None:
    if not story.date:
        return None
    return "second" if "T" in story.date else "day"


def _source(story: Story) -> str:
    if not story.date:
        return "none"
    return "feed" if {"no_page_date", "forbidden"} & story.quirks else "page"
