"""The account of a run, for people and for programs."""

import json
from collections import Counter
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines.commands.json_lines import plain
from pipelines.results import Gap, Results
from pipelines.structured_log import say
from transforms.tables import Break

MAX_LINES = 50

_FIRST_QUESTION = (
    "SELECT effective_at, outlet, title, primary_topic_ids FROM latest "
    "WHERE diplomatic ORDER BY effective_at DESC LIMIT 10"
)


def to_json(results: Results) -> str:
    """The account as one JSON object, the articles as a list under `lines`."""
    account = results._asdict()
    account["gaps"] = [gap._asdict() for gap in results.gaps]
    account["outlets"] = [line._asdict() for line in results.outlets]
    account["lines"] = [line._asdict() for line in results.lines]
    if results.accepted_break is not None:
        account["accepted_break"] = _break_fields(results.accepted_break)
    return json.dumps(account, default=str, ensure_ascii=False)


def log_summary(results: Results) -> None:
    """The account as one line of the log. Its size does not grow with the feeds: no lists."""
    summary = results._asdict()
    for name in ("lines", "outlets"):
        del summary[name]
    for name in ("gaps", "silent", "left_out"):
        summary[name] = len(summary[name])
    summary["feed_failures"] = dict(Counter(results.feed_failures.values()))
    if results.accepted_break is not None:
        summary["accepted_break"] = _break_fields(results.accepted_break)
    severity = "INFO" if results.accepted_break is None else "NOTICE"
    say(severity, f"{ledger_line(results).rstrip('.')}. {feeds_line(results)}", run=plain(summary))


def print_report(results: Results, console: Console) -> None:
    """Articles, the ledger by reason, outlets that refuse or are paywalled, and what to do next."""
    if results.lines:
        console.print(_articles(results))
    if any(line.paywalled or line.refused or line.failed for line in results.outlets):
        console.print(_outlets(results))
    console.print(ledger_line(results))
    for code, number in results.failure_codes.items():
        console.print(f"  {number:>6}  {code}", highlight=False)
    if results.reserved:
        text = f"{results.reserved} articles reserve text and data mining (column rights)"
        console.print(text, highlight=False)
    if results.next_retry_at is not None:
        console.print(
            f"{results.retries_waiting} to be tried again, the next from"
            f" {results.next_retry_at:%Y-%m-%d %H:%M} UTC",
            highlight=False,
        )
    console.print(feeds_line(results))
    for url, code in results.feed_failures.items():
        console.print(f"  feed failed: {url} ({code})", highlight=False, soft_wrap=True)
    for gap in results.gaps:
        console.print(f"  {gap_line(gap)}", highlight=False, soft_wrap=True)
    for url, newest_at in results.silent.items():
        text = f"  silent: {url} has brought nothing new since {newest_at:%Y-%m-%d %H:%M} UTC"
        console.print(text, highlight=False, soft_wrap=True)
    for url, number in results.left_out.items():
        console.print(f"  too long: {url} has {number} entries beyond the limit", soft_wrap=True)
    _print_end(results, console)


def _print_end(results: Results, console: Console) -> None:
    if results.accepted_break is not None:
        console.print(break_line(results.accepted_break), markup=False, soft_wrap=True)
    console.print(f"Tables: {results.output}", highlight=False, soft_wrap=True)
    console.print(_next_step(results), highlight=False, markup=False, soft_wrap=True)


def ledger_line(results: Results) -> str:
    """Items = articles + failures (+ already committed)."""
    if not results.items:
        return "Nothing new: no article was fetched, none was added."
    also = (
        f" + {results.already_committed} already committed by another run"
        if results.already_committed
        else ""
    )
    return (
        f"Ledger: {results.items} items = {results.articles} articles"
        f" + {results.failures} failures{also}"
    )


def feeds_line(results: Results) -> str:
    """How the feeds answered, the outcomes that occurred only."""
    outcomes = [f"{number} {name}" for name, number in results.feeds.items() if number]
    line = "Feeds: " + (", ".join(outcomes).replace("_", " ") or "none polled")
    return line + ("; --poll all asks these too" if results.feeds.get("not_due_yet") else "")


def gap_line(gap: Gap) -> str:
    """A feed, and the hours between which it may have offered what is lost."""
    until = f"{gap.until:%Y-%m-%d %H:%M} UTC"
    since = f"from {gap.since:%Y-%m-%d %H:%M} to {until}" if gap.since else f"before {until}"
    return f"gap suspected: {gap.feed_url} may have lost entries of the time {since}"


def break_line(found: Break) -> str:
    """A change of the ruler, and whether somebody accepted it."""
    how = "accepted" if found.accepted else "found"
    return (
        f"break {how} at {found.at:%Y-%m-%d %H:%M} UTC: articles were tagged with {found.before}, "
        f"since then with {found.after}; counts before and after it do not compare"
    )


def _break_fields(found: Break) -> dict[str, Any]:
    """The change as plain values: at, from, to, accepted."""
    return {
        "at": found.at.isoformat(),
        "from": found.before._asdict(),
        "to": found.after._asdict(),
        "accepted": found.accepted,
    }


def _articles(results: Results) -> Table:
    shown = results.lines[:MAX_LINES]
    more = f", the newest {MAX_LINES} of them" if len(shown) < len(results.lines) else ""
    table = Table(title=f"{len(results.lines)} new articles{more}", title_justify="left")
    table.add_column("date", no_wrap=True)
    table.add_column("outlet", no_wrap=True)
    table.add_column("title", ratio=3)
    table.add_column("topics", ratio=2)
    for line in shown:
        row: tuple[Any, ...] = (f"{line.effective_at:%Y-%m-%d}", line.outlet, line.title)
        table.add_row(*row, ", ".join(line.topics))
    return table


def _outlets(results: Results) -> Table:
    table = Table(title="Outlets", title_justify="left")
    table.add_column("outlet", no_wrap=True)
    for name in ("articles", "paywalled", "from feed", "refused", "failed"):
        table.add_column(name, justify="right")
    for line in results.outlets:
        table.add_row(line.outlet, *(str(number or "") for number in line[1:]))
    return table


def _next_step(results: Results) -> str:
    return f'communique query --output {results.output} "{_FIRST_QUESTION}"'
