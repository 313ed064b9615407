import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from deltalake import DeltaTable

from transforms.tables import (
    History,
    LedgerError,
    TableError,
    commit_pass,
    open_dataset,
    receipts,
    verify,
)


def column(output, table, name):
    return open_dataset(str(output), table).to_table([name])[name].to_pylist()


def test_a_pass_is_committed_with_its_account(tmp_path, make):
    run = make.run()
    rows = [
        make.article("a", run),
        make.article("b", run),
        make.failure("c", run),
        make.feed_failure("https://dead.example/", run),
        *(make.offered(name, run) for name in "abc"),
        make.poll(make.FEED, run),
    ]
    receipt = make.commit(tmp_path, run, *rows)
    assert receipt._asdict() == {
        "run_id": "run-1",
        "admitted": 3,
        "articles": 2,
        "failures": 1,
        "already_committed": 0,
        "entries": 3,
        "polls": 1,
        "failure_codes": {"http_503": 1, "http_500": 1},
        "feed_failures": 1,
        "duplicates": 0,
        "doubled": 0,
    }
    assert sorted(column(tmp_path, "articles", "article_id")) == sorted(map(make.key, "ab"))
    assert json.loads(json.dumps(receipt._asdict())) == receipt._asdict()
    assert verify(str(tmp_path)).problems == ()


def test_committing_the_same_files_again_changes_nothing(tmp_path, make):
    run = make.run()
    rows = [
        make.article("a", run),
        make.failure("b", run),
        make.feed_failure("https://dead.example/", run),
        make.offered("a", run),
        make.poll(make.FEED, run),
    ]
    files = make.write(tmp_path, run, rows)
    first = commit_pass(str(tmp_path), run, files, make.ids(rows))
    versions = [DeltaTable(tmp_path / t).version() for t in ("articles", "failures", "polls")]
    assert commit_pass(str(tmp_path), run, [*files, *files], make.ids(rows)) == first
    assert versions == [
        DeltaTable(tmp_path / t).version() for t in ("articles", "failures", "polls")
    ]


def test_a_table_without_rows_of_ours_gets_no_commit(tmp_path, make):
    make.commit(tmp_path, make.run(), make.article("a", make.run()))
    versions = {t: DeltaTable(tmp_path / t).version() for t in ("articles", "failures", "entries")}
    assert versions == {"articles": 1, "failures": 0, "entries": 0}


def test_a_retried_bundle_counts_once(tmp_path, make):
    run = make.run()
    rows = [make.article("a", run), make.article("b", run)]
    files = [*make.write(tmp_path, run, rows), *make.write(tmp_path, run, rows[:1])]
    receipt = commit_pass(str(tmp_path), run, files, make.ids(rows))
    assert (receipt.articles, receipt.doubled) == (2, 1)
    assert len(column(tmp_path, "articles", "article_id")) == 2


def test_what_another_run_committed_is_dropped_and_the_rest_rewritten(tmp_path, make):
    one, two = make.run("one"), make.run("two")
    make.commit(tmp_path, one, make.article("a", one), make.offered("a", one))
    receipt = make.commit(
        tmp_path,
        two,
        make.article("a", two),
        make.article("b", two),
        make.offered("a", two),
        make.offered("b", two),
    )
    assert (receipt.articles, receipt.already_committed, receipt.entries) == (1, 1, 1)
    assert sorted(column(tmp_path, "articles", "run_id")) == ["one", "two"]
    assert len(column(tmp_path, "entries", "entry_key")) == 2


def test_a_failure_whose_article_is_committed_is_dropped(tmp_path, make):
    one, two = make.run("one"), make.run("two")
    make.commit(tmp_path, one, make.article("a", one))
    receipt = make.commit(tmp_path, two, make.failure("a", two))
    assert (receipt.failures, receipt.already_committed) == (0, 1)
    assert column(tmp_path, "failures", "article_id") == []


def test_an_article_that_failed_for_good_elsewhere_is_dropped(tmp_path, make):
    one, two = make.run("one"), make.run("two")
    make.commit(tmp_path, one, make.failure("a", one, "http_404", retry_in=None))
    receipt = make.commit(tmp_path, two, make.article("a", two))
    assert (receipt.articles, receipt.already_committed) == (0, 1)


