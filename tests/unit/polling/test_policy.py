from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import NOW, poll

from schemas.feed import FeedState
from transforms.polling import CEILING_S, FLOOR_S, next_poll

SAME = {"outcome": "not_modified", "http_status": 304, "window": None}


def test_a_feed_of_unknown_rhythm_is_asked_again_after_a_quarter_of_an_hour(clock):
    assert clock.wait_of(clock.poll(window=20)) == 15


def test_a_feed_is_asked_at_its_own_rhythm(steady):
    assert steady.wait_of(steady.poll(new_entries=1, window=20)) == pytest.approx(21.2, abs=0.1)


@pytest.mark.parametrize(("rhythm_s", "minutes"), [(10, 5), (900, 15), (3600, 30), (20_000, 60)])
def test_the_rhythm_is_kept_between_five_minutes_and_an_hour(clock, rhythm_s, minutes):
    row = clock.poll(window=1000, rhythm_s=rhythm_s, newest_at=NOW)
    assert clock.wait_of(row) == minutes


@pytest.mark.parametrize(("days", "hours"), [(1, 1), (4, 2), (40, 20), (400, 24)])
def test_a_quiet_feed_is_asked_less_often_but_daily(clock, days, hours):
    quiet = NOW - timedelta(days=days)
    assert clock.wait_of(clock.poll(rhythm_s=36_000, newest_at=quiet)) == hours * 60


def test_a_rolling_feed_is_asked_before_a_third_of_it_is_replaced(clock):
    row = clock.poll(window=15, rhythm_s=120.0, newest_at=NOW, refresh_s=3600.0)
    assert clock.wait_of(row) == 10


def test_a_document_that_asks_for_rest_gets_it_where_nothing_is_lost_by_it(clock):
    row = clock.poll(window=100, rhythm_s=600.0, newest_at=NOW, refresh_s=7200.0)
    assert clock.wait_of(row) == 120
    row = clock.wait(hours=2).poll(**SAME)
    assert clock.wait_of(row) == pytest.approx(120)


def test_a_document_cannot_ask_for_more_than_a_day(clock):
    assert clock.wait_of(clock.poll(refresh_s=1e9, newest_at=NOW)) == CEILING_S / 60


@pytest.mark.parametrize(("window", "minutes"), [(1000, 180), (60, 100)])
def test_skipped_hours_are_kept_unless_something_would_be_lost(clock, window, minutes):
    row = clock.poll(window=window, rhythm_s=300.0, newest_at=NOW, skip="12 13 14")
    assert clock.wait_of(row) == minutes


def test_a_fresh_answer_is_not_asked_for_again_even_where_entries_may_be_lost(clock):
    until = NOW + timedelta(hours=3)
    row = clock.poll(window=5, rhythm_s=60.0, newest_at=NOW, rest_until=until)
    assert row.next_poll_at == until


def test_failures_wait_longer_and_longer_but_no_short_outage_costs_more_than_an_hour(steady):
    waits = []
    for _ in range(7):
        row = steady.fail("http_500")
        waits.append(steady.wait_of(row))
        steady.now = row.next_poll_at
    assert waits == [5, 10, 20, 40, 60, 60, 60]
    assert steady.wait_of(steady.poll(new_entries=2, window=20)) < 60
    assert steady.state.failures_in_row == 0


def test_a_feed_that_fails_for_weeks_is_asked_daily_and_never_given_up(steady):
    for _ in range(100):
        row = steady.fail("connect_timeout")
        steady.now = row.next_poll_at
    assert (row.failures_in_row, row.rhythm_s) == (100, 1800.0)
    assert (row.next_poll_at - NOW).days < 100


def test_what_will_not_pass_soon_is_asked_hourly_at_first(steady):
    assert steady.wait_of(steady.fail("http_404")) == 60
    assert steady.wait_of(steady.fail("not_a_feed", http_status=200)) == 120


def test_retry_after_makes_the_wait_longer_never_shorter(steady):
    until = NOW + timedelta(hours=2)
    assert steady.fail("http_503", rest_until=until).next_poll_at == until
    soon = NOW + timedelta(seconds=10)
    assert steady.wait_of(steady.fail("http_503", rest_until=soon)) == 10


def test_a_429_that_names_no_time_rests_a_quarter_of_an_hour(steady):
    row = steady.fail("http_429")
    assert row.rest_until == row.next_poll_at == NOW + timedelta(minutes=15)


def test_a_feed_that_was_not_asked_since_its_host_rests_has_not_failed(steady):
    until = NOW + timedelta(minutes=2)
    row = steady.fail("http_429", http_status=None, rest_until=until)
    assert (row.failures_in_row, row.next_poll_at) == (0, until)


TIMES = st.integers(-(10**7), 10**7).map(lambda s: NOW + timedelta(seconds=s))
SECONDS = st.none() | st.floats(0.01, 1e8)


@given(
    rhythm_s=SECONDS,
    refresh_s=SECONDS,
    window=st.none() | st.integers(0, 5000),
    newest_at=st.none() | TIMES,
    rest_until=st.none() | TIMES,
    answered_at=st.none() | TIMES,
    new_entries=st.integers(0, 5000),
    skip=st.sampled_from([None, "0 1 2", "Friday Saturday"]),
    code=st.sampled_from([None, "http_410", "http_429", "http_503", "dns_failed"]),
    failures_in_row=st.integers(0, 10_000),
)
def test_whatever_is_observed_the_next_poll_keeps_the_limits(
    rhythm_s, refresh_s, window, newest_at, rest_until, answered_at, new_entries, skip, code,
    failures_in_row,
):  # fmt: skip
    state = FeedState(answered_at=answered_at, rhythm_s=rhythm_s, failures_in_row=failures_in_row)
    row = poll(
        outcome="failed" if code else "fetched", code=code, rest_until=rest_until, window=window,
        refresh_s=refresh_s, rhythm_s=rhythm_s, newest_at=newest_at, new_entries=new_entries,
        skip=skip,
    )  # fmt: skip
    after = next_poll(state, row, NOW)
    assert after.next_poll_at >= NOW + timedelta(seconds=FLOOR_S)
    assert after.rest_until is None or after.next_poll_at >= after.rest_until
    latest = max(rest_until or NOW, NOW + timedelta(seconds=CEILING_S))
    assert after.next_poll_at <= latest
