"""The command line: which commands there are. What each does is in its file in `commands`."""

from typing import Annotated

import typer

from pipelines.commands.clean import clean
from pipelines.commands.compact import compact
from pipelines.commands.explain import explain
from pipelines.commands.export import export
from pipelines.commands.feeds import feeds
from pipelines.commands.query import query
from pipelines.commands.run import run
from pipelines.commands.status import status
from pipelines.commands.stream import stream
from pipelines.commands.tag import tag
from pipelines.commands.topics import topics
from pipelines.commands.verify import verify
from pipelines.structured_log import VARIABLE, LogFormat, choose

app = typer.Typer(
    name="communique",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - 0.05 s

        print(f"communique {version('communique')}")
        raise typer.Exit


@app.callback()
def communique(
    *,
    log_format: Annotated[
        LogFormat,
        typer.Option(
            help="How stderr is written: for people, or a JSON object a line.",
            envvar=VARIABLE,
        ),
    ] = LogFormat.text,
    version: Annotated[  # noqa: ARG001 - its callback acts
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Reads news feeds, keeps the article text, tags what diplomacy it is about.

    The rows go to Delta tables of Parquet files, which any engine can query.

    Examples:
        communique run --sample
        communique status --fail-on "failures>20%,lag>2h"
        communique query "SELECT title, url FROM latest WHERE diplomatic"
        communique explain https://www.example.org/world/treaty
        communique COMMAND --help
    """
    choose(log_format)


for command in (run, stream, status, query, explain, clean, tag, export, verify, compact):
    app.command()(command)
app.add_typer(feeds, name="feeds")  # typer lists groups after commands
app.add_typer(topics)
