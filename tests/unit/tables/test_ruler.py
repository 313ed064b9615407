"""One table, one taxonomy and model: what may be added, and what is recorded of a change."""

from datetime import timedelta

import pytest
from deltalake import DeltaTable

from transforms.tables import (
    BreakError,
    Ruler,
    TableError,
    breaks,
    compact,
    keep_ruler,
    prepare_tables,
    rulers,
    verify,
)
from transforms.tables import ruler as of_ruler

OLD = Ruler("1.0.0+aaaaaaaa", "1+aaaaaaaa")
NEW = Ruler("2.0.0+bbbbbbbb", "1+aaaaaaaa")
HOUR = timedelta(hours=1)


def keep(output, ruler, at, *, accept_break=False):
    return keep_ruler(str(output), ruler, at, accept_break=accept_break)


def add(make, output, name, ruler, of=None):
    """Commits one article that the ruler tagged."""
    of = of or make.run(f"run-{name}")
    make.commit(output, of, make.article(name, of, **ruler._asdict()), make.offered(name, of))


def recorded(output):
    return [(record.since, record.ruler, record.accepted) for record in rulers(str(output))]


def log_version(output):
    return DeltaTable(str(output / "articles")).version()


def test_a_new_output_takes_the_first_ruler_and_records_it(tmp_path, make):
    assert keep(tmp_path, OLD, make.T0) is None
    assert recorded(tmp_path) == [(make.T0, OLD, False)]


def test_the_same_ruler_again_writes_nothing(tmp_path, make):
    keep(tmp_path, OLD, make.T0)
    before = log_version(tmp_path)
    assert keep(tmp_path, OLD, make.T0 + HOUR, accept_break=True) is None
    add(make, tmp_path, "a", OLD)
    assert keep(tmp_path, OLD, make.T0 + HOUR) is None
    assert log_version(tmp_path) == before + 1


def test_a_table_without_rows_takes_another_ruler_without_a_break(tmp_path, make):
    keep(tmp_path, OLD, make.T0)
    assert keep(tmp_path, NEW, make.T0 + HOUR) is None
    assert recorded(tmp_path) == [(make.T0 + HOUR, NEW, False)]


@pytest.mark.parametrize("other", [NEW, Ruler(OLD.taxonomy_version, "2+cccccccc")])
def test_another_taxonomy_or_model_is_refused_with_both_and_the_ways_out(tmp_path, make, other):
    keep(tmp_path, OLD, make.T0)
    add(make, tmp_path, "a", OLD)
    before = log_version(tmp_path)
    with pytest.raises(BreakError) as refused:
        keep(tmp_path, other, make.T0 + HOUR)
    for part in (str(tmp_path), str(OLD), str(other), "--accept-break", "--output", "--taxonomy"):
        assert part in str(refused.value)
    assert log_version(tmp_path) == before


def test_an_accepted_break_is_recorded_and_outlives_upkeep(tmp_path, make):
    keep(tmp_path, OLD, make.T0)
    add(make, tmp_path, "a", OLD)
    found = keep(tmp_path, NEW, make.T0 + HOUR, accept_break=True)
    assert found == (make.T0 + HOUR, OLD, NEW, True)
    add(make, tmp_path, "b", NEW)
    compact(str(tmp_path), make.T0 + timedelta(days=9))
    DeltaTable(str(tmp_path / "articles")).create_checkpoint()
    for entry in tmp_path.glob("articles/_delta_log/*.json"):
        entry.unlink()  # as the clean-up of an old log does
    assert breaks(rulers(str(tmp_path))) == (found,)
    assert verify(str(tmp_path)).problems == ()
    assert verify(str(tmp_path)).facts["ruler_breaks"] == 1


