import csv
import io
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest


def test_rows_in_a_pipe_are_csv(communique, tables):
    answer = communique("query", "SELECT outlet, title FROM latest", "--output", tables)
    assert answer == (0, "outlet,title\npaper.example,France and Tunisia sign a pact\n", "")


def test_json_keeps_nested_columns(communique, tables):
    answer = communique("query", "FROM articles", "-o", tables, "--format", "json")
    (row,) = map(json.loads, answer.out.splitlines())
    evidence = row["topics"][0]["evidence"][0]
    assert row[evidence["field"]][evidence["start"] : evidence["end"]] == evidence["quote"]
    assert row["effective_at"] == "2026-11-16T08:30:00Z"
    assert row["ingest_date"] == "2026-11-17"


def test_csv_of_every_column_reads_back(communique, tables):
    answer = communique("query", "FROM articles", "-o", tables)
    (row,) = csv.DictReader(io.StringIO(answer.out))
    assert row["published_at"] == "2026-11-16T08:30:00Z"
    assert json.loads(row["country_ids"])[:2] == ["FRA", "TUN"]


def test_a_table_in_a_pipe_is_never_cut(communique, tables):
    answer = communique("query", "FROM articles", "-o", tables, "--format", "table")
    assert len(answer.out.splitlines()) == 3
    assert "content_sha256" in answer.out


@pytest.mark.parametrize("view", ["articles", "latest", "failures", "entries", "polls"])
def test_every_table_can_be_counted(communique, tables, view):
    rows = {"articles": 1, "latest": 1, "failures": 4, "entries": 3, "polls": 2}
    answer = communique("query", f"SELECT count(*) AS n FROM {view}", "-o", tables)
    assert answer.out == f"n\n{rows[view]}\n"


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet"])
def test_the_ending_of_the_file_names_the_format(communique, tables, tmp_path, ending):
    target = tmp_path / f"rows.{ending}"
    assert communique("query", "SELECT url FROM latest", "-o", tables, "--to", target) == (
        0,
        "",
        "",
    )
    if ending == "parquet":
        assert pq.read_table(target).num_rows == 1
    else:
        assert "https://paper.example/world/treaty" in target.read_text()
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_query_leaves_the_file_alone(communique, tables, tmp_path):
    target = tmp_path / "rows.csv"
    target.write_text("yesterday's")
    sql = "SELECT CAST(title AS INTEGER) FROM latest"
    answer = communique("query", sql, "-o", tables, "--to", target)
    assert answer.status == 2
    assert [target.read_text(), *tmp_path.iterdir()] == ["yesterday's", target]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELEC 1", "syntax error"),
        ("FROM nowhere", "nowhere"),
        ("SELECT nothing FROM articles", "nothing"),
        ("SELECT CAST('x' AS INTEGER)", "x"),
    ],
)
def test_wrong_sql_is_bad_usage_and_duckdb_says_why(communique, tables, sql, reason):
    answer = communique("query", sql, "-o", tables)
    assert (answer.status, answer.out) == (2, "")
    assert re.match(rf"communique: .*{reason}", answer.err)


def test_a_file_that_is_not_there_is_a_failure(communique, tables):
    answer = communique("query", "FROM 'nowhere.parquet'", "-o", tables)
    assert answer.status == 1
    assert "nowhere.parquet" in answer.err


def test_nothing_is_downloaded(communique, tables):
    answer = communique("query", "FROM 's3://bucket/file.parquet'", "-o", tables)
    assert answer.status in {1, 2}
    assert "httpfs" in answer.err


def test_variables_of_the_program_are_no_tables(communique, tables):
    assert communique("query", "FROM output", "-o", tables).status == 2
    assert communique("query", "FROM ROWS", "-o", tables).status == 2


def test_without_tables_the_way_out_is_named(communique, tmp_path):
    answer = communique("query", "FROM articles", "-o", tmp_path / "none")
    assert answer.status == 1
    assert "run" in answer.err
    assert "--output" in answer.err
    assert not Path(tmp_path / "none").exists()


def test_sql_may_come_from_stdin(communique, tables, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 1 AS one;"))
    assert communique("query", "-", "-o", tables).out == "one\n1\n"


def test_a_statement_without_rows_prints_nothing(communique, tables):
    assert communique("query", "", "-o", tables) == (0, "", "")


@pytest.mark.parametrize(
    "options", [["--to", "rows.txt"], ["--to", "rows.csv", "--format", "table"]]
)
def test_a_file_needs_a_format_that_programs_read(communique, tables, options):
    answer = communique("query", "SELECT 1", "-o", tables, *options)
    assert answer.status == 2
    assert "csv" in answer.err
