"""Rows of the tables by SQL, with DuckDB's errors told apart."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from schemas.errors import UsageError, UserError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_BATCH_ROWS = 1000


@contextmanager
def open_tables(output: str) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection that sees the tables, and neither this program's variables nor the network.

    Raises: UsageError for a statement that DuckDB refuses, UserError where it cannot read or
    write, TableError if there are no tables.
    """
    import duckdb

    from transforms.tables import connect

    connection = connect(output)
    try:
        connection.execute("SET python_enable_replacements = false")
        yield connection
    except (duckdb.OperationalError, duckdb.InternalError) as error:
        raise UserError(str(error)) from None
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except RuntimeError as error:
        if "interrupted" not in str(error):  # what DuckDB raises while it fetches
            raise
        raise KeyboardInterrupt from None
    except duckdb.Error as error:
        raise UsageError(str(error)) from None
    finally:
        connection.close()


def read_rows(
    connection: "duckdb.DuckDBPyConnection", sql: str, parameters: Mapping[str, Any] | None = None
) -> "pa.RecordBatchReader | None":
    """The rows of the last statement, read as they are taken; None if it returns none."""
    relation: Any = connection.sql(sql, params=parameters)
    if relation is None:
        return None
    if hasattr(relation, "to_arrow_reader"):
        return relation.to_arrow_reader(_BATCH_ROWS)
    return relation.fetch_record_batch(_BATCH_ROWS)  # its name before DuckDB 1.5
