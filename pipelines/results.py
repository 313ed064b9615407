"""What a run committed, read back from the tables."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from schemas.arrow import PARTITION
from schemas.errors import RowError
from schemas.run import Run
from transforms.tables import History, Receipt, open_dataset, receipts
from transforms.web import registrable_domain

_REFUSALS = frozenset({"robots_denied", "http_401", "http_402", "http_403", "http_451", "bot_wall"})
"""Codes by which an outlet says that it does not want to be read."""


class ArticleLine(NamedTuple):
    """An article in a list."""

    effective_at: datetime
    outlet: str
    title: str
    topics: tuple[str, ...]


class OutletLine(NamedTuple):
    """What a run got from one outlet."""

    outlet: str
    articles: int
    paywalled: int
    from_feed: int
    refused: int
    failed: int


class Results(NamedTuple):
    """The account of one run. `items` = articles + failures + already_committed."""

    run_id: str
    output: str
    items: int
    articles: int
    failures: int
    already_committed: int
    failure_codes: dict[str, int]
    feeds: dict[str, int]
    feed_failures: dict[str, str]
    gaps: tuple[str, ...]
    left_out: dict[str, int]
    retries_waiting: int
    next_retry_at: datetime | None
    outlets: tuple[OutletLine, ...]
    lines: tuple[ArticleLine, ...]


def settled_feeds(output: str, run: Run) -> set[str]:
    """URLs of the feeds whose poll `run` committed."""
    return set(_rows(output, "polls", run, ["feed_url"])["feed_url"].to_pylist())


def results(output: str, run: Run, resting: int, unpolled: int) -> Results:
    """The account of `run`, which left `resting` feeds alone and did not get to `unpolled`."""
    done = receipts(output, run.run_id)
    waiting = History(output).retries_waiting(run.started_at)
    polls = _rows(
        output, "polls", run, ["feed_url", "outcome", "code", "gap_suspected", "left_out"]
    ).to_pylist()
    outcomes = Counter(poll["outcome"] for poll in polls)
    codes: Counter[str] = sum((Counter(r.failure_codes) for r in done), Counter())
    return Results(
        run_id=run.run_id,
        output=output,
        items=_total(done, "admitted"),
        articles=_total(done, "articles"),
        failures=_total(done, "failures"),
        already_committed=_total(done, "already_committed"),
        failure_codes=dict(codes.most_common()),
        feeds={**outcomes, "resting": resting, "unpolled": unpolled},
        feed_failures={p["feed_url"]: p["code"] for p in polls if p["outcome"] == "failed"},
        left_out={p["feed_url"]: p["left_out"] for p in polls if p["left_out"]},
        gaps=tuple(sorted(p["feed_url"] for p in polls if p["gap_suspected"])),
        retries_waiting=len(waiting),
        next_retry_at=min(waiting, default=None),
        outlets=_outlets(output, run),
        lines=_lines(output, run),
    )


def _total(done: list[Receipt], field: str) -> int:
    return sum(getattr(receipt, field) for receipt in done)


def _rows(output: str, table: str, run: Run, columns: list[str]) -> pa.Table:
    """The rows of `run`: only the partitions since its start are opened."""
    mine = (pc.field("run_id") == run.run_id) & (pc.field(PARTITION) >= run.ingest_date)
    return open_dataset(output, table).to_table(columns=columns, filter=mine)


def _lines(output: str, run: Run) -> tuple[ArticleLine, ...]:
    table = _rows(output, "articles", run, ["effective_at", "outlet", "title", "topic_ids"])
    rows = table.sort_by([("effective_at", "descending"), ("outlet", "ascending")]).to_pylist()
    return tuple(
        ArticleLine(r["effective_at"], r["outlet"], r["title"], tuple(r["topic_ids"])) for r in rows
    )


def _outlets(output: str, run: Run) -> tuple[OutletLine, ...]:
    """One line an outlet. A failure's outlet is the registrable domain of its link."""
    counts: dict[str, Counter[str]] = {}
    articles = _rows(output, "articles", run, ["outlet", "is_paywalled", "text_source"])
    for row in articles.to_pylist():
        seen = counts.setdefault(row["outlet"], Counter())
        seen["articles"] += 1
        seen["paywalled"] += row["is_paywalled"]
        seen["from_feed"] += row["text_source"] == "feed"
    for row in _rows(
        output, "failures", run, ["url", "feed_url", "article_id", "code"]
    ).to_pylist():
        if row["article_id"] is not None:
            outlet = _outlet(row["url"]) or _outlet(row["feed_url"])
            kind = "refused" if row["code"] in _REFUSALS else "failed"
            counts.setdefault(outlet, Counter())[kind] += 1
    fields = OutletLine._fields[1:]
    return tuple(
        OutletLine(outlet, *(seen[field] for field in fields))
        for outlet, seen in sorted(counts.items())
    )


def _outlet(url: str) -> str:
    """The registrable domain of a link; "" for one that cannot be fetched, such as mailto:."""
    try:
        return registrable_domain(url)
    except RowError:
        return ""
