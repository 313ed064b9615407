from datetime import datetime, timedelta, timezone
from typing import NamedTuple

import pytest

from pipelines.__main__ import main
from schemas.article import Article
from schemas.entry import Entry, OfferedEntry
from schemas.errors import RowError
from schemas.failure import Failure
from schemas.page import Page
from schemas.poll import Poll
from schemas.run import Run

WHEN = datetime(2026, 11, 16, 8, 30, tzinfo=timezone.utc)
FEED = "https://paper.example/feed.xml"
TREATY = "https://paper.example/world/treaty"
GONE = "https://paper.example/world/gone"
SLOW = "https://paper.example/world/slow"
PARAGRAPHS = (
    (
        "The foreign ministers of France and Tunisia signed a memorandum of understanding in Paris on "
        "Monday, after months of talks over fishing rights in the open sea."
    ),
    (
        "French President Emmanuel Macron met with his counterpart later in the day, and both sides "
        "spoke of a new start for the two countries."
    ),
)
PAGE = (
    "<html lang=en><head><title>France and Tunisia sign a pact</title></head><body>"
    "<nav><a href=/>Home</a> <a href=/world>World</a></nav>"
    "<article><h1>France and Tunisia sign a pact</h1>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</article></body></html>"
)


class Answer(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def communique(capsys):
    """Runs the command in this process."""

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return run


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def entry(url, attempt=1):
    from transforms.web import article_id_of

    article_id = article_id_of(url)
    return Entry(
        article_id=article_id,
        entry_key=article_id,
        url=url,
        feed_url=FEED,
        entry_id=url,
        title="A pact",
        published_at=WHEN,
        updated_at=None,
        summary_html=None,
        content_html=None,
        authors=("Ada Example",),
        language="en",
        outlet_name="The Paper",
        outlet_country="FRA",
        outlet_kind="newspaper",
        first_seen_at=WHEN,
        attempt=attempt,
    )


def article(run) -> Article:
    from transforms.articles import clean_article, tag_article
    from transforms.topics import load_tagger

    page = Page(entry(TREATY, 2), TREATY, 200, PAGE.encode(), "utf-8", None, WHEN)
    return tag_article(clean_article(page, run), load_tagger())


def failure(run, url, code, attempt=1) -> Failure:
    from transforms.failures import failure_of

    error = RowError(code, "what happened")
    return failure_of(entry(url, attempt), error, "fetch_articles", run)


def poll(run) -> Poll:
    return Poll(
        feed_url=FEED,
        run_id=run.run_id,
        polled_at=run.started_at,
        outcome="fetched",
        code=None,
        http_status=200,
        final_url=None,
        etag=None,
        last_modified=None,
        body_sha256=None,
        entries=3,
        new_entries=3,
        left_out=0,
        gap_suspected=False,
        bytes=2000,
        duration_ms=12,
        next_poll_at=None,
    )


def offered(run, url) -> OfferedEntry:
    known = entry(url)._asdict()
    fields = {name: known[name] for name in OfferedEntry._fields if name != "run_id"}
    return OfferedEntry(**fields, run_id=run.run_id)


def commit(output, run, admitted, **rows):
    from transforms.tables import TableWriter, commit_pass

    files = []
    for table, found in rows.items():
        writer = TableWriter(output, table, run)
        files += [file for row in found if (file := writer.add(row)) is not None]
        files += [file for file in [writer.flush()] if file is not None]
    commit_pass(output, run, files, [entry(url).article_id for url in admitted])


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """Two passes: one fails on all but says why, the next makes an article of one."""
    output = str(tmp_path_factory.mktemp("tables") / "news")
    first = Run("run-1", WHEN, "0.1.0")
    commit(
        output,
        first,
        [TREATY, GONE, SLOW],
        failures=[
            failure(first, TREATY, "read_timeout"),
            failure(first, GONE, "http_410"),
            failure(first, SLOW, "read_timeout"),
        ],
        entries=[offered(first, url) for url in (TREATY, GONE, SLOW)],
        polls=[poll(first)],
    )
    second = Run("run-2", WHEN + timedelta(days=1), "0.1.0")
    commit(
        output,
        second,
        [TREATY, SLOW],
        articles=[article(second)],
        failures=[failure(second, SLOW, "read_timeout", attempt=2)],
        polls=[poll(second)],
    )
    return output


@pytest.fixture
def cut_tables(tmp_path):
    """One article, written with the text that is asked for."""

    def write(store_text):
        from transforms.articles import stored_row

        run = Run("run-1", WHEN, "0.1.0")
        output = str(tmp_path / store_text)
        row = stored_row(article(run), store_text)
        commit(output, run, [TREATY], articles=[row], entries=[offered(run, TREATY)])
        return output

    return write
