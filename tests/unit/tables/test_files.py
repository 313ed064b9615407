import json
import pickle
from datetime import timezone

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.arrow import file_schema
from transforms.tables import TableError, TableWriter, open_dataset


def test_a_file_is_cut_when_it_is_full(tmp_path, make):
    run = make.run()
    writer = TableWriter(str(tmp_path), "articles", run, max_rows=2)
    files = [writer.add(make.article(name, run)) for name in "abc"]
    assert [file.rows if file else None for file in files] == [None, 2, None]
    assert writer.flush().rows == 1
    assert writer.flush() is None
    long = TableWriter(str(tmp_path), "articles", run, max_bytes=1000)
    assert long.add(make.article("d", run, text="word " * 200)).rows == 1


def test_a_file_is_sorted_and_says_who_wrote_it(tmp_path, make):
    run = make.run()
    times = [make.T0.replace(hour=hour) for hour in (5, 1, 3)]
    (file,) = make.write(tmp_path, run, [make.article(t.hour, run, at=t) for t in times])
    assert pickle.loads(pickle.dumps(file)) == file
    assert file.path.startswith("ingest_date=2026-01-01/part-run-1-")
    with pq.ParquetFile(tmp_path / "articles" / file.path) as found:
        assert found.read()["effective_at"].to_pylist() == sorted(times)
        assert found.schema_arrow.equals(file_schema("articles"))
        about = found.metadata.metadata
        first = found.metadata.row_group(0)
    assert about == {
        b"schema_version": b"4",
        b"run_id": b"run-1",
        b"producer": b"communique 0.1.0",
    }
    assert first.column(0).compression == "UNCOMPRESSED"
    assert first.column(10).compression == "ZSTD"
    assert file.size == (tmp_path / "articles" / file.path).stat().st_size
    assert not list(tmp_path.rglob(".*"))


def test_row_groups_have_ten_thousand_rows(tmp_path, make):
    run = make.run()
    writer = TableWriter(str(tmp_path), "polls", run, max_rows=20_001)
    for i in range(20_001):
        file = writer.add(make.poll(f"https://{i}.example/", run))
    footer = pq.read_metadata(tmp_path / "polls" / file.path)
    assert [footer.row_group(i).num_rows for i in range(3)] == [10_000, 10_000, 1]


def test_a_bloom_filter_is_written_for_the_ids(tmp_path, make):
    run = make.run()
    (file,) = make.write(tmp_path, run, [make.article("a", run)])
    path = tmp_path / "articles" / file.path
    found = duckdb.execute(
        "select path_in_schema from parquet_metadata(?) where bloom_filter_offset is not null",
        [str(path)],
    )
    assert found.fetchall() == [("article_id",)]


def test_a_row_that_does_not_fit_is_named(tmp_path, make):
    run = make.run()
    writer = TableWriter(str(tmp_path), "articles", run)
    writer.add(make.article("a", run))
    writer.add(make.article("b", run, word_count="many"))
    with pytest.raises(TableError, match=make.key("b")):
        writer.flush()


def test_a_writer_refuses_what_cannot_be_a_file_name(tmp_path, make):
    run = make.run("../up")
    writer = TableWriter(str(tmp_path), "polls", run)
    writer.add(make.poll("u", run))
    with pytest.raises(ValueError, match="run_id"):
        writer.flush()
    with pytest.raises(ValueError, match="no table 'pools'"):
        TableWriter(str(tmp_path), "pools", run)


def test_a_disk_that_refuses_leaves_no_file_and_is_named(tmp_path, make):
    (tmp_path / "polls").write_text("in the way")
    with pytest.raises(TableError, match=r"cannot write .*polls.*choose another --output"):
        make.write(tmp_path, make.run(), [make.poll("u", make.run())])


TIMES = st.datetimes(timezones=st.just(timezone.utc))  # the years 1 to 9999
ROWS = st.lists(
    st.tuples(TIMES, st.integers(-(2**63), 2**63 - 1), st.booleans(), st.floats(), st.text("é😀")),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, deadline=None)
@given(rows=ROWS)
def test_every_row_is_found_through_every_flat_column(rows, tmp_path_factory, make):
    output = tmp_path_factory.mktemp("out")
    articles = []
    for i, (time, count, flag, score, text) in enumerate(rows):
        run = make.run(f"run-{i}")  # several files, so that there is something to prune
        row = make.article(
            i, run, at=time, fetched_at=time, word_count=count, diplomatic=flag,
            diplomatic_score=score, outlet=text, published_at=time if flag else None,
            taxonomy_version=text or None, http_status=count if flag else None,
        )  # fmt: skip
        articles.append(row)
        make.commit(output, run, row)
    dataset = open_dataset(str(output), "articles")
    lazy = pl.scan_delta(str(output / "articles"))
    for row in articles:
        for field in file_schema("articles"):
            value = getattr(row, field.name)
            if isinstance(value, tuple) or value != value:  # noqa: PLR0124  (NaN)
                continue
            is_it = ds.field(field.name).is_null() if value is None else (
                ds.field(field.name) == pa.scalar(value)
            )  # fmt: skip
            found = dataset.to_table(["article_id"], filter=is_it)
            assert row.article_id in found["article_id"].to_pylist(), field.name
        for name in ("effective_at", "word_count", "run_id"):
            found = lazy.filter(pl.col(name) == getattr(row, name)).select("article_id").collect()
            assert row.article_id in found["article_id"].to_list(), name


def test_statistics_are_those_of_the_columns_that_are_never_null(tmp_path, make):
    run = make.run()
    rows = [make.article("a", run), make.article("b", run, at=make.T0, word_count=9)]
    (file,) = make.write(tmp_path, run, rows)
    stats = json.loads(file.stats)
    assert stats["numRecords"] == 2
    assert stats["minValues"]["effective_at"] == "2026-01-01T11:00:00.000000Z"
    assert stats["maxValues"]["effective_at"] == "2026-01-01T12:00:00.000000Z"
    assert (stats["minValues"]["word_count"], stats["maxValues"]["word_count"]) == (4, 9)
    names = {"version", "first_seen_at", "effective_at", "fetched_at", "word_count",
             "is_paywalled", "run_id", "diplomatic"}  # fmt: skip
    assert set(stats["minValues"]) == set(stats["maxValues"]) == set(stats["nullCount"]) == names


def test_a_column_that_is_never_null_is_not_written_as_null(tmp_path, make):
    run = make.run()
    writer = TableWriter(str(tmp_path), "articles", run)
    writer.add(make.article("a", run, effective_at=None))
    with pytest.raises(TableError, match=f"{make.key('a')}.*has no effective_at"):
        writer.flush()
