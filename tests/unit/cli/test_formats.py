import io
import json
from datetime import datetime, timezone

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from pipelines.commands.formats import (
    print_table,
    unique_names,
    write_csv,
    write_json,
    write_parquet,
)

WHEN = datetime(2026, 11, 16, 8, 30, tzinfo=timezone.utc)
TABLE = pa.table(
    {
        "title": ["Envoys, at last", None],
        "at": pa.array([WHEN, None], pa.timestamp("us", tz="UTC")),
        "ids": [["FRA", "TUN"], []],
        "open": [True, False],
        "n": [1, 2],
    }
)


def written(write, table=TABLE):
    stream = io.StringIO()
    write(table.to_reader(), stream)
    return stream.getvalue()


def test_csv_quotes_commas_and_keeps_nested_values_as_json():
    assert written(write_csv) == (
        "title,at,ids,open,n\n"
        '"Envoys, at last",2026-11-16T08:30:00Z,"[""FRA"", ""TUN""]",true,1\n'
        ",,[],false,2\n"
    )


def test_json_is_one_object_a_line():
    first, second = map(json.loads, written(write_json).splitlines())
    assert first == {
        "title": "Envoys, at last",
        "at": "2026-11-16T08:30:00Z",
        "ids": ["FRA", "TUN"],
        "open": True,
        "n": 1,
    }
    assert second["title"] is None


def test_no_column_of_a_repeated_name_is_lost():
    twins = pa.table([[1], [2]], names=["a", "a"])
    assert written(write_json, twins) == '{"a": 1, "a_1": 2}\n'
    stream = io.BytesIO()
    write_parquet(twins.to_reader(), stream)
    assert pq.read_table(stream).to_pylist() == [{"a": 1, "a_1": 2}]


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["a", "b"], ["a", "b"]), (["a", "a", "a_1"], ["a", "a_1", "a_1_1"]), ([], [])],
)
def test_repeated_names_are_numbered(names, expected):
    assert unique_names(names) == expected


def test_parquet_keeps_the_types():
    stream = io.BytesIO()
    write_parquet(TABLE.to_reader(), stream)
    assert pq.read_table(stream).equals(TABLE)


def shown(table, width, limit=10):
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False)
    whole = print_table(table.to_reader(), console, limit)
    return console.file.getvalue(), whole


def test_a_table_has_a_line_a_row_and_no_markup_of_its_own():
    text, whole = shown(pa.table({"title": ["[bold]Talks[/bold]"], "n": [3]}), 40)
    assert whole
    assert "[bold]Talks[/bold]" in text
    assert len(text.splitlines()) == 3


def test_rows_that_do_not_fit_are_printed_as_records():
    text, _ = shown(TABLE, 40)
    assert "-- row 2 --" in text
    assert "ids    FRA, TUN" in text


def test_a_table_says_when_there_are_more_rows_than_it_shows():
    assert shown(pa.table({"n": range(5)}), 40, limit=5)[1]
    text, whole = shown(pa.table({"n": range(6)}), 40, limit=5)
    assert not whole
    assert "5" not in text


def test_a_long_or_hostile_cell_is_cut_and_made_harmless():
    text, _ = shown(pa.table({"text": ["\x1b]0;owned\x07" + "word " * 100]}), 400)
    assert "\x1b" not in text
    assert "…" in text
