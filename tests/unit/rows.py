"""Rows for tests: valid ones, so that a test names only what it is about."""

from datetime import datetime, timezone

from schemas.entry import Entry
from schemas.page import Page
from schemas.poll import Poll
from schemas.run import Run

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
RUN = Run("20261120T120000-00000001", NOW, "0.0.0")


def entry(name: str = "a", feed_url: str = "http://one.example/feed", **fields) -> Entry:
    """An entry called `name`; entries of one name in two feeds are one article."""
    row = Entry(
        article_id=f"{name:0>32}",
        entry_key=f"{feed_url}#{name}",
        url=f"http://one.example/{name}",
        feed_url=feed_url,
        entry_id=name,
        title=f"Title of {name}",
        published_at=NOW,
        updated_at=None,
        summary_html=None,
        content_html=None,
        authors=(),
        language="en",
        outlet_name="One",
        outlet_country="FR",
        outlet_kind="newspaper",
        first_seen_at=NOW,
    )
    return row._replace(**fields)


def page(body: str, the_entry: Entry | None = None, **fields) -> Page:
    """A page of an entry with this HTML."""
    the_entry = the_entry or entry()
    row = Page(the_entry, the_entry.url, 200, body.encode(), "utf-8", None, NOW)
    return row._replace(**fields)


def poll(feed_url: str = "http://one.example/feed", **fields) -> Poll:
    """A poll that fetched one entry."""
    row = Poll(
        feed_url=feed_url,
        run_id=RUN.run_id,
        polled_at=NOW,
        outcome="fetched",
        code=None,
        http_status=200,
        final_url=None,
        etag='"1"',
        last_modified=None,
        body_sha256="0" * 64,
        entries=1,
        new_entries=0,
        left_out=0,
        gap_suspected=False,
        bytes=100,
        duration_ms=5,
        next_poll_at=None,
    )
    return row._replace(**fields)
