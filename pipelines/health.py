"""How the feeds and the runs are doing, by the tables alone: for `status` and `feeds health`."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pyarrow.compute as pc

from pipelines.results import Gap, outlet_of, suspected_gaps
from schemas.arrow import PARTITION
from schemas.feed import FeedState
from transforms.polling import is_retired, is_silent
from transforms.tables import History, RulerRecord, open_dataset, rulers

FAILING = 3
"""A feed is failing after so many failed polls in a row: one or two are the weather."""

_OF_OURS = frozenset({"duplicate", "interrupted"})
"""Codes that say nothing of an outlet: the article is there already, or will be asked for again."""


class FeedHealth(NamedTuple):
    """One feed. `health` is ok, silent, failing, retired, or unanswered (it never was)."""

    feed_url: str
    health: str
    polls: int
    """In the time that is looked at, like the two below."""
    new_entries: int
    gaps: int
    polled_at: datetime | None
    code: str | None
    failures_in_row: int
    newest_at: datetime | None
    rhythm_s: float | None
    window: int | None
    next_poll_at: datetime | None
    note: str | None


class OutletHealth(NamedTuple):
    """What became of the items of one outlet; `codes` are those of its failures."""

    outlet: str
    articles: int
    failures: int
    codes: dict[str, int]


class LastRun(NamedTuple):
    """The newest run that polled a feed. Polls are counted by outcome."""

    run_id: str
    polled_at: datetime
    polls: dict[str, int]
    articles: int
    failures: int


class Status(NamedTuple):
    """Everything that `communique status` tells. Times are in UTC, `lag_s` in seconds."""

    output: str
    now: datetime
    since: datetime
    last_run: LastRun | None
    lag_s: float
    articles: int
    failures: int
    codes: dict[str, int]
    outlets: tuple[OutletHealth, ...]
    feeds: tuple[FeedHealth, ...]
    gaps: tuple[Gap, ...]
    rulers: tuple[RulerRecord, ...] = ()
    """The taxonomies and models that the articles are tagged with, the one in force last."""

    @property
    def failure_rate(self) -> float:
        """Share of the items that failed, 0.0 to 1.0; 0.0 if there were none."""
        return self.failures / max(1, self.articles + self.failures)

    def of_health(self, health: str) -> list[FeedHealth]:
        """The feeds of that health."""
        return [feed for feed in self.feeds if feed.health == health]


def status_of(
    output: str, now: datetime, look_back: timedelta, listed: Collection[str] | None = None
) -> Status:
    """The status at `now`, with what happened in `look_back` before it.

    `listed` are the feeds that count, by URL; None for all that were polled in 45 days.
    Raises: TableError if there are no tables.
    """
    since = now - look_back
    states = History(output).feed_states(now)
    if listed is not None:
        states = {url: states.get(url, FeedState()) for url in listed}
    polls = _since(output, "polls", since, "polled_at", _POLL_COLUMNS)
    polls = [poll for poll in polls if poll["feed_url"] in states]
    outlets = _outlets(output, since)
    codes: Counter[str] = sum((Counter(line.codes) for line in outlets), Counter())
    return Status(
        output=output,
        now=now,
        since=since,
        last_run=_last_run(output, states),
        lag_s=lag_s(states.values(), now),
        articles=sum(line.articles for line in outlets),
        failures=sum(line.failures for line in outlets),
        codes=_ranked(codes),
        outlets=outlets,
        feeds=tuple(_feeds(states, polls, now)),
        gaps=suspected_gaps(output, polls),
        rulers=rulers(output),
    )


def health_of(state: FeedState, now: datetime) -> str:
    """One word on a feed: the worst that is true of it."""
    if is_retired(state, now):
        return "retired"
    if state.failures_in_row >= FAILING:
        return "failing"
    if not state.polled_before:
        return "unanswered"
    return "silent" if is_silent(state, now) else "ok"


def lag_s(states: Iterable[FeedState], now: datetime) -> float:
    """Seconds for which feeds have been due and nobody has polled; 0.0 if all is in time.

    Counts from the first time that some feed was due after the newest poll. Feeds that were due
    before it and were not polled do not count: they are on the list no more, or their host rests.
    """
    known = list(states)
    newest = max((s.polled_at for s in known if s.polled_at is not None), default=None)
    if newest is None:
        return 0.0
    due = (s.next_poll_at for s in known if s.next_poll_at is not None)
    first = min((at for at in due if at > newest), default=newest)
    return max((now - first).total_seconds(), 0.0)


_POLL_COLUMNS = ["feed_url", "polled_at", "outcome", "new_entries", "gap_suspected"]


def _since(
    output: str, table: str, since: datetime, column: str, names: list[str]
) -> list[dict[str, Any]]:
    recent = (pc.field(PARTITION) >= since.date()) & (pc.field(column) >= since)
    found: list[dict[str, Any]] = (
        open_dataset(output, table).to_table(columns=names, filter=recent).to_pylist()
    )
    return found


def _feeds(
    states: Mapping[str, FeedState], polls: Iterable[dict[str, Any]], now: datetime
) -> Iterable[FeedHealth]:
    counts: dict[str, Counter[str]] = {url: Counter() for url in states}
    for poll in polls:
        seen = counts[poll["feed_url"]]
        seen.update(polls=1, new_entries=poll["new_entries"], gaps=int(poll["gap_suspected"]))
    for url, state in sorted(states.items()):
        seen = counts[url]
        told = {name: getattr(state, name) for name in FeedHealth._fields[5:]}
        health = health_of(state, now)
        yield FeedHealth(
            url, health, seen["polls"], seen["new_entries"], seen["gaps"], **told
        )  # fmt: skip


def _outlets(output: str, since: datetime) -> tuple[OutletHealth, ...]:
    """Outlets with the most failures first. An item that became an article did not fail."""
    articles = _since(output, "articles", since, "fetched_at", ["article_id", "outlet"])
    failures = _since(
        output, "failures", since, "failed_at", ["article_id", "url", "feed_url", "code", "attempt"]
    )
    done = {row["article_id"] for row in articles}
    latest: dict[str, dict[str, Any]] = {}
    for row in failures:
        item = row["article_id"]
        if item is None or item in done or row["code"] in _OF_OURS:
            continue
        if item not in latest or latest[item]["attempt"] < row["attempt"]:
            latest[item] = row
    numbers = Counter(row["outlet"] for row in articles)
    codes: dict[str, Counter[str]] = {}
    for row in latest.values():
        outlet = outlet_of(row["url"]) or outlet_of(row["feed_url"])
        codes.setdefault(outlet, Counter())[row["code"]] += 1
    found = [
        OutletHealth(name, numbers[name], counts.total(), _ranked(counts))
        for name, counts in ((name, codes.get(name, Counter())) for name in {*numbers, *codes})
    ]
    return tuple(sorted(found, key=lambda line: (-line.failures, line.outlet)))


def _ranked(counts: Counter[str]) -> dict[str, int]:
    """The most frequent first, equals by name."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _last_run(output: str, states: Mapping[str, FeedState]) -> LastRun | None:
    newest = max((s.polled_at for s in states.values() if s.polled_at is not None), default=None)
    if newest is None:
        return None
    day = newest - timedelta(days=1)
    polls = _since(output, "polls", day, "polled_at", ["run_id", "polled_at", "outcome"])
    run_id = max(polls, key=lambda poll: poll["polled_at"])["run_id"]
    mine = pc.field("run_id") == run_id
    is_late = pc.field(PARTITION) >= day.date()
    counts = {
        table: open_dataset(output, table).count_rows(filter=mine & is_late)
        for table in ("articles", "failures")
    }
    outcomes = Counter(poll["outcome"] for poll in polls if poll["run_id"] == run_id)
    return LastRun(run_id, newest, dict(outcomes), **counts)
