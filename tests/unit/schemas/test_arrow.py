from datetime import timezone
from typing import Annotated, NamedTuple

import pyarrow as pa
import pytest
from rows import NOW, RUN, entry, poll

from schemas.arrow import (
    ROWS,
    arrow_type,
    columns,
    file_schema,
    read_row,
    record_batch,
    table_schema,
)
from schemas.errors import RowError
from transforms.failures import failure_of


def test_every_column_of_every_table_has_a_description():
    for row in ROWS.values():
        assert all(description.strip() for _, _, description in columns(row))


def test_a_field_without_a_description_is_refused():
    class Bare(NamedTuple):
        name: str

    with pytest.raises(TypeError, match=r"Bare\.name has no description"):
        list(columns(Bare))


def test_a_hint_that_arrow_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="has no Arrow type"):
        arrow_type(dict)


def test_tables_have_no_dictionary_unsigned_or_null_types():
    def flat(kind):
        yield kind
        for i in range(kind.num_fields):
            yield from flat(kind.field(i).type)

    for table in ROWS:
        for column in table_schema(table):
            for kind in flat(column.type):
                assert not pa.types.is_dictionary(kind)
                assert not pa.types.is_unsigned_integer(kind)
                assert not pa.types.is_null(kind)


def test_the_partition_is_in_the_table_and_not_in_the_file():
    assert table_schema("articles").names == [*file_schema("articles").names, "ingest_date"]


def test_rows_come_back_from_arrow_as_they_went_in():
    tried = failure_of(entry(authors=("A", "B")), RowError("http_503", "busy", 503), "fetch", RUN)
    for table, row in (("failures", tried), ("polls", poll())):
        (values,) = record_batch(table, [row]).to_pylist()
        assert read_row(ROWS[table], values) == row


def test_times_come_back_in_utc():
    (values,) = record_batch("polls", [poll()]).to_pylist()
    assert read_row(ROWS["polls"], values).polled_at.astimezone(timezone.utc) == NOW


def test_what_only_travels_with_a_row_is_no_column_and_reads_as_its_default():
    busy = RowError("http_503", "busy", 503)
    written = failure_of(entry()._replace(published_raw="soon"), busy, "fetch", RUN)
    (values,) = record_batch("failures", [written]).to_pylist()
    assert "published_raw" not in values["entry"]
    assert read_row(ROWS["failures"], values) == failure_of(entry(), busy, "fetch", RUN)


def test_a_column_that_an_older_file_lacks_reads_as_its_default():
    class Old(NamedTuple):
        a: Annotated[str, "the first"]
        b: Annotated[str | None, "came later"]
        c: Annotated[int, "came later still"] = 7

    assert read_row(Old, {"a": "x", "unknown": 1}) == Old("x", None, 7)
