"""Builders of runs and rows, and `commit`, which does what a pass of the pipeline does."""

import hashlib
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pyarrow as pa
import pytest

from schemas import arrow
from schemas.article import Article, Evidence, Rights, Topic
from schemas.entry import Entry, OfferedEntry
from schemas.failure import Failure
from schemas.poll import Poll
from schemas.run import Run
from transforms.tables import TableWriter, commit_pass, layout

T0 = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
FEED = "https://news.example/feed"


def run(name="run-1", at=T0):
    return Run(name, at, "0.1.0")


def key(name):
    return hashlib.blake2b(str(name).encode(), digest_size=16).hexdigest()


def article(name, of, **changes):
    text = changes.pop("text", f"Envoys of {name} met.")
    at = changes.pop("at", T0 - timedelta(hours=1))
    row = Article(
        article_id=key(name),
        version=1,
        url=f"https://news.example/{name}",
        canonical_url=None,
        canonical_id=key(name),
        outlet="news.example",
        outlet_name=None,
        outlet_country=None,
        outlet_kind=None,
        feed_url=FEED,
        title=f"Talks on {name}",
        summary=None,
        text=text,
        text_source="page",
        language="en",
        authors=("A. Reporter",),
        wire_source=None,
        published_at=at,
        published_precision="second",
        published_source="feed",
        modified_at=None,
        first_seen_at=of.started_at,
        effective_at=at,
        fetched_at=of.started_at,
        http_status=200,
        word_count=4,
        content_sha256=hashlib.sha256(text.encode()).hexdigest(),
        extraction_method="blocks",
        extraction_confidence=0.9,
        is_paywalled=False,
        rights=Rights(None, False, None),
        pipeline_version=of.pipeline_version,
        run_id=of.run_id,
        topics=(Topic("talks", 0.5, "primary", (Evidence("text", 0, 6, text[:6], "envoys"),)),),
        topic_ids=("talks",),
        primary_topic_ids=("talks",),
    )
    return row._replace(**changes)


def entry(name, of, feed=FEED, attempt=1):
    return Entry(
        article_id=key(name),
        entry_key=key((feed, name)),
        url=f"https://news.example/{name}",
        feed_url=feed,
        entry_id=str(name),
        title=f"Talks on {name}",
        published_at=T0,
        updated_at=None,
        summary_html=None,
        content_html=None,
        authors=("A. Reporter",),
        language=None,
        outlet_name=None,
        outlet_country=None,
        outlet_kind=None,
        first_seen_at=of.started_at,
        attempt=attempt,
    )


def offered(name, of, feed=FEED):
    found = entry(name, of, feed)
    return OfferedEntry(
        found.entry_key,
        feed,
        found.entry_id,
        found.article_id,
        found.url,
        found.title,
        found.published_at,
        found.first_seen_at,
        of.run_id,
    )


def failure(name, of, code="http_503", attempt=1, retry_in=timedelta(hours=1)):
    final = retry_in is None
    return Failure(
        article_id=key(name),
        url=f"https://news.example/{name}",
        feed_url=FEED,
        entry=None if final else entry(name, of, attempt=attempt),
        stage="fetch_articles",
        code=code,
        detail="as the test wants it",
        http_status=None,
        attempt=attempt,
        retry_at=None if final else of.started_at + retry_in,
        final=final,
        failed_at=of.started_at,
        run_id=of.run_id,
    )


def feed_failure(url, of):
    return Failure(
        None, None, url, None, "poll_feeds", "http_500", "", 500, 1, None, True, of.started_at,
        of.run_id,
    )  # fmt: skip


def poll(url, of, **changes):
    row = Poll(
        feed_url=url,
        run_id=of.run_id,
        polled_at=of.started_at,
        outcome="fetched",
        code=None,
        http_status=200,
        final_url=None,
        etag='"1"',
        last_modified=None,
        body_sha256=None,
        entries=3,
        new_entries=1,
        left_out=0,
        gap_suspected=False,
        bytes=1000,
        duration_ms=20,
        next_poll_at=None,
    )
    return row._replace(**changes)


TABLES = {"Article": "articles", "Failure": "failures", "OfferedEntry": "entries", "Poll": "polls"}


def write(output, of, rows):
    """One file for each table that has rows, as one worker would write them."""
    by_table = {}
    for row in rows:
        by_table.setdefault(TABLES[type(row).__name__], []).append(row)
    files = []
    for table, its_rows in by_table.items():
        writer = TableWriter(str(output), table, of)
        files += [file for row in its_rows if (file := writer.add(row))]
        files += [file for file in [writer.flush()] if file]
    return files


def ids(rows):
    return {row.article_id for row in rows if type(row).__name__ in {"Article", "Failure"}} - {None}


def commit(output, of, *rows):
    """Writes the rows and commits them; the ids of articles and failures are the admitted ones."""
    return commit_pass(str(output), of, write(output, of, rows), ids(rows))


@pytest.fixture(scope="session")
def make():
    return SimpleNamespace(**{k: v for k, v in globals().items() if not k.startswith("_")})


@pytest.fixture
def newer_schema(monkeypatch):
    """The same program one column later."""

    def add_a_column():
        schema = arrow.file_schema("polls").append(pa.field("server", pa.string()))
        full = schema.append(pa.field("ingest_date", pa.date32()))
        real_file, real_table = arrow.file_schema, arrow.table_schema
        replace = {
            "file_schema": lambda t: schema if t == "polls" else real_file(t),
            "table_schema": lambda t: full if t == "polls" else real_table(t),
        }
        for module in ("log", "layout", "parquet", "lookup", "merge", "check_files", "rewrite"):
            for name, function in replace.items():
                target = f"transforms.tables.{module}.{name}"
                if name in vars(__import__(f"transforms.tables.{module}", fromlist=["x"])):
                    monkeypatch.setattr(target, function)
        for cached in (layout.dictionary_columns, layout.compression):
            cached.cache_clear()

    yield add_a_column
    for cached in (layout.dictionary_columns, layout.compression):
        cached.cache_clear()
