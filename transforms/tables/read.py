"""Reading the tables: as a pyarrow dataset, and with SQL."""

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake.exceptions import DeltaError

from schemas.arrow import ROWS, table_schema
from transforms.tables import store
from transforms.tables.errors import TableError, table_error
from transforms.tables.log import open_table

if TYPE_CHECKING:
    import duckdb

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

_LATEST = """
    create view latest as
    select * from articles as a
    where not exists (
        select 1 from articles as b
        where b.version > 1 and b.article_id = a.article_id and b.version > a.version
    )
"""


def open_dataset(output: str, table: str) -> ds.Dataset:
    """The committed rows of the newest version of a table, pinned to it for 7 days.

    A column that the table does not have yet, because only an older program wrote to it, is null.
    Raises: ValueError for a table that there is not, TableError if it does not exist yet or cannot
    be read.
    """
    if table not in ROWS:
        raise ValueError(f"there is no table {table!r}; the tables are {', '.join(ROWS)}")
    root = store.table_root(output, table)
    handle = open_table(output, table)
    if handle is None:
        raise TableError(f"{root} is not a table: there was no run with --output {output} yet")
    try:
        found = handle.to_pyarrow_dataset(filesystem=store.filesystem(root))
        newer = [field for field in table_schema(table) if field.name not in found.schema.names]
        return found.replace_schema(pa.schema([*found.schema, *newer])) if newer else found
    except (DeltaError, OSError) as error:
        raise table_error("read", root, error) from error


def connect(output: str) -> "duckdb.DuckDBPyConnection":
    """A DuckDB connection with the views articles, failures, entries, polls, and latest.

    `latest` has the newest version of each article. All views are pinned to the versions of now; a
    table that does not exist yet is empty. DuckDB downloads nothing. Raises: TableError if no table
    exists, or one cannot be read.
    """
    import duckdb  # noqa: PLC0415 - 19 MB and 0.1 s of CPU, which a run does not need

    connection = duckdb.connect(":memory:", config=_SETTINGS)
    connection.execute("set TimeZone = 'UTC'")
    missing = []
    for table in ROWS:
        if open_table(output, table) is None:
            missing.append(table)
            connection.register(table, ds.dataset(pa.Table.from_pylist([], table_schema(table))))
        else:
            connection.register(table, open_dataset(output, table))
    if len(missing) == len(ROWS):
        raise TableError(f"{output} has no tables: there was no run with --output {output} yet")
    connection.execute(_LATEST)
    return connection
