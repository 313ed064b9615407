"""Feeds as a table: on a terminal a grid, elsewhere columns apart by tabs, with a header."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.commands.status import span
from pipelines.commands.terminal import printable

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.feed_check import Checked
    from pipelines.health import FeedHealth

Rows = tuple[Sequence[str], list[list[str]]]
"""(header, cells)."""


def check_rows(found: "Iterable[Checked]", now: datetime) -> Rows:
    """What `feeds check` tells of each feed."""
    header = ("status", "format", "entries", "newest", "rhythm", "next poll", "feed", "problems")
    rows = [
        [
            one.status,
            one.format or "",
            str(one.entries or ""),
            _ago(one.newest, now),
            _every(one.rhythm_s),
            f"in {span(one.next_poll_s)}" if one.next_poll_s is not None else "",
            one.url,
            "; ".join(one.problems),
        ]
        for one in found
    ]
    return header, rows


def health_rows(found: "Iterable[FeedHealth]", now: datetime) -> Rows:
    """What `feeds health` tells of each feed."""
    header = ("health", "polls", "new", "gaps", "newest", "rhythm", "next poll", "last", "feed")
    rows = []
    for feed in found:
        failures = f" x {feed.failures_in_row}" if feed.failures_in_row > 1 else ""
        rows.append(
            [
                feed.health,
                str(feed.polls),
                str(feed.new_entries),
                str(feed.gaps or ""),
                _ago(feed.newest_at, now),
                _every(feed.rhythm_s),
                _due(feed.next_poll_at, now),
                f"{feed.code or 'ok'}{failures}" if feed.polled_at is not None else "",
                feed.feed_url,
            ]
        )
    return header, rows


def print_rows(table: Rows, console: "Console") -> None:
    """Print the table; nothing of a feed can steer a terminal."""
    header, rows = table
    cells = [[" ".join(printable(cell).split()) for cell in row] for row in rows]
    if not console.is_terminal:
        for row in [list(header), *cells]:
            print("\t".join(row))
        return
    from rich import box
    from rich.table import Table

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in header:
        grid.add_column(name, overflow="fold")
    for row in cells:
        grid.add_row(*row)
    console.print(grid)


def _ago(at: datetime | None, now: datetime) -> str:
    return f"{span((now - at).total_seconds())} ago" if at is not None else ""


def _every(rhythm_s: float | None) -> str:
    return f"every {span(rhythm_s)}" if rhythm_s is not None else ""


def _due(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    left_s = (at - now).total_seconds()
    return f"in {span(left_s)}" if left_s > 0 else "now"
