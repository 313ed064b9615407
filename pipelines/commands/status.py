"""`communique status`: for people, cron and alerts: is it working, and what is not?"""

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.arguments import AsJson, Output
from pipelines.commands.json_lines import json_line
from pipelines.commands.settings import checked
from pipelines.commands.terminal import print_pairs, printable, remark, result_console, working
from pipelines.options import DEFAULT_OUTPUT, parse_duration
from schemas.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.health import FeedHealth, Status

FOUND = 3
"""Exit status where a condition of --fail-on holds."""

_HEALTHS = ("silent", "failing", "retired", "unanswered")
_RATE = re.compile(r"failures\s*>\s*(\d{1,3}(?:\.\d+)?)\s*%\Z")
_LAG = re.compile(r"lag\s*>\s*(.+)\Z")
_OUTLETS = 10


def status(
    output: Output = DEFAULT_OUTPUT,
    feeds: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Count only the feeds of this list.",
            show_default="all polled in 45 days",
        ),
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="24h", help="How far back to look for failures and gaps.")
    ] = "24h",
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Exit with status 3 if one of these holds: "
            "silent, failing, retired, unanswered, gaps, failures>N%, lag>TIME.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell how the runs and the feeds are doing, by the tables alone.

    Lag is for how long feeds have been due and nobody has polled them.
    Nothing is fetched.

    Examples:
        communique status
        communique status --fail-on "silent,failures>20%,lag>2h"
        communique status --since 7d --json
    """
    conditions = conditions_of(fail_on)
    look_back = timedelta(seconds=checked(lambda: parse_duration(since, "--since")))

    from pipelines.health import status_of
    from pipelines.passes import utc_now

    listed = None
    if feeds is not None:
        from transforms.feeds import read_feed_list

        listed = [feed.url for feed in read_feed_list(feeds)]
    with working(f"Reading {output}"):
        found = status_of(output, utc_now(), look_back, listed)
    reasons = [reason for text in conditions if (reason := holds(text, found))]
    if as_json:
        told = {**found._asdict(), "failure_rate": round(found.failure_rate, 4)}
        print(json_line({**told, "failed_on": reasons}))
    else:
        _print(found, result_console())
    for reason in reasons:
        remark(f"communique: {reason}")
    if reasons:
        raise typer.Exit(FOUND)


def conditions_of(text: str | None) -> list[str]:
    """The conditions of `--fail-on`, checked. Raises: UsageError."""
    conditions = [part.strip() for part in text.split(",")] if text is not None else []
    for condition in conditions:
        lag = _LAG.match(condition)
        if lag:
            checked(lambda lag=lag: parse_duration(lag[1], "--fail-on lag"))  # type: ignore[misc]
        elif condition not in {*_HEALTHS, "gaps"} and not _RATE.match(condition):
            raise UsageError(
                f'--fail-on has "{condition}", which is no condition; write some of '
                f'{", ".join(_HEALTHS)}, gaps, "failures>20%", "lag>2h", with commas between'
            )
    return conditions


def holds(condition: str, found: "Status") -> str | None:
    """Why the condition holds, for people; None if it does not."""
    if condition in _HEALTHS:
        feeds = [feed.feed_url for feed in found.of_health(condition)]
        return f"{len(feeds)} feeds are {condition}, such as {feeds[0]}" if feeds else None
    if condition == "gaps":
        return f"{len(found.gaps)} gaps are suspected" if found.gaps else None
    rate = _RATE.match(condition)
    if rate:
        is_over = 100 * found.failure_rate > float(rate[1])
        failures = f"{100 * found.failure_rate:.1f} % of the items failed"
        return f"{failures}, more than {rate[1]} %" if is_over else None
    limit = condition.partition(">")[2].strip()
    is_late = found.lag_s > parse_duration(limit, "--fail-on lag")
    return f"feeds have been due for {span(found.lag_s)}, longer than {limit}" if is_late else None


def span(seconds: float) -> str:
    """A duration for people: 42 s, 17 min, 5.2 h, 3.1 d."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 172_800 else f"{seconds / 86_400:.1f} d"


def _print(found: "Status", console: "Console") -> None:
    from pipelines.report import break_line, gap_line
    from transforms.tables import breaks

    numbers = ", ".join(
        f"{len(of)} {health}" for health in ("ok", *_HEALTHS) if (of := found.of_health(health))
    )
    pairs = {"last run": _last_run(found), "lag": span(found.lag_s) if found.lag_s else "none"}
    items = f"{found.articles} articles, {found.failures} failures"
    pairs["feeds"] = numbers or "none polled"
    pairs[f"items since {found.since:%Y-%m-%d %H:%M}"] = (
        f"{items} ({100 * found.failure_rate:.1f} %)"
    )
    pairs["failures"] = ", ".join(f"{n} {code}" for code, n in found.codes.items())
    if found.rulers:
        newest = found.rulers[-1]
        pairs["tagged with"] = f"{newest.ruler}, since {newest.since:%Y-%m-%d %H:%M} UTC"
    print_pairs(pairs, console)
    for change in breaks(found.rulers):
        console.print(printable(f"  {break_line(change)}"))
    for outlet in [line for line in found.outlets if line.failures][:_OUTLETS]:
        share = 100 * outlet.failures / (outlet.articles + outlet.failures)
        codes = ", ".join(f"{n} {code}" for code, n in outlet.codes.items())
        console.print(printable(f"  {outlet.outlet}: {share:.0f} % failed ({codes})"))
    for feed in found.feeds:
        if feed.health != "ok" or feed.note:
            console.print(printable(f"  {feed.health}: {feed.feed_url}{_why(feed)}"))
    for gap in found.gaps:
        console.print(printable(f"  {gap_line(gap)}"))


def _last_run(found: "Status") -> str:
    run = found.last_run
    if run is None:
        return "none that polled a feed"
    ago = span((found.now - run.polled_at).total_seconds())
    polls = ", ".join(f"{n} {outcome}" for outcome, n in run.polls.items()).replace("_", " ")
    done = f"{run.articles} articles, {run.failures} failures"
    return f"{ago} ago ({run.run_id}): feeds {polls}; {done}"


def _why(feed: "FeedHealth") -> str:
    parts = []
    if feed.failures_in_row:
        parts.append(f"{feed.code}, {feed.failures_in_row} failures in a row")
    if feed.health == "silent" and feed.newest_at is not None:
        rhythm = f", usually every {span(feed.rhythm_s)}" if feed.rhythm_s else ""
        parts.append(f"nothing new since {feed.newest_at:%Y-%m-%d %H:%M} UTC{rhythm}")
    if feed.note:
        parts.append(feed.note)
    return f" ({'; '.join(parts)})" if parts else ""
