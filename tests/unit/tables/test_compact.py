import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from transforms.tables import TableError, commit_pass, compact, open_dataset, verify
from transforms.tables import compact as compact_function
from transforms.tables.log import active_files, open_table

DAY = timedelta(days=1)


def fill(output, make, runs=5, rows=3):
    for i in range(runs):
        run = make.run(f"run-{i}")
        names = [f"{i}-{n}" for n in range(rows)]
        at = [make.T0 - timedelta(minutes=(7 * (i + n * runs)) % 60) for n in range(rows)]
        make.commit(
            output,
            run,
            *(make.article(name, run, at=t) for name, t in zip(names, at, strict=True)),
            *(make.offered(name, run) for name in names),
        )


def rows_of(output, table="articles"):
    found = open_dataset(str(output), table).to_table()
    return sorted(found.to_pylist(), key=lambda row: row.get("entry_key", row.get("article_id")))


def test_a_closed_day_becomes_one_sorted_file(tmp_path, make):
    fill(tmp_path, make)
    before = rows_of(tmp_path)
    done = compact(str(tmp_path), make.T0 + DAY)
    assert [(c.table, c.ingest_date, c.files_before, c.files_after, c.rows) for c in done] == [
        ("articles", "2026-01-01", 5, 1, 15),
        ("entries", "2026-01-01", 5, 1, 15),
    ]
    assert rows_of(tmp_path) == before
    (file,) = active_files(open_table(str(tmp_path), "articles"))
    with pq.ParquetFile(tmp_path / "articles" / file.path) as found:
        times = found.read()["effective_at"].to_pylist()
    assert times == sorted(times)
    assert verify(str(tmp_path)).problems == ()
    assert compact(str(tmp_path), make.T0 + DAY) == []


def test_today_is_left_alone(tmp_path, make):
    fill(tmp_path, make, runs=2)
    assert compact(str(tmp_path), make.T0 + timedelta(hours=3)) == []
    assert compact(str(tmp_path / "nowhere"), make.T0 + DAY) == []
    assert len(compact(str(tmp_path), make.T0 + DAY, ["entries"])) == 1


def test_a_reader_of_an_older_version_still_reads(tmp_path, make):
    fill(tmp_path, make)
    pinned = open_dataset(str(tmp_path), "articles")
    compact(str(tmp_path), make.T0 + DAY)
    assert pinned.count_rows() == 15
    assert pinned.to_table(["title"]).num_rows == 15


def test_two_compactions_at_once_double_nothing(tmp_path, make):
    fill(tmp_path, make)
    before = rows_of(tmp_path)
    barrier = threading.Barrier(3)

    def work(_):
        barrier.wait()
        return compact(str(tmp_path), make.T0 + DAY)

    with ThreadPoolExecutor(3) as pool:
        done = [c for found in pool.map(work, range(3)) for c in found]
    assert rows_of(tmp_path) == before
    assert sorted(c.table for c in done) == ["articles", "entries"]
    assert verify(str(tmp_path)).problems == ()


def test_a_stale_compaction_is_refused_and_starts_over(tmp_path, make, monkeypatch):
    fill(tmp_path, make)
    before = rows_of(tmp_path)
    merge, raced = compact_function.__globals__["_merge"], []

    def merge_while_another_one_commits(*args):
        written = merge(*args)
        if not raced:
            raced.append(True)
            compact(str(tmp_path), make.T0 + DAY)
        return written

    monkeypatch.setitem(compact_function.__globals__, "_merge", merge_while_another_one_commits)
    assert compact(str(tmp_path), make.T0 + DAY, ["articles"]) == []
    assert rows_of(tmp_path) == before
    assert len(list((tmp_path / "articles").rglob("part-compacted-*"))) == 1


def test_a_commit_during_a_compaction_is_kept(tmp_path, make, monkeypatch):
    fill(tmp_path, make)
    merge, committed = compact_function.__globals__["_merge"], []

    def merge_while_a_run_commits(output, table, files):
        written = merge(output, table, files)
        if not committed:
            late = make.run("late")
            committed.append(make.commit(tmp_path, late, make.article("late", late)))
        return written

    monkeypatch.setitem(compact_function.__globals__, "_merge", merge_while_a_run_commits)
    done = compact(str(tmp_path), make.T0 + DAY, ["articles"])
    assert [c.rows for c in done] == [15, 16]
    assert len(rows_of(tmp_path)) == 16
    assert len(active_files(open_table(str(tmp_path), "articles"))) == 1


def test_a_pass_that_raced_with_a_compaction_commits_once(tmp_path, make):
    fill(tmp_path, make)
    run = make.run("again")
    rows = [make.article(f"0-{n}", run) for n in range(3)] + [make.article("new", run)]
    files = make.write(tmp_path, run, rows)
    compact(str(tmp_path), make.T0 + DAY)
    receipt = commit_pass(str(tmp_path), run, files, make.ids(rows))
    assert (receipt.articles, receipt.already_committed) == (1, 3)
    assert len(rows_of(tmp_path)) == 16


def test_a_lost_row_stops_the_compaction(tmp_path, make):
    fill(tmp_path, make, runs=2)
    file = active_files(open_table(str(tmp_path), "articles"))[0]
    path = tmp_path / "articles" / file.path
    pq.write_table(pq.ParquetFile(path).read().slice(1), path)
    version = DeltaTable(tmp_path / "articles").version()
    with pytest.raises(TableError, match="the log says 6 rows, the files have 5"):
        compact(str(tmp_path), make.T0 + DAY)
    assert DeltaTable(tmp_path / "articles").version() == version
    assert list((tmp_path / "articles").rglob("part-compacted-*")) == []


def test_big_days_become_several_files_in_order(tmp_path, make, monkeypatch):
    for i in range(4):
        run = make.run(f"run-{i}")
        times = [make.T0 - timedelta(minutes=(7 * (i + n * 4)) % 60) for n in range(4)]
        texts = [random.Random(i * 4 + n).randbytes(5000).hex() for n in range(4)]
        names = [f"{i}-{n}" for n in range(4)]
        rows = zip(names, times, texts, strict=True)
        make.commit(tmp_path, run, *(make.article(n, run, at=t, text=x) for n, t, x in rows))
    monkeypatch.setitem(compact_function.__globals__, "TARGET_BYTES", 60_000)
    monkeypatch.setattr("transforms.tables.parquet.ROW_GROUP", 4)
    monkeypatch.setattr("transforms.tables.merge._MIN_BATCH", 2)
    monkeypatch.setattr("transforms.tables.merge.ROWS_IN_MEMORY", 8)
    before = rows_of(tmp_path)
    (done,) = compact(str(tmp_path), make.T0 + DAY, ["articles"])
    assert (done.files_before, done.files_after) == (4, 2)
    assert rows_of(tmp_path) == before
    files = active_files(open_table(str(tmp_path), "articles"), ("effective_at",))
    spans = sorted((f.low["effective_at"], f.high["effective_at"]) for f in files)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert compact(str(tmp_path), make.T0 + DAY, ["articles"]) == []


def test_more_files_than_may_be_open_take_several_rounds(tmp_path, make, monkeypatch):
    fill(tmp_path, make, runs=7)
    monkeypatch.setitem(compact_function.__globals__, "MAX_STREAMS", 3)
    before = rows_of(tmp_path)
    done = compact(str(tmp_path), make.T0 + DAY, ["articles"])
    assert [c.files_before for c in done] == [3, 3, 3]
    assert len(active_files(open_table(str(tmp_path), "articles"))) == 1
    assert rows_of(tmp_path) == before
