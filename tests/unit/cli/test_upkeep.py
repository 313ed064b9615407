import json
import shutil

import pyarrow.dataset as ds
import pytest


@pytest.fixture
def own_tables(tables, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(tables, tmp_path / "news")


def test_sound_tables_verify_with_their_facts(communique, tables):
    answer = communique("verify", "-o", tables)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out
    found = json.loads(communique("verify", "-o", tables, "--json").out)
    assert found["ok"]
    assert found["problems"] == []
    assert found["facts"]


def test_a_lost_file_is_a_broken_promise(communique, own_tables):
    lost = next(own_tables.glob("articles/ingest_date=*/*.parquet"))
    lost.unlink()
    answer = communique("verify", "-o", own_tables)
    assert answer.status == 1
    assert lost.name in answer.err
    found = json.loads(communique("verify", "-o", own_tables, "--json").out)
    assert not found["ok"]


def test_an_export_is_plain_parquet(communique, tables, tmp_path):
    target = tmp_path / "copy"
    answer = communique("export", target, "-o", tables)
    assert answer.status == 0
    assert f"{target / 'articles'}: 1 rows, 1 files" in answer.out
    assert (target / "articles" / "published_date=2026-11-16").is_dir()
    rows = ds.dataset(target / "articles", partitioning="hive").to_table()
    assert rows["title"].to_pylist() == ["France and Tunisia sign a pact"]


def test_an_export_may_be_laid_out_by_day_of_the_run(communique, tables, tmp_path):
    communique("export", tmp_path / "copy", "-o", tables, "--by", "ingest_date")
    assert (tmp_path / "copy" / "articles" / "ingest_date=2026-11-17").is_dir()


def test_an_export_leaves_a_folder_of_yours_alone(communique, tables, tmp_path):
    (tmp_path / "mine").write_text("mine")
    answer = communique("export", tmp_path, "-o", tables)
    assert answer.status == 1
    assert str(tmp_path) in answer.err
    assert (tmp_path / "mine").read_text() == "mine"


def test_an_unknown_layout_is_bad_usage(communique, tables, tmp_path):
    assert communique("export", tmp_path / "copy", "-o", tables, "--by", "outlet").status == 2


def test_compaction_says_what_it_merged_and_then_that_nothing_is_left(communique, own_tables):
    first = communique("compact", "-o", own_tables)
    assert first.status == 0
    rows = communique("query", "SELECT count(*) FROM failures", "-o", own_tables)
    assert rows.out.splitlines()[1] == "4"
    second = communique("compact", "-o", own_tables)
    assert (second.status, second.out) == (0, "")
    assert "Nothing to do" in second.err


@pytest.mark.parametrize("command", ["verify", "compact"])
def test_upkeep_of_no_tables_says_so(communique, tmp_path, command):
    answer = communique(command, "-o", tmp_path / "none")
    assert (answer.status, answer.out) == (1, "")
    assert str(tmp_path / "none") in answer.err
