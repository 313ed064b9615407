import json
from datetime import date, timedelta

import polars as pl
import pyarrow.dataset as ds
import pytest

from transforms.tables import TableError, connect, export, open_dataset


def fill(output, make):
    for day in range(3):
        run = make.run(f"run-{day}", make.T0 + timedelta(days=day))
        published = make.T0 - timedelta(days=day * 2)
        make.commit(
            output,
            run,
            make.article(f"{day}-a", run, at=published),
            make.article(f"{day}-b", run, at=make.T0),
            make.poll(make.FEED, run),
        )


def test_sql_sees_the_tables_and_the_latest_version(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run), make.article("b", run))
    make.commit(tmp_path, run, make.article("a", run, version=2, title="Talks, updated"))
    with connect(str(tmp_path)) as db:
        assert db.execute("select count(*) from articles").fetchone() == (3,)
        titles = db.execute("select title from latest order by title").fetchall()
        assert titles == [("Talks on b",), ("Talks, updated",)]
        when = "select title from articles where effective_at >= timestamptz '2026-01-01 12:00:00Z'"
        assert db.execute(when).fetchall() == []
        quotes = "select t.evidence[1].quote from latest, unnest(topics) as x(t)"
        assert db.execute(quotes).fetchall() == [("Envoys",), ("Envoys",)]
        assert db.execute("select count(*) from failures").fetchone() == (0,)
        assert db.execute("select distinct ingest_date from articles").fetchall() == [
            (date(2026, 1, 1),)
        ]


def test_tables_that_are_not_there_are_named(tmp_path):
    with pytest.raises(TableError, match="has no tables"):
        connect(str(tmp_path))
    with pytest.raises(TableError, match="there was no run"):
        open_dataset(str(tmp_path), "articles")
    with pytest.raises(ValueError, match="no table 'stories'"):
        open_dataset(str(tmp_path), "stories")


def test_an_export_has_one_sorted_file_for_each_day(tmp_path, make):
    fill(tmp_path / "news", make)
    target = tmp_path / "copy"
    done = export(str(tmp_path / "news"), target)
    assert done["articles"]["rows"] == 6
    assert done["articles"]["files"] == 3
    assert sorted(p.name for p in (target / "articles").iterdir()) == [
        "published_date=2025-12-28",
        "published_date=2025-12-30",
        "published_date=2026-01-01",
    ]
    assert [p.name for p in (target / "polls").iterdir()][:1] != []
    found = ds.dataset(target / "articles", partitioning="hive").to_table()
    original = open_dataset(str(tmp_path / "news"), "articles").to_table()
    columns = ["article_id", "text", "topics", "effective_at"]
    by_id = [("article_id", "ascending")]
    assert found.sort_by(by_id).select(columns) == original.sort_by(by_id).select(columns)
    assert pl.read_parquet(target / "articles" / "**" / "*.parquet").height == 6
    assert json.loads((target / "_export.json").read_text())["tables"] == done
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_an_export_by_ingest_date_keeps_the_partitions(tmp_path, make):
    fill(tmp_path / "news", make)
    done = export(str(tmp_path / "news"), tmp_path / "copy", "ingest_date", ["articles"])
    assert list(done) == ["articles"]
    found = ds.dataset(tmp_path / "copy" / "articles", partitioning="hive").to_table()
    assert sorted(found["ingest_date"].to_pylist()) == sorted(
        f"2026-01-0{day}" for day in (1, 1, 2, 2, 3, 3)
    )


def test_only_an_earlier_export_is_replaced(tmp_path, make):
    fill(tmp_path / "news", make)
    target = tmp_path / "copy"
    target.mkdir()
    export(str(tmp_path / "news"), target, tables=["polls"])
    export(str(tmp_path / "news"), target, tables=["articles"])
    assert sorted(p.name for p in target.iterdir()) == ["_export.json", "articles"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    with pytest.raises(TableError, match="is not an export of ours"):
        export(str(tmp_path / "news"), tmp_path / "mine")
    with pytest.raises(TableError, match="is not an export of ours"):
        export(str(tmp_path / "news"), tmp_path / "mine" / "thesis.txt")
    with pytest.raises(ValueError, match="by is 'topic'"):
        export(str(tmp_path / "news"), tmp_path / "x", "topic")


def test_an_export_that_fails_leaves_nothing(tmp_path, make):
    fill(tmp_path / "news", make)
    next((tmp_path / "news" / "articles").rglob("part-run-1*.parquet")).write_bytes(b"broken")
    with pytest.raises(TableError, match=r"cannot .*"):
        export(str(tmp_path / "news"), tmp_path / "copy")
    assert [p.name for p in tmp_path.iterdir()] == ["news"]