def test_a_retry_that_succeeds_leaves_both_rows(tmp_path, make):
    one, two = make.run("one"), make.run("two", make.T0 + timedelta(hours=2))
    make.commit(tmp_path, one, make.failure("a", one))
    receipt = make.commit(tmp_path, two, make.article("a", two))
    assert receipt.articles == 1
    assert verify(str(tmp_path)).facts["pending_retries"] == 0


def test_a_final_failure_is_never_dropped_for_one_that_may_be_retried(tmp_path, make):
    one, two = make.run("one"), make.run("two")
    make.commit(tmp_path, one, make.failure("a", one))
    files = make.write(tmp_path, two, [make.failure("a", two, "http_404", retry_in=None)])
    for _ in range(2):
        receipt = commit_pass(str(tmp_path), two, files, {make.key("a")})
        assert (receipt.failures, receipt.already_committed) == (1, 0)
    assert sorted(column(tmp_path, "failures", "attempt")) == [1, 2]
    assert History(str(tmp_path)).unseen([make.key("a")], make.T0 + timedelta(days=9)) == set()


@pytest.mark.parametrize(
    ("admitted", "names"),
    [("ab", "1 admitted without a row"), ("", "1 offered but not admitted")],
)
def test_an_account_that_does_not_add_up_commits_nothing(tmp_path, make, admitted, names):
    run = make.run()
    files = make.write(tmp_path, run, [make.article("a", run), make.poll(make.FEED, run)])
    with pytest.raises(LedgerError, match=names) as error:
        commit_pass(str(tmp_path), run, files, {make.key(name) for name in admitted})
    assert make.key("b" if admitted else "a") in str(error.value)
    assert not (tmp_path / "polls" / "_delta_log").exists()


def test_an_item_with_article_and_failure_breaks_the_ledger(tmp_path, make):
    run = make.run()
    with pytest.raises(LedgerError, match="1 offered more than once"):
        make.commit(tmp_path, run, make.article("a", run), make.failure("a", run))


def test_a_file_that_is_gone_or_cut_stops_the_commit(tmp_path, make):
    run = make.run()
    (file,) = make.write(tmp_path, run, [make.article("a", run)])
    path = tmp_path / "articles" / file.path
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(TableError, match="bytes, not"):
        commit_pass(str(tmp_path), run, [file], {make.key("a")})
    path.unlink()
    with pytest.raises(TableError, match="is missing"):
        commit_pass(str(tmp_path), run, [file], {make.key("a")})
    assert not (tmp_path / "articles" / "_delta_log").exists()


def test_two_committers_of_the_same_items_lose_and_double_nothing(tmp_path, make):
    runs = [make.run(f"run-{i}") for i in range(4)]
    offers = []
    for i, run in enumerate(runs):
        names = range(i * 2, i * 2 + 4)  # each shares half with the next
        rows = [make.article(n, run) for n in names] + [make.offered(n, run) for n in names]
        offers.append((run, make.write(tmp_path, run, rows), make.ids(rows)))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda offer: commit_pass(str(tmp_path), *offer), offers))
    assert sorted(column(tmp_path, "articles", "article_id")) == sorted(map(make.key, range(10)))
    assert sorted(column(tmp_path, "entries", "article_id")) == sorted(map(make.key, range(10)))
    assert sum(receipt.articles for receipt in found) == 10
    assert all(r.articles + r.already_committed == r.admitted for r in found)


def test_receipts_are_read_back_from_the_log(tmp_path, make):
    run, other = make.run(), make.run("other")
    first = make.commit(tmp_path, run, make.article("a", run), make.poll("https://a.example/", run))
    make.commit(tmp_path, other, make.article("x", other))
    second = make.commit(tmp_path, run, make.failure("b", run))
    assert receipts(str(tmp_path), "run-1") == [first, second]
    assert receipts(str(tmp_path), "none") == []
    assert receipts(str(tmp_path / "nowhere"), "run-1") == []


@pytest.mark.parametrize("path", ["file", "file/below"])
def test_an_output_that_is_a_file_is_named(tmp_path, make, path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TableError, match=r"file.*choose another --output"):
        make.commit(tmp_path / path, make.run(), make.article("a", make.run()))
    with pytest.raises(TableError, match="choose another --output"):
        commit_pass(str(tmp_path / path), make.run(), [], [])


def test_a_store_that_is_not_proven_is_refused_by_name():
    with pytest.raises(TableError, match="abfss:// cannot be written yet"):
        History("abfss://bucket/news").new_entry_keys(["0" * 32])
