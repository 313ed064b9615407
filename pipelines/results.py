"""What a run committed, read back from the tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from schemas.arrow import PARTITION
from schemas.article import Rights
from schemas.errors import RowError
from schemas.feed import FeedState
from schemas.run import Run
from transforms.articles import is_reserved
from transforms.polling import is_silent
from transforms.tables import POLL_LOOK_BACK, Break, History, Receipt, open_dataset, receipts
from transforms.web import registrable_domain

_POLL_COLUMNS = [
    *("feed_url", "polled_at", "outcome", "code", "gap_suspected", "left_out"),
    *("newest_at", "rhythm_s"),
]

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


class Gap(NamedTuple):
    """A feed that shares no entry with its last polls: what it offered between them may be lost."""

    feed_url: str
    since: datetime | None
    """When it was read before; None if that is not known any more."""
    until: datetime


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
    gaps: tuple[Gap, ...]
    silent: dict[str, datetime]
    left_out: dict[str, int]
    retries_waiting: int
    next_retry_at: datetime | None
    outlets: tuple[OutletLine, ...]
    lines: tuple[ArticleLine, ...]
    reserved: int = 0
    """Articles whose page reserves text and data mining, kept by `--tdm record`."""
    accepted_break: Break | None = None
    """The change of taxonomy or model that this run was told to accept."""


def settled_feeds(output: str, run: Run) -> set[str]:
    """URLs of the feeds whose poll `run` committed."""
    return set(_rows(output, "polls", run, ["feed_url"])["feed_url"].to_pylist())


def results(output: str, run: Run, left_alone: Mapping[str, int]) -> Results:
    """The account of `run`, which left feeds alone: how many, by reason."""
    done = receipts(output, run.run_id)
    waiting = History(output).retries_waiting(run.started_at)
    polls = _rows(output, "polls", run, _POLL_COLUMNS).to_pylist()
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
        feeds={**outcomes, **left_alone},
        feed_failures={p["feed_url"]: p["code"] for p in polls if p["outcome"] == "failed"},
        left_out={p["feed_url"]: p["left_out"] for p in polls if p["left_out"]},
        gaps=suspected_gaps(output, polls),
        silent={p["feed_url"]: p["newest_at"] for p in polls if _is_silent(p, run)},
        retries_waiting=len(waiting),
        next_retry_at=min(waiting, default=None),
        outlets=_outlets(output, run),
        lines=_lines(output, run),
        reserved=_reserved(output, run),
    )


def suspected_gaps(output: str, polls: Sequence[dict[str, Any]]) -> tuple[Gap, ...]:
    """The gaps that the polls suspect, with the hours between which something may be lost."""
    suspected = [poll for poll in polls if poll["gap_suspected"]]
    if not suspected:
        return ()
    feeds = sorted({poll["feed_url"] for poll in suspected})
    oldest = min(poll["polled_at"] for poll in suspected) - POLL_LOOK_BACK
    is_wanted = pc.field("feed_url").isin(feeds) & (pc.field("outcome") != "failed")
    is_late = pc.field(PARTITION) >= oldest.date()
    answered: dict[str, list[datetime]] = {url: [] for url in feeds}
    rows = open_dataset(output, "polls").to_table(
        columns=["feed_url", "polled_at"], filter=is_wanted & is_late
    )
    for row in rows.to_pylist():
        answered[row["feed_url"]].append(row["polled_at"])
    gaps = []
    for poll in suspected:
        before = (at for at in answered[poll["feed_url"]] if at < poll["polled_at"])
        gaps.append(Gap(poll["feed_url"], max(before, default=None), poll["polled_at"]))
    return tuple(sorted(gaps))


def _is_silent(poll: dict[str, Any], run: Run) -> bool:
    state = FeedState(newest_at=poll["newest_at"], rhythm_s=poll["rhythm_s"])
    return poll["outcome"] != "failed" and is_silent(state, run.started_at)


def _total(done: list[Receipt], field: str) -> int:
    return sum(getattr(receipt, field) for receipt in done)


def _rows(output: str, table: str, run: Run, columns: list[str]) -> pa.Table:
    """The rows of `run`: only the partitions since its start are opened."""
    mine = (pc.field("run_id") == run.run_id) & (pc.field(PARTITION) >= run.ingest_date)
    return open_dataset(output, table).to_table(columns=columns, filter=mine)


def _reserved(output: str, run: Run) -> int:
    rights = _rows(output, "articles", run, ["rights"])["rights"].to_pylist()
    return sum(is_reserved(Rights(**found)) for found in rights)


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
            outlet = outlet_of(row["url"]) or outlet_of(row["feed_url"])
            kind = "refused" if row["code"] in _REFUSALS else "failed"
            counts.setdefault(outlet, Counter())[kind] += 1
    fields = OutletLine._fields[1:]
    return tuple(
        OutletLine(outlet, *(seen[field] for field in fields))
        for outlet, seen in sorted(counts.items())
    )


def outlet_of(url: str) -> str:
    """The registrable domain of a link; "" for one that cannot be fetched, such as mailto:."""
    try:
        return registrable_domain(url)
    except RowError:
        return ""
