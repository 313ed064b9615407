"""A run: passes over the feed list until every feed is settled and no due retry is left."""

import re
import secrets
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timezone
from typing import NamedTuple

from pipelines.options import RunConfig
from pipelines.results import settled_feeds
from schemas.feed import Feed, FeedState
from schemas.run import Run
from transforms.tables import (
    Break,
    History,
    LedgerError,
    Receipt,
    Ruler,
    TableError,
    compact,
    keep_ruler,
    receipts,
    sweep,
)
from transforms.topics import tagging_versions

FIRST_OFFER = 40
"""Entries that a feed is expected to bring when it is polled for the first time: a guess, like the
few of LATER_OFFER for one polled before. A wrong one costs a second poll, nothing else."""

LATER_OFFER = 5

_OURS = re.compile(r"^transforms\.tables\.errors\.(TableError|LedgerError): (.+)$", re.MULTILINE)
_WHERE = re.compile(r" \[while running '.*")


class PassDone(NamedTuple):
    """What there is to tell after a pass."""

    receipts: tuple[Receipt, ...]
    feeds_left: int


def new_run(now: datetime, version: str) -> Run:
    """A run that starts now. Its id sorts by time and is unique among runs of one second."""
    return Run(f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}", now, version)


def one_ruler(config: RunConfig, now: datetime, *, accept_break: bool) -> Break | None:
    """Whether what will be tagged may go into the tables; the break that is accepted by it.

    Creates the articles table where there is none. Raises: BreakError, TableError.
    """
    ruler = Ruler(*tagging_versions(config.taxonomy))
    return keep_ruler(config.output, ruler, now, accept_break=accept_break)


def plan_pass(feeds: Sequence[Feed], states: Mapping[str, FeedState], limit: int) -> list[Feed]:
    """The next feeds to poll together: as many as may bring `limit` new items, at least one."""
    planned: list[Feed] = []
    expected = 0
    for feed in feeds:
        polled = states.get(feed.url, FeedState()).polled_before
        expected += LATER_OFFER if polled else FIRST_OFFER
        if planned and expected > limit:
            break
        planned.append(feed)
    return planned


def run_passes(
    config: RunConfig, run: Run, feeds: Sequence[Feed], stop: Callable[[], bool]
) -> Iterator[PassDone]:
    """Run passes over `feeds` until all is settled or `stop()`; yields after each commit.

    Raises what a pass raised; the passes before it stay committed.
    """
    left = list(feeds)
    history = History(config.output)
    if not left and next(history.retry_due(run.started_at), None) is None:
        return  # a run that comes every few minutes often finds nothing to do
    states = history.feed_states(run.started_at)
    known = 0
    while not stop():
        planned = plan_pass(left, states, config.items_per_pass)
        _in_a_thread(planned, config, run._replace(started_at=_later(run)), stop)
        done = receipts(config.output, run.run_id)
        settled = settled_feeds(config.output, run)
        left = [feed for feed in left if feed.url not in settled]
        admitted = sum(receipt.admitted for receipt in done[known:])
        known = len(done)
        yield PassDone(tuple(done), len(left))
        if not left and next(history.retry_due(run.started_at), None) is None:
            return
        if left and not admitted and not stop() and all(feed in left for feed in planned):
            raise RuntimeError(f"no progress: {len(left)} feeds are left, such as {left[0].url}")


def upkeep(output: str, now: datetime) -> None:
    """Merge the files of closed days and delete what no table names any more."""
    compact(output, now)
    sweep(output, now)


def utc_now() -> datetime:
    """The wall clock: read here, and passed on."""
    return datetime.now(timezone.utc)


def _later(run: Run) -> datetime:
    """The start of this pass: a long run crosses midnight, and its rows go to their own day."""
    return max(run.started_at, utc_now())


def _in_a_thread(
    feeds: Sequence[Feed], config: RunConfig, run: Run, stop: Callable[[], bool]
) -> None:
    """Run a pass beside the main thread, which stays free for signals. Raises what it raised."""
    from pipelines.batch import run_pass  # noqa: PLC0415 - Beam costs a second

    with ThreadPoolExecutor(1, "pass", initializer=_leave_signals_to_the_main_thread) as beside:
        done = beside.submit(run_pass, feeds, config, run, stop)
        while not done.done():
            wait([done], timeout=0.2)
        try:
            done.result()
        except (RuntimeError, TableError, LedgerError) as error:
            raise error_of_ours(error) from error


def error_of_ours(error: Exception) -> Exception:
    """The error that a stage raised, without what Beam wrapped around it; else `error` itself.

    From a worker process only the text of an error arrives, at the end of its traceback.
    """
    if isinstance(error, (TableError, LedgerError)):
        return type(error)(_WHERE.sub("", str(error)))
    found = _OURS.findall(str(error))
    if not found:
        return error
    kind, message = found[-1]
    return (TableError if kind == "TableError" else LedgerError)(_WHERE.sub("", message))


def _leave_signals_to_the_main_thread() -> None:
    """Worker processes inherit this mask: a signal to the whole group stops, and kills nobody."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
