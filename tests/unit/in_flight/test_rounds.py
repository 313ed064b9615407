from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from schemas.entry import Entry, OfferedEntry
from schemas.failure import Failure
from schemas.feed import FeedState
from schemas.poll import Poll
from schemas.run import Run
from transforms.in_flight import (
    HANDED_FOR,
    Round,
    complete_rounds,
    flush_of,
    not_forgotten,
    open_round,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
RUN = Run("stream", NOW, "1.0")


def poll(feed="https://a.example/feed", minute=0, new_entries=0):
    at = NOW + timedelta(minutes=minute)
    return Poll(
        feed, "stream", at, "fetched", None, 200, None, '"e"', None, None, 2, new_entries, 0,
        False, 10, 5, None,
    )  # fmt: skip


def entry(name):
    return Entry(
        name, f"key-{name}", f"https://a.example/{name}", "https://a.example/feed", name, name,
        None, None, None, None, (), None, None, None, None, NOW,
    )  # fmt: skip


def failure(article_id, attempt=1):
    return Failure(
        article_id, "https://a.example/x", "https://a.example/feed", None, "fetch_articles",
        "http_410", "gone", 410, attempt, None, True, NOW, "stream",
    )  # fmt: skip


def round_of(feed, minute, *waits_for, new_entries=0):
    return Round(poll(feed, minute, new_entries), (), (), frozenset(waits_for))


def test_a_round_waits_for_the_entries_that_nobody_has_settled():
    opened, entries = open_round(
        poll(), [entry("new"), entry("seen")], [], FeedState(), {"key-new"}, {"new"}, RUN
    )
    assert entries == [entry("new")]
    assert opened.waits_for == {"new"}
    assert [row.entry_key for row in opened.offered] == ["key-new"]
    assert opened.poll.new_entries == 1
    assert opened.poll.next_poll_at is not None


def test_a_round_is_complete_once_its_items_are_settled():
    waiting = round_of("https://a.example/feed", 0, "x", "y")
    assert complete_rounds([waiting], {"x"}) == ([], [waiting])
    assert complete_rounds([waiting], {"x", "y"}) == ([waiting], [])


def test_a_later_poll_is_not_believed_before_the_items_of_an_earlier_one_are_settled():
    first = round_of("https://a.example/feed", 0, "x")
    not_modified = round_of("https://a.example/feed", 5)
    other = round_of("https://b.example/feed", 6)
    assert complete_rounds([not_modified, other, first], ()) == ([other], [first, not_modified])


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.sets(st.integers(0, 5)))))
def test_no_round_gets_lost_or_doubled(found):
    rounds = [round_of(feed, minute, *map(str, ids)) for feed, minute, ids in found]
    complete, waiting = complete_rounds(rounds, {"0", "1", "2"})
    assert sorted(map(repr, complete + waiting)) == sorted(map(repr, rounds))


def test_a_flush_is_one_run_and_every_row_carries_it():
    offered = OfferedEntry(
        "key-x", "https://a.example/feed", "x", "x", "https://a.example/x", "x", None, NOW, "stream"
    )
    whole = Round(poll(), (offered,), (failure(None),), frozenset({"x"}))
    flush = flush_of([failure("x")], [whole], NOW, "1.0")
    assert {table: len(rows) for table, rows in flush.rows.items()} == {
        "articles": 0,
        "failures": 2,
        "entries": 1,
        "polls": 1,
    }
    assert {row.run_id for rows in flush.rows.values() for row in rows} == {flush.run.run_id}
    assert flush.admitted == ["x"]


def test_the_same_flush_is_the_same_run():
    flushes = [flush_of([failure(i) for i in ids], [], NOW, "1.0") for ids in ("xy", "yx", "xz")]
    first, again, other = (flush.run.run_id for flush in flushes)
    assert first == again != other


def test_a_flush_has_one_row_an_item_and_it_is_the_latest_attempt():
    flush = flush_of([failure("x", 2), failure("x", 1)], [], NOW, "1.0")
    assert [row.attempt for row in flush.rows["failures"]] == [2]


def test_polls_of_one_feed_become_its_latest_with_the_new_entries_of_all():
    rounds = [round_of("https://a.example/feed", n, new_entries=n) for n in (1, 2)]
    (row,) = flush_of([], rounds, NOW, "1.0").rows["polls"]
    assert (row.polled_at, row.new_entries) == (NOW + timedelta(minutes=2), 3)


def test_what_was_handed_on_is_forgotten_after_an_hour():
    handed = {"old": NOW - HANDED_FOR, "new": NOW - HANDED_FOR + timedelta(seconds=1)}
    assert not_forgotten(handed, NOW).keys() == {"new"}