def test_the_way_back_is_a_break_as_well(tmp_path, make):
    keep(tmp_path, OLD, make.T0)
    add(make, tmp_path, "a", OLD)
    keep(tmp_path, NEW, make.T0 + HOUR, accept_break=True)
    with pytest.raises(BreakError):
        keep(tmp_path, OLD, make.T0 + 2 * HOUR)
    keep(tmp_path, OLD, make.T0 + 2 * HOUR, accept_break=True)
    assert [record.ruler for record in rulers(str(tmp_path))] == [OLD, NEW, OLD]


def test_a_table_without_a_record_gets_it_from_its_rows(tmp_path, make):
    later = make.run("run-2", make.T0 + HOUR)
    add(make, tmp_path, "a", OLD)
    add(make, tmp_path, "b", NEW, later)
    assert recorded(tmp_path) == []
    with pytest.raises(BreakError, match=r"2\.0\.0"):
        keep(tmp_path, OLD, make.T0 + 2 * HOUR)
    assert keep(tmp_path, NEW, make.T0 + 2 * HOUR) is None
    assert recorded(tmp_path) == [(make.T0, OLD, False), (make.T0 + HOUR, NEW, False)]


def test_rows_that_no_program_tagged_have_a_ruler_of_their_own(tmp_path, make):
    add(make, tmp_path, "a", Ruler(None, None))
    with pytest.raises(BreakError, match="taxonomy None, model None"):
        keep(tmp_path, OLD, make.T0 + HOUR)


def test_a_pass_with_another_ruler_than_the_recorded_one_is_not_committed(tmp_path, make):
    keep(tmp_path, OLD, make.T0)
    add(make, tmp_path, "a", OLD)
    with pytest.raises(TableError, match="nothing of this pass was committed"):
        add(make, tmp_path, "b", NEW)
    found = verify(str(tmp_path))
    assert (found.problems, found.facts["articles.rows"]) == ((), 1)
    assert found.facts["entries.rows"] == 1


def test_a_run_that_takes_an_empty_table_over_keeps_the_rows_of_the_other_out(tmp_path, make):
    keep(tmp_path, OLD, make.T0)
    keep(tmp_path, NEW, make.T0)
    with pytest.raises(TableError, match="another run came first"):
        add(make, tmp_path, "a", OLD)


def test_a_commit_in_between_is_looked_at_again(tmp_path, make, monkeypatch):
    prepare_tables(str(tmp_path))
    write = of_ruler._record

    def after_another(output, handle, records):
        monkeypatch.setattr(of_ruler, "_record", write)
        add(make, tmp_path, "a", OLD)
        return write(output, handle, records)

    monkeypatch.setattr(of_ruler, "_record", after_another)
    with pytest.raises(BreakError):
        keep(tmp_path, NEW, make.T0 + HOUR)
    assert recorded(tmp_path) == []


def test_verify_names_rows_whose_ruler_is_in_no_record(tmp_path, make):
    keep(tmp_path, OLD, make.T0)
    add(make, tmp_path, "a", OLD)
    record(tmp_path, '[{"since": "2026-01-01T12:00:00+00:00", "taxonomy_version": "2.0.0+bbbbbbbb",'
                     ' "model_version": "1+aaaaaaaa", "accepted": false}]')  # fmt: skip
    (problem,) = verify(str(tmp_path)).problems
    assert problem.startswith("articles: no record of the table names their ruler (1: taxonomy 1.")


@pytest.mark.parametrize("written", ["nonsense", "[1]", '[{"since": "yesterday"}]'])
def test_a_damaged_record_is_an_error_that_says_what_to_do(tmp_path, make, written):
    prepare_tables(str(tmp_path))
    record(tmp_path, written)
    with pytest.raises(TableError, match=of_ruler.PROPERTY):
        rulers(str(tmp_path))
    assert any(of_ruler.PROPERTY in line for line in verify(str(tmp_path)).problems)


def record(output, written):
    handle = DeltaTable(str(output / "articles"))
    handle.alter.set_table_properties({of_ruler.PROPERTY: written}, raise_if_not_exists=False)


def test_there_is_no_ruler_where_there_are_no_tables(tmp_path):
    assert rulers(str(tmp_path)) == ()
