"""`communique feeds`: the feed list, and how the feeds on it are doing."""

import sys
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.arguments import AsJson, Output
from pipelines.commands.feeds_check import check
from pipelines.commands.feeds_find import find
from pipelines.commands.json_lines import json_line
from pipelines.commands.settings import checked
from pipelines.commands.terminal import printable, remark, result_console, working
from pipelines.options import DEFAULT_OUTPUT, parse_duration
from schemas.errors import UsageError, UserError

if TYPE_CHECKING:
    from schemas.feed import Feed

feeds = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


class ListFormat(str, Enum):
    """How a feed list is written."""

    csv = "csv"
    opml = "opml"
    urls = "urls"


_ENDINGS = {".csv": ListFormat.csv, ".opml": ListFormat.opml, ".xml": ListFormat.opml}
_ENDINGS |= {".txt": ListFormat.urls}


@feeds.callback()
def feeds_of() -> None:
    """Check, find, import and export feeds, and see how they are doing.

    A feed list is CSV (url,name,country,language,kind), OPML, or one URL a line.

    Examples:
        communique feeds check my.opml --contact you@example.org
        communique feeds find https://www.example.org --contact you@example.org
        communique feeds import subscriptions.opml --to feeds.csv
        communique feeds export feeds.csv --to feeds.opml
        communique feeds health
    """


def import_list(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, OPML or one URL a line.")],
    to: Annotated[
        Path, typer.Option(metavar="FILE", help="The list to add to, made if it is not there.")
    ] = Path("feeds.csv"),
) -> None:
    """Add the feeds of another program's list to yours.

    A feed that is on your list already stays as it is.

    Examples:
        communique feeds import subscriptions.opml
        communique feeds import more.csv --to feeds.opml
    """
    from transforms.feeds import merged, read_feed_list

    known = read_feed_list(to) if to.exists() else []
    together, added = merged(known, read_feed_list(source))
    _write(to, _written(together, _format_of(to, None)))
    print(f"{added} added to {to}, which has {len(together)} feeds")


def export_list(
    source: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The list.", show_default="the packaged list"),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write to this file.", show_default="stdout"),
    ] = None,
    format: Annotated[  # noqa: A002 - the name of the option
        ListFormat | None,
        typer.Option(help="How to write it.", show_default="as the file ends, else opml"),
    ] = None,
) -> None:
    """Write a feed list as OPML, which any feed reader takes, as CSV, or as URLs.

    OPML and CSV keep all that a list knows; URLs keep only the addresses.

    Examples:
        communique feeds export > diplomatic.opml
        communique feeds export my.opml --to my.csv
        communique feeds export my.csv --format urls
    """
    from transforms.feeds import read_feed_list

    text = _written(read_feed_list(source), _format_of(to, format))
    if to is None:
        sys.stdout.write(text)
    else:
        _write(to, text)


def health(
    output: Output = DEFAULT_OUTPUT,
    since: Annotated[
        str, typer.Option(metavar="7d", help="How far back to count polls and entries.")
    ] = "7d",
    listed: Annotated[
        Path | None,
        typer.Option(
            "--feeds",
            metavar="FILE",
            help="Only the feeds of this list.",
            show_default="all polled in 45 days",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how each feed is doing, by the polls in the tables: nothing is fetched.

    Examples:
        communique feeds health
        communique feeds health --since 30d --json
    """
    from pipelines.commands.feed_tables import health_rows, print_rows
    from pipelines.health import status_of
    from pipelines.passes import utc_now
    from transforms.feeds import read_feed_list

    look_back = timedelta(seconds=checked(lambda: parse_duration(since, "--since")))
    urls = [feed.url for feed in read_feed_list(listed)] if listed is not None else None
    with working(f"Reading {output}"):
        found = status_of(output, utc_now(), look_back, urls)
    if as_json:
        for feed in found.feeds:
            print(json_line(feed))
    else:
        print_rows(health_rows(found.feeds, found.now), result_console())
    for feed in found.feeds:
        if feed.note:
            remark(printable(f"communique: {feed.feed_url}: {feed.note}"))


def _format_of(to: Path | None, asked: ListFormat | None) -> ListFormat:
    if asked is not None:
        return asked
    if to is None:
        return ListFormat.opml
    if to.suffix.lower() not in _ENDINGS:
        raise UsageError(f'--to is "{to}", whose ending names no format; end it in .csv or .opml')
    return _ENDINGS[to.suffix.lower()]


def _written(listed: "list[Feed]", kind: ListFormat) -> str:
    from transforms.feeds import write_csv, write_opml

    if kind is ListFormat.opml:
        return write_opml(listed)
    if kind is ListFormat.csv:
        return write_csv(listed)
    return "".join(f"{feed.url}\n" for feed in listed)


def _write(to: Path, text: str) -> None:
    """Beside the file first, then renamed: it is whole or as it was."""
    if not to.parent.is_dir():
        raise UserError(f"{to.parent} is no folder; make it first, or name another file with --to")
    part = to.with_name(f".{to.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


feeds.command("check")(check)
feeds.command("find")(find)
feeds.command("import")(import_list)
feeds.command("export")(export_list)
feeds.command("health")(health)
