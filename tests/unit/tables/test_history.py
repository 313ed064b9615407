import pickle
from datetime import timedelta

from schemas.feed import FeedState
from transforms.polling import next_poll, state_after
from transforms.tables import History, compact

HOUR = timedelta(hours=1)


def test_nothing_was_seen_where_there_are_no_tables(tmp_path, make):
    history = History(str(tmp_path))
    assert history.unseen({make.key("a")}, make.T0) == {make.key("a")}
    assert history.new_entry_keys([make.key("a")]) == {make.key("a")}
    assert history.feed_states(make.T0) == {}
    assert list(history.retry_due(make.T0)) == []
    assert pickle.loads(pickle.dumps(history)).output == str(tmp_path)


def test_an_article_is_seen_by_its_own_and_by_its_canonical_id(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run, canonical_id=make.key("canonical")))
    names = ("a", "canonical", "new")
    assert History(str(tmp_path)).unseen(map(make.key, names), make.T0) == {make.key("new")}


def test_a_failed_item_is_unseen_again_when_it_is_due(tmp_path, make):
    run = make.run()
    make.commit(
        tmp_path, run, make.failure("a", run), make.failure("b", run, "http_404", retry_in=None)
    )
    history = History(str(tmp_path))
    both = {make.key("a"), make.key("b")}
    assert history.unseen(both, make.T0 + HOUR / 2) == set()
    assert history.unseen(both, make.T0 + HOUR) == {make.key("a")}


def test_the_failure_with_the_largest_attempt_decides(tmp_path, make):
    one, two = make.run("one"), make.run("two", make.T0 + 2 * HOUR)
    make.commit(tmp_path, one, make.failure("a", one), make.failure("b", one))
    make.commit(
        tmp_path,
        two,
        make.failure("a", two, attempt=2, retry_in=6 * HOUR),
        make.failure("b", two, "http_410", attempt=2, retry_in=None),
    )
    history = History(str(tmp_path))
    both = {make.key("a"), make.key("b")}
    assert history.unseen(both, make.T0 + 3 * HOUR) == set()
    assert list(history.retry_due(make.T0 + 3 * HOUR)) == []
    assert history.unseen(both, make.T0 + 8 * HOUR) == {make.key("a")}
    assert [e.attempt for e in history.retry_due(make.T0 + 8 * HOUR)] == [3]


def test_due_entries_come_back_whole_with_their_next_attempt(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.failure("a", run), make.failure("b", run))
    later = make.run("later", make.T0 + HOUR)
    make.commit(tmp_path, later, make.article("b", later))
    (due,) = History(str(tmp_path)).retry_due(make.T0 + HOUR)
    assert due == make.entry("a", run)._replace(attempt=2)
    assert due.published_at.utcoffset() == timedelta(0)
    assert list(History(str(tmp_path)).retry_due(make.T0)) == []


def test_an_interrupted_item_is_due_at_once(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.failure("a", run, "interrupted", retry_in=timedelta(0)))
    assert [e.attempt for e in History(str(tmp_path)).retry_due(run.started_at)] == [2]


def test_an_entry_key_is_new_until_it_is_committed(tmp_path, make):
    run = make.run()
    row = make.offered("a", run)
    make.commit(tmp_path, run, row)
    keys = [row.entry_key, make.key("other")]
    assert History(str(tmp_path)).new_entry_keys(keys) == {make.key("other")}


def test_validators_are_those_of_the_newest_answer(tmp_path, make):
    url = "https://a.example/feed"
    for hours, changes in (
        (0, {"etag": '"old"', "body_sha256": "0" * 64}),
        (1, {"etag": '"new"', "last_modified": "then", "body_sha256": "1" * 64}),
        (2, {"outcome": "failed", "code": "http_503", "etag": None,
             "next_poll_at": make.T0 + 9 * HOUR, "failures_in_row": 1, "rhythm_s": 600.0}),
    ):  # fmt: skip
        run = make.run(f"run-{hours}", make.T0 + hours * HOUR)
        make.commit(tmp_path, run, make.poll(url, run, **changes))
    never = make.run("never", make.T0 + 3 * HOUR)
    dead = make.poll("https://dead.example/", never, outcome="failed", code="dns_failed", etag=None)
    make.commit(tmp_path, never, dead)
    expected = {
        url: FeedState(
            '"new"',
            "then",
            "1" * 64,
            make.T0 + 9 * HOUR,
            True,
            make.T0 + 2 * HOUR,
            make.T0 + HOUR,
            "http_503",
            rhythm_s=600.0,
            failures_in_row=1,
        ),
        "https://dead.example/": FeedState(polled_at=make.T0 + 3 * HOUR, code="dns_failed"),
    }
    assert History(str(tmp_path)).feed_states(make.T0 + 3 * HOUR) == expected
    compact(str(tmp_path), make.T0 + timedelta(days=1))
    assert History(str(tmp_path)).feed_states(make.T0 + timedelta(days=45)) == expected
    assert History(str(tmp_path)).feed_states(make.T0 + timedelta(days=46)) == {}


def test_needles_are_found_in_any_kind_of_column(make):
    import pyarrow as pa

    from transforms.tables.lookup import Needles

    ids = [make.key(i) for i in range(1000)]
    wanted = Needles(ids[::100])
    assert wanted.find(pa.array(ids)) == list(range(0, 1000, 100))
    assert wanted.find(pa.array(ids).slice(150, 100)) == [50]
    assert wanted.find(pa.array(["short", None, ids[100], ids[1]])) == [2]
    assert Needles(["a", "b"]).find(pa.array(["x", "b", None])) == [1]
    assert Needles([]).find(pa.array(ids)) == []


def test_retries_that_wait_are_told_with_their_time_unless_their_article_came(tmp_path, make):
    one, two = make.run("one"), make.run("two", make.T0 + timedelta(minutes=1))
    rows = [make.failure("a", one), make.failure("b", one, retry_in=timedelta(hours=2))]
    make.commit(tmp_path, one, *rows, make.failure("c", one, "http_404", retry_in=None))
    history = History(str(tmp_path))
    assert history.retries_waiting(make.T0) == [rows[0].retry_at, rows[1].retry_at]
    assert history.retries_waiting(make.T0 + timedelta(hours=1)) == [rows[1].retry_at]
    make.commit(tmp_path, two, make.article("b", two))
    assert history.retries_waiting(make.T0 + timedelta(hours=1)) == []
    assert History(str(tmp_path / "nothing")).retries_waiting(make.T0) == []


def test_the_tables_give_back_the_state_that_the_policy_left(tmp_path, make):
    url, state = "https://a.example/feed", FeedState()
    for hours, changes in enumerate((
        {"window": 9, "rhythm_s": 60.0, "newest_at": make.T0, "skip": "1", "moved_to": url + "/b"},
        {"outcome": "failed", "code": "http_410", "rest_until": make.T0 + 9 * HOUR},
        {"outcome": "not_modified", "new_entries": 0, "refresh_s": 60.0},
    )):  # fmt: skip
        run = make.run(f"run-{hours}", make.T0 + hours * HOUR)
        row = next_poll(state, make.poll(url, run, **changes), run.started_at)
        make.commit(tmp_path, run, row)
        state = state_after(state, row)
        assert History(str(tmp_path)).feed_states(run.started_at) == {url: state}
