from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pytest
from deltalake import DeltaTable, Field, write_deltalake

from schemas import arrow
from schemas.article import has_whole_text
from transforms.tables import (
    History,
    TableError,
    commit_pass,
    compact,
    connect,
    log,
    open_dataset,
    verify,
)


def test_a_column_is_added_before_the_first_file_that_has_it(tmp_path, make, newer_schema):
    run = make.run()
    make.commit(tmp_path, run, make.poll("https://old.example/", run))
    newer_schema()
    later = make.run("later")
    make.commit(tmp_path, later, make.article("a", later))
    assert "server" in [f.name for f in DeltaTable(tmp_path / "polls").schema().fields]
    found = open_dataset(str(tmp_path), "polls").to_table()
    assert found["server"].to_pylist() == [None]
    assert verify(str(tmp_path)).problems == ()


def test_two_processes_may_add_it_at_once(tmp_path, make, newer_schema):
    run = make.run()
    make.commit(tmp_path, run, make.poll("https://old.example/", run))
    newer_schema()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: log.prepare(str(tmp_path)), range(4)))
    names = [f.name for f in DeltaTable(tmp_path / "polls").schema().fields]
    assert names.count("server") == 1


def test_old_and_new_files_are_compacted_together(tmp_path, make, newer_schema):
    for name in ("one", "two"):
        run = make.run(name)
        make.commit(tmp_path, run, make.poll("https://old.example/", run))
    newer_schema()
    log.prepare(str(tmp_path))
    (done,) = compact(str(tmp_path), make.T0.replace(day=2), ["polls"])
    assert (done.rows, done.files_after) == (2, 1)
    assert open_dataset(str(tmp_path), "polls").to_table()["server"].null_count == 2


def test_a_table_of_a_newer_program_is_refused(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run))
    DeltaTable(tmp_path / "articles").alter.add_columns([Field("stance", "string")])
    with pytest.raises(TableError, match=r"stance.*upgrade communique"):
        make.commit(tmp_path, run, make.article("b", run))
    assert open_dataset(str(tmp_path), "articles").count_rows() == 1


@pytest.mark.parametrize("partition_by", [None, "ingest_date"])
def test_a_table_that_is_not_ours_is_refused(tmp_path, make, partition_by):
    schema = arrow.table_schema("articles")
    if partition_by:
        schema = schema.set(1, pa.field("version", pa.string()))
    DeltaTable.create(str(tmp_path / "articles"), schema, partition_by=partition_by)
    with pytest.raises(TableError, match="choose another --output"):
        commit_pass(str(tmp_path), make.run(), [], [])


def test_tables_are_made_once_however_many_make_them(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: log.prepare(str(tmp_path)), range(8)))
    for table in arrow.ROWS:
        handle = DeltaTable(tmp_path / table)
        assert handle.version() == 0
        assert handle.metadata().configuration["delta.logRetentionDuration"] == "interval 7 days"


def articles_of_version_3(output, make):
    """A table without `text_stored`, as version 3 wrote it."""
    names = [n for n in arrow.file_schema("articles").names if n != "text_stored"]
    rows = arrow.record_batch("articles", [make.article("a", make.run())])
    day = pa.array([make.T0.date()], pa.date32())
    table = pa.table([*rows.select(names).columns, day], names=[*names, "ingest_date"])
    write_deltalake(output / "articles", table, partition_by=["ingest_date"])


def test_articles_of_schema_version_3_read_as_whole(tmp_path, make):
    articles_of_version_3(tmp_path, make)
    for _ in range(2):
        (row,) = connect(str(tmp_path)).sql("select text, text_stored from latest").fetchall()
        assert (row[0], has_whole_text(row[1])) == ("Envoys of a met.", True)
        problems = "\n".join(verify(str(tmp_path)).problems)
        assert "content_sha256" not in problems
        log.prepare(str(tmp_path))
    assert verify(str(tmp_path)).problems == ()


def test_polls_of_schema_version_1_give_a_state(tmp_path, make):
    """They had no column after `next_poll_at`."""
    names = [name for name, _, _ in arrow.columns(arrow.ROWS["polls"])]
    old = pa.schema(
        [arrow.file_schema("polls").field(n) for n in names[: names.index("next_poll_at") + 1]]
    )
    rows = arrow.record_batch("polls", [make.poll("https://old.example/", make.run())])
    day = pa.array([make.T0.date()], pa.date32())
    table = pa.table([*rows.select(old.names).columns, day], names=[*old.names, "ingest_date"])
    write_deltalake(tmp_path / "polls", table, partition_by=["ingest_date"])
    for _ in range(2):
        (state,) = History(str(tmp_path)).feed_states(make.T0).values()
        assert (state.etag, state.polled_before, state.failures_in_row) == ('"1"', True, 0)
        log.prepare(str(tmp_path))
