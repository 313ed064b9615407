"""Progress of a run: a live line on a terminal, a plain line now and then elsewhere."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from transforms.tables import Receipt

PLAIN_EVERY_S = 10.0
_REFRESH_S = 0.25


@contextmanager
def progress(console: Console, feeds: int, *, quiet: bool = False) -> Iterator[None]:
    """Show the running counts of this process on `console` until the block ends."""
    if quiet:
        yield
        return
    ended = threading.Event()
    show = _live if console.is_terminal else _plain
    watcher = threading.Thread(target=show, args=(console, feeds, ended), name="progress")
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def line(feeds: int) -> str:
    """The counts so far, such as `feeds 3/6 | new 40 | fetched 12 | cleaned 10 | ...`."""
    from transforms.tally import counts  # noqa: PLC0415 - Beam costs a second

    seen = counts()
    parts = [
        f"feeds {seen.get('poll_feeds', 0)}/{feeds}",
        f"new {seen.get('keep_new', 0)}",
        f"fetched {seen.get('fetch_articles', 0)}",
        f"cleaned {seen.get('clean_articles', 0)}",
        f"tagged {seen.get('tag_topics', 0)}",
    ]
    failed = {code[7:]: n for code, n in seen.items() if code.startswith("failed:")}
    if failed:
        parts.append("failed " + ", ".join(f"{code} {n}" for code, n in sorted(failed.items())))
    return " | ".join(parts)


def pass_line(receipts: Sequence[Receipt], settled: int, feeds: int) -> str:
    """What the passes so far have committed, such as `feeds 3/6 | articles 40 | failures 2`."""
    articles = sum(receipt.articles for receipt in receipts)
    failures = sum(receipt.failures for receipt in receipts)
    return f"feeds {settled}/{feeds} | articles {articles} | failures {failures}"


def _live(console: Console, feeds: int, ended: threading.Event) -> None:
    with Live(Text(line(feeds)), console=console, transient=True, auto_refresh=False) as live:
        while not ended.wait(_REFRESH_S):
            live.update(Text(line(feeds)), refresh=True)


def _plain(console: Console, feeds: int, ended: threading.Event) -> None:
    said, said_at = "", time.monotonic()
    while not ended.wait(_REFRESH_S):
        now = line(feeds)
        if now != said and time.monotonic() - said_at >= PLAIN_EVERY_S:
            console.print(now, highlight=False, soft_wrap=True)
            said, said_at = now, time.monotonic()
    console.print(line(feeds), highlight=False, soft_wrap=True)
