"""CPU time of the pure stages on the packaged sample: feeds, pages, tags, files.

    python -m benchmarks.stages [--rounds N] [--json]

No Beam and no network: what is left is the work that an article costs wherever it runs. Times are
CPU milliseconds of this process, the best of N rounds. A ratio says how many times longer a stage
takes than Python's own html.parser takes to read the page of the same article: compare ratios
between machines, and milliseconds only on one machine.
"""

import argparse
import json
import platform
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timezone
from functools import partial
from html.parser import HTMLParser
from time import process_time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pipelines.sample import load_stories
from pipelines.sample.answers import Answer, site_answers
from pipelines.sample.stories import load_outlets
from schemas.article import Article
from schemas.entry import Entry
from schemas.errors import RowError
from schemas.feed import Feed
from schemas.page import Page
from schemas.run import Run
from transforms.articles import clean_article, tag_article
from transforms.boilerplate import clean_page
from transforms.feeds import entries_of, parse_feed
from transforms.tables import TableWriter
from transforms.topics import Tagger, load_tagger
from transforms.web import url_key

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
RUN = Run("bench", NOW, "0")


class Stage(NamedTuple):
    """One line of the result: `work` handles all `units` of the sample once."""

    name: str
    unit: str
    units: int
    work: Callable[[], Any]


def sample_feeds() -> list[tuple[Feed, Answer]]:
    """Every feed of the sample site and its document."""
    answers = site_answers(outage=False)
    outlets = load_outlets()
    listed = [Feed(o.feed_url, o.name, o.country, o.language or None, o.kind) for o in outlets]
    return [
        (feed, answers[outlet.host, urlsplit(outlet.feed_url).path])
        for feed, outlet in zip(listed, outlets, strict=True)
    ]


def sample_entries() -> list[Entry]:
    """All entries of all feeds."""
    return [
        entry
        for feed, answer in sample_feeds()
        for entry in entries_of(feed, parse_feed(answer.body, feed.url, answer.content_type), NOW)
    ]


def sample_pages(entries: list[Entry]) -> list[Page]:
    """The pages that are there and hold HTML, as a fetch would bring them."""
    answers = site_answers(outage=False)
    final_paths = {story.url: story.final_path for story in load_stories()}
    pages = []
    for entry in entries:
        link = urlsplit(entry.url)
        answer = answers.get((link.netloc, final_paths.get(entry.url, link.path)))
        if answer and answer.status == 200 and answer.content_type.startswith("text/html"):
            charset = answer.content_type.partition("charset=")[2] or None
            pages.append(Page(entry, entry.url, 200, answer.body, charset, None, NOW))
    return pages


def cleaned(pages: list[Page]) -> list[Article]:
    """The articles of the pages that are articles."""
    articles = []
    for page in pages:
        with suppress(RowError):  # the sample has pages that are none
            articles.append(clean_article(page, RUN))
    return articles


def tokenise(pages: list[Page]) -> None:
    """The reference: Python's own HTML tokeniser reads every page and does nothing."""
    for page in pages:
        HTMLParser().feed(page.body.decode("utf-8", "replace"))


def parse(feeds: list[tuple[Feed, Answer]]) -> None:
    """Every feed document becomes entries."""
    for feed, answer in feeds:
        entries_of(feed, parse_feed(answer.body, feed.url, answer.content_type), NOW)


def clean(pages: list[Page]) -> None:
    """Every page becomes text; one that is no article costs time, too."""
    for page in pages:
        with suppress(RowError):
            clean_page(page.body, page.url, page.charset)


def tag(articles: list[Article], tagger: Tagger) -> list[Article]:
    """Every article gets its tags."""
    return [tag_article(article, tagger) for article in articles]


def write(articles: list[Article], times: int) -> None:
    """The articles, so many times over, become one Parquet file."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as output:
        writer = TableWriter(output, "articles", RUN)
        for article in articles * times:
            writer.add(article)
        writer.flush()


def stages() -> tuple[Stage, list[Stage]]:
    """(the reference, the stages in the order of the pipeline)."""
    feeds = sample_feeds()
    entries = sample_entries()
    pages = sample_pages(entries)
    tagger = load_tagger()
    articles = tag(cleaned(pages), tagger)
    times = max(1, 1000 // len(articles))  # a pass writes hundreds of rows a file, not dozens
    urls = [entry.url for entry in entries if entry.url]
    return Stage("html.parser", "page", len(pages), partial(tokenise, pages)), [
        Stage("parse_feed", "entry", len(entries), partial(parse, feeds)),
        Stage("url_key", "URL", len(urls), lambda: [url_key(url) for url in urls]),
        Stage("clean_page", "page", len(pages), partial(clean, pages)),
        Stage("tag", "article", len(articles), partial(tag, articles, tagger)),
        Stage("write", "row", len(articles) * times, partial(write, articles, times)),
    ]


def cpu_ms(stage: Stage, rounds: int) -> float:
    """CPU milliseconds a unit, the best of `rounds` after one that warms up."""
    best = float("inf")
    for number in range(rounds + 1):
        start = process_time()
        stage.work()
        if number:
            best = min(best, process_time() - start)
    return best * 1000 / stage.units


def main() -> None:
    """Measure, then print a table or one JSON object."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    reference, measured = stages()
    unit_ms = cpu_ms(reference, asked.rounds)
    rows = [(stage, cpu_ms(stage, asked.rounds)) for stage in measured]
    if asked.json:
        times = {stage.name: {"cpu_ms": ms, "ratio": ms / unit_ms} for stage, ms in rows}
        result = {"python": platform.python_version(), "reference_ms": unit_ms, "stages": times}
        print(json.dumps(result, indent=2))
        return
    print(f"{'stage':12} {'CPU ms':>9} {'ratio':>7}   a")
    print(f"{reference.name:12} {unit_ms:9.3f} {1:7.2f}   {reference.unit} (reference)")
    for stage, ms in rows:
        print(f"{stage.name:12} {ms:9.3f} {ms / unit_ms:7.2f}   {stage.unit} ({stage.units})")
    print(f"{'together':12} {sum(ms for _, ms in rows):9.3f}")


if __name__ == "__main__":
    main()
