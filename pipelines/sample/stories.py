"""The sources of the sample site: one file per feed entry, header lines and then the text."""

import csv
from collections.abc import Iterator
from datetime import datetime, timezone
from functools import cache
from importlib.resources import files
from io import StringIO
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

PACKAGE = files("pipelines.sample")

QUIRKS = frozenset(
    {
        # of the feed
        "no_guid",  # the entry has no guid
        "no_feed_date",  # the entry has no date: the page's has to do
        "html_title",  # the feed's title holds HTML entities, escaped once more
        "offered_twice",  # the feed lists the entry twice, under two guids
        # of the page
        "no_page_date",
        "malformed",  # unclosed tags, no body tag
        "line_breaks",  # paragraphs are divided by <br><br> alone
        "windows_1252",  # these bytes under a meta tag that says UTF-8
        "latin_1_header",  # UTF-8 bytes under a header that says ISO-8859-1
        "amp",  # the AMP variant of another article: its canonical link names that
        "print_view",  # the print variant of another article, likewise
        "foreign_canonical",  # the canonical link names the agency's page on another host
        "live",  # a live blog
        "paywall",  # a stub: the page says that the rest is not free
        # of the server
        "slow",  # answers after `slow_s`
        "outage",  # 503 as long as `outage` is on
        "forbidden",  # 403; the feed holds the whole text
        "moved",  # 301 from the entry's path to the article's
    }
)


class Outlet(NamedTuple):
    """One line of feeds.csv, and the host its URL names."""

    host: str
    feed_url: str
    name: str
    country: str
    language: str
    kind: str


class Block(NamedTuple):
    """A piece of an article. `kind` is p, h2, li, tr, quote, at (time of a live update) or fig.

    All but `at` and `fig` (a caption) are article text. A `tr` holds its cells, tab-separated.
    """

    kind: str
    text: str


class Story(NamedTuple):
    """One feed entry, the page behind it, and what is expected of both."""

    outlet: Outlet
    name: str
    """File name without number and suffix, unique in the outlet."""
    title: str
    blocks: tuple[Block, ...] = ()
    path: str = ""
    """Path of the page; empty if there is none."""
    link: str = ""
    """The link as the feed writes it, if that is not the plain URL of `path`; `none` for none."""
    moved_to: str = ""
    date: str = ""
    """ISO 8601, a time in UTC or a day; empty if neither feed nor page gives one."""
    summary: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    wire: str = ""
    """The agency that the page credits."""
    json_ld: str = ""
    """object, list, graph, broken or none; else the outlet's own."""
    variant_of: str = ""
    """Name of the story of this outlet that the page is a variant of."""
    copy_of: str = ""
    """`host/name` of the story whose text this one prints."""
    paragraphs: int = 0
    """How many paragraphs of that it prints; 0 is all."""
    dirt: tuple[str, ...] = ()
    """What stands between the paragraphs: newsletter, ad, readmore."""
    quirks: frozenset[str] = frozenset()
    outcome: str = "article"
    """article, or the failure code that the entry ends with."""
    diplomatic: bool = False
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def published_at(self) -> datetime | None:
        """The time of `date`, midnight UTC if that is a day."""
        if not self.date:
            return None
        moment = datetime.fromisoformat(self.date.replace("Z", "+00:00"))
        return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)

    @property
    def url(self) -> str:
        """Absolute URL of the entry's link, as a client sees it; empty if it has none."""
        if self.link == "none":
            return ""
        if self.link.startswith("http"):
            return self.link
        return f"http://{self.outlet.host}{self.link or self.path}"

    @property
    def final_path(self) -> str:
        """The path that the article is really at."""
        return self.moved_to or self.path


def load_outlets() -> list[Outlet]:
    """The outlets of feeds.csv, in its order."""
    lines = csv.DictReader(StringIO((PACKAGE / "feeds.csv").read_text(encoding="utf-8")))
    return [Outlet(urlsplit(line["url"]).netloc, *line.values()) for line in lines]


@cache
def load_stories() -> tuple[Story, ...]:
    """All stories, outlet by outlet, in the order in which their feeds list them.

    Raises: ValueError for a source file that names an unknown field, quirk or story.
    """
    stories = [story for outlet in load_outlets() for story in _stories_of(outlet)]
    by_name = {f"{story.outlet.host}/{story.name}": story for story in stories}
    return tuple(_resolved(story, by_name) for story in stories)


def story_named(host: str, name: str) -> Story:
    """The story of a host by its name. Raises KeyError if there is none."""
    for story in load_stories():
        if (story.outlet.host, story.name) == (host, name):
            return story
    raise KeyError(f"{host} has no story {name!r}")


def read_story(source: str, outlet: Outlet, name: str) -> Story:
    """The story of a source file: `field: value` lines, an empty line, then the text.

    Raises: ValueError for a field or quirk that is not known.
    """
    header, _, body = source.partition("\n\n")
    fields: dict[str, object] = {}
    for line in header.splitlines():
        field, _, value = line.partition(":")
        if field not in Story._fields or field in {"outlet", "name", "blocks"}:
            raise ValueError(f"{outlet.host}/{name}: {field!r} is not a field of a story")
        fields[field] = _typed(field, value.strip())
    story = Story(outlet, name, **fields)._replace(blocks=tuple(_blocks(body)))  # type: ignore[arg-type]
    if unknown := story.quirks - QUIRKS:
        raise ValueError(f"{outlet.host}/{name}: {sorted(unknown)} are not quirks, see QUIRKS")
    return story._replace(language=story.language or outlet.language)


def _stories_of(outlet: Outlet) -> Iterator[Story]:
    sources = (PACKAGE / "outlets" / outlet.host).iterdir()
    for source in sorted((s for s in sources if s.name.endswith(".md")), key=attrgetter("name")):
        name = source.name.partition("-")[2].removesuffix(".md")
        yield read_story(source.read_text(encoding="utf-8"), outlet, name)


def _typed(field: str, value: str) -> object:
    default = Story._field_defaults.get(field, "")
    if isinstance(default, bool):
        return value == "yes"
    if isinstance(default, int):
        return int(value)
    if isinstance(default, str):
        return value
    return type(default)(item.strip() for item in value.split(","))


def _resolved(story: Story, by_name: dict[str, Story]) -> Story:
    """The story with the text of the one it copies or varies."""
    source = story.copy_of or (story.variant_of and f"{story.outlet.host}/{story.variant_of}")
    if not source:
        return story
    if source not in by_name:
        raise ValueError(f"{story.outlet.host}/{story.name}: there is no story {source!r}")
    blocks = by_name[source].blocks
    return story._replace(blocks=blocks[: story.paragraphs or None] + story.blocks)


_MARKS = {"## ": "h2", "- ": "li", "> ": "quote", "@ ": "at", "! ": "fig"}


def _blocks(body: str) -> Iterator[Block]:
    for chunk in body.split("\n\n"):
        lines = chunk.strip("\n").splitlines()
        if lines and lines[0][:2] not in {"- ", "| "}:
            lines = [" ".join(lines)]
        for line in lines:
            yield _block(line)


def _block(line: str) -> Block:
    if line.startswith("| "):
        return Block("tr", "\t".join(cell.strip() for cell in line.strip("| ").split("|")))
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    return Block("p", line)
