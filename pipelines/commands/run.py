"""`communique run`: from feeds to tables, once or for ever."""

import sys
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.arguments import (
    AcceptBreak,
    AllowHost,
    AsJson,
    BeamOptions,
    Contact,
    Output,
    Pace,
    Resolve,
    Sample,
    SiteRulesFile,
    StoreText,
    Taxonomy,
    TextStored,
    Verbose,
)
from pipelines.commands.settings import Sources, check_beam_options, checked, config_of, served
from pipelines.commands.terminal import progress_console, remark
from pipelines.options import DEFAULT_OUTPUT
from pipelines.structured_log import is_structured, log_to_stderr
from schemas.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.options import RunConfig
    from pipelines.results import Results
    from pipelines.stop import StopFile


class Tdm(str, Enum):
    """What becomes of a page that reserves text and data mining."""

    respect = "respect"
    record = "record"


class Poll(str, Enum):
    """Which feeds a run asks."""

    due = "due"
    all = "all"


def run(
    beam_options: BeamOptions = None,
    feeds: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="CSV (url,name,country,language,kind), OPML, or one URL a line.",
            show_default="the packaged list",
        ),
    ] = None,
    output: Output = DEFAULT_OUTPUT,
    every: Annotated[
        str | None, typer.Option(metavar="15m", help="Run again and again.", show_default=False)
    ] = None,
    poll: Annotated[
        Poll | None,
        typer.Option(
            help="Which feeds to ask: those that are due by their own rhythm, or all of them.",
            show_default="all by hand and with --sample; due with --every and without a terminal",
        ),
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", help="Worker processes.", min=1)] = 1,
    sample: Sample = False,
    taxonomy: Taxonomy = None,
    accept_break: AcceptBreak = False,
    site_rules: SiteRulesFile = None,
    store_text: StoreText = TextStored.full,
    tdm: Annotated[
        Tdm,
        typer.Option(
            help="Pages that reserve text and data mining: leave them out (respect), or keep them "
            "with the reservation in the column `rights` (record)."
        ),
    ] = Tdm.respect,
    contact: Contact = None,
    pace: Pace = None,
    resolve: Resolve = None,
    allow_host: AllowHost = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Poll the feeds, fetch what is new, clean it, tag it, commit it to the tables.

    Run it as often as you like: it asks the feeds that are due, conditionally,
    and fetches no page twice.
    It completes what an interrupted run left undone.
    Ctrl-C commits what is fetched and ends.

    Examples:
        communique run --sample
        communique run --contact you@example.org
        communique run --feeds my.opml --every 15m --contact you@example.org
        communique run --poll all --contact you@example.org
        communique run --workers 2 --contact you@example.org -- --job_name=news
    """
    from pipelines.memory import keep_memory_flat
    from pipelines.options import parse_duration
    from pipelines.quiet import quiet_workers

    keep_memory_flat()
    log_to_stderr(verbose=verbose)
    every_s = None if every is None else checked(lambda: parse_duration(every, "--every"))
    check_beam_options(beam_options or ())
    say = progress_console()
    asked = Sources(feeds, contact, pace, resolve or (), allow_host or ())
    with served(asked, sample=sample) as sources:
        config = checked(
            lambda: config_of(
                output,
                sources,
                workers,
                taxonomy,
                site_rules,
                beam_options,
                respect_tdm=tdm is Tdm.respect,
                store_text=store_text.value,
                ask_all=(poll or _usual_poll(every, sample=sample)) is Poll.all,
            )
        )
        with quiet_workers(quiet=workers > 1 and not verbose):
            _run(config, every_s, say, accept_break=accept_break, as_json=as_json)


def _usual_poll(every: str | None, *, sample: bool) -> Poll:
    """Who starts a run by hand wants to see what there is now; cron and --every come again."""
    by_hand = every is None and sys.stdin is not None and sys.stdin.isatty()
    return Poll.all if sample or by_hand else Poll.due


def _run(
    config: "RunConfig",
    every_s: float | None,
    say: "Console",
    *,
    accept_break: bool,
    as_json: bool,
) -> None:
    from rich.console import Console

    from pipelines.report import log_summary, print_report, to_json
    from pipelines.schedule import repeat
    from pipelines.stop import stop_on_signals
    from transforms.tables import BreakError

    bad = 0
    with stop_on_signals() as stop:
        for _ in repeat(every_s, stop, say):
            try:
                account = _run_once(config, stop, say, accept_break=accept_break)
                accept_break = False  # said once: a later break is another one
            except (UserError, OSError) as error:
                if every_s is None or isinstance(error, BreakError):
                    raise
                bad += 1  # a disk that is full now may not be so at the next run
                remark(f"communique: this run failed, the next one tries again: {error}")
                continue
            if is_structured():
                log_summary(account)
            if as_json:
                print(to_json(account), flush=True)
            elif not is_structured():
                print_report(account, Console(width=None if sys.stdout.isatty() else 120))
    if bad:
        raise UserError(f"{bad} runs failed; the messages above say why")


def _run_once(
    config: "RunConfig", stop: "StopFile", say: "Console", *, accept_break: bool
) -> "Results":
    from pipelines.passes import new_run, one_ruler, run_passes, upkeep, utc_now
    from pipelines.progress import pass_line, progress
    from pipelines.results import results
    from transforms.polling import due_feeds
    from transforms.tables import History, prepare_tables
    from transforms.tally import start_again

    start_again()
    run = new_run(utc_now(), version("communique"))
    accepted = one_ruler(config, run.started_at, accept_break=accept_break)
    prepare_tables(config.output)
    states = History(config.output).feed_states(run.started_at)
    sorted_out = due_feeds(config.feeds, states, run.started_at, ask_all=config.ask_all)
    due, left = sorted_out.due, len(sorted_out.due)
    elsewhere = config.workers > 1  # other processes count for themselves: a line a pass then
    with progress(say, len(due), quiet=elsewhere):
        for done in run_passes(config, run, due, stop):
            left = done.feeds_left
            if elsewhere:
                say.print(pass_line(done.receipts, len(due) - left, len(due)), highlight=False)
    if not stop():
        upkeep(config.output, utc_now())
    left_alone = {
        "resting": len(sorted_out.resting),
        "not_due_yet": len(sorted_out.not_due),
        "retired": len(sorted_out.retired),
        "unpolled": left,
    }
    return results(config.output, run, left_alone)._replace(accepted_break=accepted)
