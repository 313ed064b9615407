"""All readers that README names see the same rows, whatever a table has been through."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.compute as pc
import pytest
from deltalake import DeltaTable

from transforms.tables import compact, connect, export

ROOT = Path(__file__).resolve().parents[3]
COMMITS = 120
ROWS = COMMITS + 2
"""One article a commit, one that a killed run left committed, one after the new column."""

CRASH = f"""
import runpy, sys
from types import SimpleNamespace
make = SimpleNamespace(**runpy.run_path({str(Path(__file__).with_name("conftest.py"))!r}))
run = make.run("killed")
make.commit(sys.argv[1], run, make.article("killed", run), make.poll("https://k.example/", run))
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory, make):
    """Tables after 120 commits on three days, a crash between two tables, a compaction."""
    output = tmp_path_factory.mktemp("used")
    for i in range(COMMITS):
        run = make.run(f"run-{i}", make.T0 + timedelta(hours=i // 2))
        make.commit(
            output,
            run,
            make.article(i, run, at=run.started_at, word_count=i),
            make.poll(make.FEED, run),
        )
    killed = subprocess.run(
        [sys.executable, "-c", CRASH, str(output)],
        env={**os.environ, "COMMUNIQUE_FAULT": "after_commit:articles", "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    assert compact(str(output), make.T0 + timedelta(days=30))
    return output


@pytest.fixture
def grown(used, make, newer_schema):
    """The same tables under a program whose polls have one column more."""
    newer_schema()
    run = make.run("newer", make.T0 + timedelta(days=40))
    make.commit(used, run, make.article("newer", run))
    assert "server" in [field.name for field in DeltaTable(used / "polls").schema().fields]
    return used


def test_every_reader_gives_the_same_counts_and_sums(grown, tmp_path):
    counted = "count(*), sum(word_count)"
    found = {"communique query": connect(str(grown)).sql(f"SELECT {counted} FROM articles")}
    dataset = DeltaTable(grown / "articles").to_pyarrow_dataset()
    found["DuckDB over the dataset"] = duckdb.connect().sql(f"SELECT {counted} FROM dataset")
    export(str(grown), tmp_path / "plain", by="published_date")
    files = tmp_path / "plain" / "articles" / "*" / "*.parquet"
    found["a glob over an export"] = duckdb.connect().sql(f"SELECT {counted} FROM '{files}'")
    answers = {reader: tuple(map(int, rows.fetchall()[0])) for reader, rows in found.items()}
    frame = pl.read_delta(str(grown / "articles"))
    answers["polars"] = (frame.height, frame["word_count"].sum())
    panda = dataset.to_table(columns=["word_count"]).to_pandas()
    answers["pandas"] = (len(panda), int(panda["word_count"].sum()))
    expected = (ROWS, sum(range(COMMITS)) + 4 + 4)
    assert answers == dict.fromkeys(answers, expected)


def test_a_filter_on_a_column_with_statistics_hides_no_row(grown, make):
    dataset = DeltaTable(grown / "articles").to_pyarrow_dataset()
    late = pc.field("effective_at") >= make.T0 + timedelta(days=1)
    rows = dataset.to_table(columns=["effective_at"]).filter(late).num_rows
    assert dataset.to_table(filter=late).num_rows == rows > 0
