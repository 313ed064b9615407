import os
from datetime import timedelta

import pytest
from deltalake import DeltaTable

from transforms.tables import commit_pass, compact, open_dataset, sweep, verify

DAY = timedelta(days=1)


def age(path, hours):
    then = path.stat().st_mtime - hours * 3600
    os.utime(path, (then, then))


def age_all(output, hours):
    for path in output.rglob("*.parquet"):
        age(path, hours)


def test_a_file_that_nobody_committed_goes_after_a_day(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run))
    (orphan,) = make.write(tmp_path, run, [make.article("b", run)])
    path = tmp_path / "articles" / orphan.path
    age_all(tmp_path, 23)
    assert sweep(str(tmp_path), make.T0) == []
    age_all(tmp_path, 2)
    assert sweep(str(tmp_path), make.T0) == [f"articles/{orphan.path}"]
    assert not path.exists()
    assert open_dataset(str(tmp_path), "articles").count_rows() == 1
    assert list(tmp_path.rglob(".clock*")) == []


def test_a_file_in_flight_survives_and_is_committed(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run))
    files = make.write(tmp_path, run, [make.article("b", run)])
    assert sweep(str(tmp_path), make.T0 + 30 * DAY) == []
    assert commit_pass(str(tmp_path), run, files, {make.key("b")}).articles == 1


def test_replaced_files_stay_for_seven_days(tmp_path, make):
    for name in "ab":
        run = make.run(name)
        make.commit(tmp_path, run, make.article(name, run))
    pinned = open_dataset(str(tmp_path), "articles")
    compact(str(tmp_path), make.T0 + DAY)
    age_all(tmp_path, 24 * 30)
    assert sweep(str(tmp_path), make.T0 + 7 * DAY) == []
    assert pinned.to_table(["title"]).num_rows == 2
    assert len(sweep(str(tmp_path), make.T0 + 8 * DAY)) == 2
    assert open_dataset(str(tmp_path), "articles").count_rows() == 2
    assert verify(str(tmp_path)).problems == ()


def test_removals_are_known_from_checkpoints_too(tmp_path, make):
    for name in "ab":
        run = make.run(name)
        make.commit(tmp_path, run, make.article(name, run))
    compact(str(tmp_path), make.T0 + DAY)
    table = DeltaTable(tmp_path / "articles")
    table.create_checkpoint()
    for path in (tmp_path / "articles" / "_delta_log").glob("*.json"):
        if int(path.stem) < table.version():
            path.unlink()
    age_all(tmp_path / "articles" / "ingest_date=2026-01-01", 24 * 30)
    assert sweep(str(tmp_path), make.T0 + DAY) == []
    assert open_dataset(str(tmp_path), "articles").to_table(["text"]).num_rows == 2


def test_stale_temporary_files_go_and_foreign_files_stay(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run))
    folder = tmp_path / "articles" / "ingest_date=2026-01-01"
    log = tmp_path / "articles" / "_delta_log"
    stale = [folder / ".part-x.parquet.abc.tmp", log / "_commit_1.json.tmp"]
    foreign = [folder / "notes.txt", tmp_path / "articles" / "mine.parquet"]
    for path in (*stale, *foreign):
        path.write_text("x")
        age(path, 48)
    found = sweep(str(tmp_path), make.T0)
    assert sorted(found) == sorted(str(p.relative_to(tmp_path)) for p in stale)
    assert all(path.exists() for path in foreign)


def test_old_versions_of_the_log_are_dropped_and_the_table_stays_whole(tmp_path, make):
    for i in range(4):
        run = make.run(f"run-{i}")
        make.commit(tmp_path, run, make.article(i, run))
    DeltaTable(tmp_path / "articles").create_checkpoint()
    log = tmp_path / "articles" / "_delta_log"
    for path in log.iterdir():
        age(path, 24 * 8)
    run = make.run("last")
    make.commit(tmp_path, run, make.article("last", run))
    age_all(tmp_path / "articles" / "ingest_date=2026-01-01", 24 * 30)
    assert sweep(str(tmp_path), make.T0) == []
    assert [path.stem[-2:] for path in sorted(log.glob("*.json"))] == ["04", "05"]
    assert open_dataset(str(tmp_path), "articles").count_rows() == 5
    assert verify(str(tmp_path)).problems == ()


def test_nothing_is_swept_where_there_is_nothing(tmp_path, make):
    assert sweep(str(tmp_path / "nowhere"), make.T0) == []
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(ValueError, match="min_age_h"):
        sweep(str(tmp_path), make.T0, -1)
