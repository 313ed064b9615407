"""`communique stream`: from feeds to tables without an end, on an engine for unbounded input."""

import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.arguments import (
    AcceptBreak,
    AllowHost,
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
from pipelines.commands.terminal import print_pairs, remark, result_console
from pipelines.options import DEFAULT_OUTPUT
from pipelines.structured_log import log_to_stderr
from schemas.errors import UsageError, UserError

if TYPE_CHECKING:
    from pipelines.stream import StreamConfig

_LOOK_S = 0.5
UPKEEP_S = 3600.0
"""Seconds between two looks for closed days whose many small files can be merged."""


def stream(
    beam_options: BeamOptions = None,
    feeds: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The feed list; read again when it changes.",
            show_default="the packaged list",
        ),
    ] = None,
    output: Output = DEFAULT_OUTPUT,
    every: Annotated[
        str | None,
        typer.Option(
            metavar="15m",
            help="Ask every feed so often.",
            show_default="each by its own rhythm",
        ),
    ] = None,
    flush: Annotated[str, typer.Option(metavar="1m", help="Commit so often.")] = "1m",
    shards: Annotated[
        int, typer.Option(metavar="N", help="Groups of hosts that work side by side.", min=1)
    ] = 4,
    sample: Sample = False,
    taxonomy: Taxonomy = None,
    accept_break: AcceptBreak = False,
    site_rules: SiteRulesFile = None,
    store_text: StoreText = TextStored.full,
    contact: Contact = None,
    pace: Pace = None,
    resolve: Resolve = None,
    allow_host: AllowHost = None,
    log: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Append what the stages report as JSON lines."),
    ] = None,
    detach: Annotated[
        bool,
        typer.Option("--detach", help="Send the job to its engine, print what names it, and end."),
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Do what `run` does without an end, on an engine for unbounded input.

    Needs an engine: Prism on one machine, Flink or Dataflow on many
    (docs/operations.md). FnApiRunner and DirectRunner are refused.
    Ctrl-C ends it; what is not committed by then is done again by the next one.
    With --detach the engine ends it, and `communique compact` is for cron to run.

    Examples:
        communique stream --sample -- --runner=PrismRunner --prism_location=build/prism/prism
        communique stream --contact you@example.org -- --runner=FlinkRunner --flink_master=host:8081
    """
    from pipelines.detached import check_detached
    from pipelines.engines import stream_engine
    from pipelines.options import parse_duration
    from pipelines.stage_log import log_to

    log_to_stderr(verbose=verbose)
    if detach:
        _refuse_what_stays_here(log, sample=sample)
    if log is not None:
        log_to(log)
    options = beam_options or []
    runner = checked(lambda: stream_engine(options))
    check_beam_options(options)
    if detach:
        checked(lambda: check_detached(runner, options, output))
    every_s = None if every is None else checked(lambda: parse_duration(every, "--every"))
    flush_s = checked(lambda: parse_duration(flush, "--flush"))
    asked = Sources(feeds, contact, pace, resolve or (), allow_host or ())
    with served(asked, sample=sample) as sources:
        base = checked(
            lambda: config_of(
                output,
                sources,
                1,
                taxonomy,
                site_rules,
                options,
                ask_all=False,
                store_text=store_text.value,
            )
        )
        from pipelines.stream import StreamConfig

        settings = StreamConfig(base, sources.feeds, shards, every_s, flush_s)
        _prepare(settings, accept_break=accept_break)
        if detach:
            _send(settings, runner)
        else:
            _stream(settings, runner)


def _refuse_what_stays_here(log: Path | None, *, sample: bool) -> None:
    """Raises: UsageError for options whose work is done by the process of the command."""
    if sample:
        raise UsageError("--detach: the site of --sample is part of this command and ends with it")
    if log is not None:
        raise UsageError("--detach: no process is left to write --log; see the engine's own log")


def _prepare(config: "StreamConfig", *, accept_break: bool) -> None:
    from pipelines.passes import one_ruler, utc_now
    from pipelines.report import break_line
    from transforms.tables import prepare_tables

    accepted = one_ruler(config.base, utc_now(), accept_break=accept_break)
    if accepted is not None:
        remark(f"communique: {break_line(accepted)}", "NOTICE")
    prepare_tables(config.base.output)


def _send(config: "StreamConfig", runner: str) -> None:
    """Hand the job over and say what it is called. What it was told is in the graph it took."""
    from pipelines.detached import describe_job
    from pipelines.stream import id_of, start
    from transforms.live_run import live_run

    job = start(config, live_run(version("communique")))
    told = describe_job(runner, id_of(job), config.base.beam_args)
    upkeep = f"communique compact --output {config.base.output} (hourly, by cron)"
    print_pairs({**told, "tables": config.base.output, "upkeep": upkeep}, result_console())


def _stream(config: "StreamConfig", runner: str) -> None:
    from pipelines.stop import stop_on_signals
    from pipelines.stream import ENDED, cancel, start, state_of
    from transforms.live_run import live_run

    with stop_on_signals() as stop:
        job = start(config, live_run(version("communique")))
        remark(f"communique: streaming on {runner} into {config.base.output}. Ctrl-C ends.", "INFO")
        tidy_at = time.monotonic() + UPKEEP_S
        while not stop():
            state = state_of(job)
            if state in ENDED and not stop():
                raise UserError(f"the stream ended by itself: {state}; -v shows the engine's log")
            if time.monotonic() >= tidy_at:
                _tidy(config.base.output)
                tidy_at = time.monotonic() + UPKEEP_S
            time.sleep(_LOOK_S)
        cancel(job)


def _tidy(output: str) -> None:
    """Merge the files of closed days. What cannot be done now can be done an hour later."""
    from pipelines.passes import upkeep, utc_now

    try:
        upkeep(output, utc_now())
    except (UserError, OSError) as error:
        remark(f"communique: the files could not be merged, the stream goes on: {error}", "WARNING")
