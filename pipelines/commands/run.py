"""`communique run`: from feeds to tables, once or for ever."""

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pipelines.commands.arguments import (
    AllowHost,
    AsJson,
    Contact,
    Output,
    Resolve,
    SiteRulesFile,
    Taxonomy,
)
from pipelines.commands.terminal import remark
from pipelines.options import DEFAULT_OUTPUT
from schemas.errors import UsageError, UserError

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.options import RunConfig
    from pipelines.results import Results
    from pipelines.stop import StopFile

_T = TypeVar("_T")
_SAMPLE_CONTACT = "sample@communique.example"


def run(
    beam_options: Annotated[
        list[str] | None,
        typer.Argument(help="Options for Beam, after `--`.", metavar="[-- BEAM OPTIONS]"),
    ] = None,
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
    workers: Annotated[int, typer.Option(metavar="N", help="Worker processes.", min=1)] = 1,
    sample: Annotated[
        bool, typer.Option("--sample", help="Run on the packaged sample site, on loopback.")
    ] = False,
    taxonomy: Taxonomy = None,
    site_rules: SiteRulesFile = None,
    contact: Contact = None,
    pace: Annotated[
        str | None,
        typer.Option(
            metavar="1s", help="Least time between two requests to a host.", show_default="1s"
        ),
    ] = None,
    resolve: Resolve = None,
    allow_host: AllowHost = None,
    as_json: AsJson = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Beam's log.")] = False,
) -> None:
    """Poll the feeds, fetch what is new, clean it, tag it, commit it to the tables.

    Run it as often as you like: it asks conditionally and fetches no page twice.
    It completes what an interrupted run left undone.
    Ctrl-C commits what is fetched and ends.

    Examples:
        communique run --sample
        communique run --contact you@example.org
        communique run --feeds my.opml --every 15m --contact you@example.org
        communique run --workers 2 --contact you@example.org -- --job_name=news
    """
    from rich.console import Console

    from pipelines.options import parse_duration
    from pipelines.quiet import quiet_workers

    logging.basicConfig(level=logging.WARNING if verbose else logging.CRITICAL)
    every_s = None if every is None else _checked(lambda: parse_duration(every, "--every"))
    _check_beam_options(beam_options or ())
    say = Console(stderr=True)
    with ExitStack() as stack:
        if sample:
            feeds, resolve, allow_host = stack.enter_context(
                _sample_site(feeds, resolve, allow_host)
            )
            contact, pace = contact or _SAMPLE_CONTACT, pace or "0s"
        config = _checked(
            lambda: _config(
                output,
                feeds,
                workers,
                taxonomy,
                site_rules,
                contact,
                pace,
                resolve,
                allow_host,
                beam_options,
            )
        )
        with quiet_workers(quiet=workers > 1 and not verbose):
            _run(config, every_s, say, as_json=as_json)


def _run(config: "RunConfig", every_s: float | None, say: "Console", *, as_json: bool) -> None:
    from rich.console import Console

    from pipelines.report import print_report, to_json
    from pipelines.schedule import repeat
    from pipelines.stop import stop_on_signals

    bad = 0
    with stop_on_signals() as stop:
        for _ in repeat(every_s, stop, say):
            try:
                account = _run_once(config, stop, say)
            except (UserError, OSError) as error:
                if every_s is None:
                    raise
                bad += 1  # a disk that is full now may not be so at the next run
                remark(f"communique: this run failed, the next one tries again: {error}")
                continue
            if as_json:
                print(to_json(account), flush=True)
            else:
                print_report(account, Console(width=None if sys.stdout.isatty() else 120))
    if bad:
        raise UserError(f"{bad} runs failed; the messages above say why")


def _run_once(config: "RunConfig", stop: "StopFile", say: "Console") -> "Results":
    from pipelines.passes import due_feeds, new_run, run_passes, upkeep, utc_now
    from pipelines.progress import pass_line, progress
    from pipelines.results import results
    from transforms.tables import History, prepare_tables
    from transforms.tally import start_again

    start_again()
    prepare_tables(config.output)
    run = new_run(utc_now(), version("communique"))
    due, resting = due_feeds(
        config.feeds, History(config.output).feed_states(run.started_at), run.started_at
    )
    left = len(due)
    elsewhere = config.workers > 1  # other processes count for themselves: a line a pass then
    with progress(say, len(due), quiet=elsewhere):
        for done in run_passes(config, run, due, stop):
            left = done.feeds_left
            if elsewhere:
                say.print(pass_line(done.receipts, len(due) - left, len(due)), highlight=False)
    if not stop():
        upkeep(config.output, utc_now())
    return results(config.output, run, resting=len(resting), unpolled=left)


def _config(
    output: str,
    feeds: Path | None,
    workers: int,
    taxonomy: Path | None,
    site_rules: Path | None,
    contact: str | None,
    pace: str | None,
    resolve: Sequence[str] | None,
    allow_host: Sequence[str] | None,
    beam_options: Sequence[str] | None,
) -> "RunConfig":
    """The checked configuration. Raises ValueErrors that name file, line or option."""
    from pipelines.contact import find_contact
    from pipelines.options import RunConfig, parse_duration
    from transforms.feeds import read_feed_list
    from transforms.site_rules import load_site_rules
    from transforms.topics import load_taxonomy
    from transforms.web import (
        WebSettings,
        parse_allowed_host,
        parse_host_mapping,
        user_agent,
    )

    if taxonomy is not None:
        load_taxonomy(taxonomy)  # a broken one stops the run before it fetched anything
    pace_s = parse_duration(pace or "1s", "--pace")
    web = WebSettings(
        user_agent=user_agent(find_contact(contact), version("communique")),
        pace_s=pace_s,
        quiet_s=pace_s if workers > 1 else 0.0,
        resolve=tuple(parse_host_mapping(text) for text in resolve or ()),
        allow=tuple(parse_allowed_host(text) for text in allow_host or ()),
    )
    return RunConfig(
        output=output,
        feeds=tuple(read_feed_list(feeds)),
        web=web,
        taxonomy=taxonomy,
        site_rules=load_site_rules(site_rules),
        workers=workers,
        beam_args=tuple(beam_options or ()),
    )


@contextmanager
def _sample_site(
    feeds: Path | None, resolve: list[str] | None, allow_host: list[str] | None
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """The sample site, and the options by which a run finds it."""
    from pipelines.sample import SampleSite

    if feeds is not None:
        raise UsageError("--sample brings its own feeds; leave --feeds out")
    with SampleSite().serve() as site:
        yield (
            site.feeds_file,
            [*(resolve or ()), *site.mappings],
            [*(allow_host or ()), site.allow],
        )


def _check_beam_options(options: Sequence[str]) -> None:
    if not options:
        return
    from pipelines.options import unknown_beam_options

    unknown = unknown_beam_options(options)
    if unknown:
        raise UsageError(
            f"Beam has no option {' '.join(unknown)}; "
            "options of communique go before `--`, those of Beam after it"
        )


def _checked(make: Callable[[], _T]) -> _T:
    try:
        return make()
    except UserError:
        raise
    except ValueError as error:
        raise UsageError(str(error)) from error
