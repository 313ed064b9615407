from datetime import timedelta

import pytest
from rows import NOW

from schemas.feed import Feed, FeedState
from transforms.polling import due_feeds

HOUR = timedelta(hours=1)
ONE, TWO, OTHER = (
    Feed(url) for url in ("http://a.example/1", "http://a.example/2", "http://b.example/1")
)
FEEDS = [ONE, TWO, OTHER]


def sorted_out(state, now=NOW, **options):
    return due_feeds(FEEDS, {ONE.url: state}, now, **options)


def test_a_feed_that_was_never_polled_is_due():
    assert due_feeds(FEEDS, {}, NOW) == (FEEDS, [], [], [])


def test_a_feed_is_not_asked_before_it_is_due_unless_all_are():
    state = FeedState(next_poll_at=NOW + HOUR)
    assert sorted_out(state) == ([TWO, OTHER], [], [ONE], [])
    assert sorted_out(state, NOW + HOUR).due == FEEDS
    assert sorted_out(state, ask_all=True).due == FEEDS


def test_a_run_that_starts_seconds_early_does_not_miss_a_feed():
    assert sorted_out(FeedState(next_poll_at=NOW + timedelta(seconds=29))).due == FEEDS
    assert sorted_out(FeedState(next_poll_at=NOW + timedelta(seconds=31))).not_due == [ONE]


@pytest.mark.parametrize(("code", "why"), [(None, "not_due"), ("http_503", "resting")])
def test_what_the_server_asked_for_is_kept_to_the_second(code, why):
    until = NOW + timedelta(seconds=1)
    state = FeedState(next_poll_at=until, rest_until=until, code=code)
    assert getattr(sorted_out(state), why) == [ONE]
    assert sorted_out(state, until).due == FEEDS


def test_a_retry_after_is_kept_by_who_asks_for_all():
    state = FeedState(rest_until=NOW + timedelta(seconds=1), code="http_503")
    assert sorted_out(state, ask_all=True).resting == [ONE]


def test_who_asks_for_all_may_ask_for_a_fresh_answer_again():
    assert sorted_out(FeedState(rest_until=NOW + HOUR), ask_all=True).due == FEEDS


@pytest.mark.parametrize("ask_all", [False, True])
def test_after_a_429_the_whole_host_is_left_alone_and_after_a_503_the_feed(ask_all):
    state = FeedState(rest_until=NOW + HOUR, code="http_429")
    assert sorted_out(state, ask_all=ask_all) == ([OTHER], [ONE, TWO], [], [])
    state = state._replace(code="http_503")
    assert sorted_out(state, ask_all=ask_all) == ([TWO, OTHER], [ONE], [], [])


def test_the_host_is_that_which_is_asked():
    moved = FeedState(rest_until=NOW + HOUR, code="http_429", ask_url="http://b.example/new")
    assert sorted_out(moved).due == [TWO]


def test_a_retired_feed_is_asked_only_with_all_others():
    gone = FeedState(code="http_410", repeated=3, repeated_since=NOW - 24 * HOUR)
    assert sorted_out(gone) == ([TWO, OTHER], [], [], [ONE])
    assert sorted_out(gone, ask_all=True).due == FEEDS
    assert sorted_out(gone._replace(repeated=2)).due == FEEDS
