"""`communique export`: a plain Parquet copy for whatever cannot read the tables."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.arguments import Output
from pipelines.commands.terminal import working
from pipelines.options import DEFAULT_OUTPUT


class Partition(str, Enum):
    """What the folders of an export are named after."""

    published_date = "published_date"
    ingest_date = "ingest_date"


def export(
    target: Annotated[
        Path, typer.Argument(help="The folder to make, or an earlier export to replace.")
    ],
    output: Output = DEFAULT_OUTPUT,
    by: Annotated[
        Partition, typer.Option(help="Folders by day of publication, or by day of the run.")
    ] = Partition.published_date,
) -> None:
    """Copy the tables to plain Parquet files, one a day, for tools that read only globs.

    The folder appears whole or not at all. Later runs do not change the copy.

    Examples:
        communique export copy
        communique export /data/2026-11 --by ingest_date --output news
        duckdb -c "FROM 'copy/articles/*/*.parquet'"
    """
    from transforms.tables import export as export_tables

    with working(f"Copying {output} to {target}"):
        copied = export_tables(output, target, by=by.value)
    for table, counts in copied.items():
        numbers = f"{counts['rows']} rows, {counts['files']} files, {counts['bytes'] / 1e6:.1f} MB"
        print(f"{target / table}: {numbers}")
