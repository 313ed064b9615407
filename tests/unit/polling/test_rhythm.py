from datetime import timedelta

import pytest
from rows import NOW, poll

from schemas.feed import FeedState
from transforms.polling import is_silent, rhythm_of
from transforms.polling.rhythm import observed

HOUR = timedelta(hours=1)


def hours(*ago):
    return [NOW - n * HOUR for n in ago]


def test_the_first_guess_is_the_rhythm_of_the_newer_half_of_a_document():
    assert rhythm_of(hours(0, 1, 2, 3, 40, 80), NOW) == 3600.0


@pytest.mark.parametrize(
    "published", [[], [None, None], hours(1), hours(1, 2), hours(1, 1, 1), hours(-3, -2, -1)]
)
def test_what_cannot_be_a_rhythm_is_none(published):
    assert rhythm_of(published, NOW) is None


def test_without_dates_the_second_poll_counts():
    state = FeedState(answered_at=NOW - HOUR, polled_before=True)
    assert observed(state, poll(new_entries=4)) == (900.0, 900.0)
    assert observed(state, poll(new_entries=0)) == (None, None)


def test_the_busiest_hour_is_believed_at_once_and_forgotten_slowly():
    state = FeedState(answered_at=NOW - HOUR, newest_at=NOW - HOUR, rhythm_s=3600, fastest_s=3600)
    busy = observed(state, poll(new_entries=6))
    assert busy.fastest_s == 600
    assert 1800 < busy.rhythm_s < 3600
    later = state._replace(rhythm_s=busy.rhythm_s, fastest_s=busy.fastest_s)
    assert observed(later, poll(new_entries=0)).fastest_s == pytest.approx(600, rel=0.01)


def test_where_nothing_was_left_of_the_last_document_more_came_than_is_seen():
    state = FeedState(answered_at=NOW - HOUR, newest_at=NOW - HOUR, rhythm_s=3600, fastest_s=3600)
    assert observed(state, poll(new_entries=6, gap_suspected=True)).fastest_s == 300


def test_a_silence_does_not_pass_for_a_slower_rhythm():
    state = FeedState(answered_at=NOW - HOUR, newest_at=NOW - 99 * HOUR, rhythm_s=3600)
    assert observed(state, poll(new_entries=0)).rhythm_s == 3600


def test_a_document_that_dates_all_by_the_second_it_was_made_is_seen_through_in_a_day():
    state = FeedState(answered_at=NOW, newest_at=NOW, rhythm_s=0.2, fastest_s=0.2)
    for hour in range(1, 25):
        at = NOW + hour * HOUR
        seen = observed(state, poll(new_entries=1, polled_at=at))
        state = state._replace(answered_at=at, newest_at=at, **seen._asdict())
    assert 1800 < state.rhythm_s <= 3600


@pytest.mark.parametrize(
    ("rhythm_s", "quiet_h", "silent"),
    [
        (300, 71, False),
        (300, 73, True),
        (86_400, 239, False),
        (86_400, 241, True),
        (None, 719, False),
        (None, 721, True),
    ],
)
def test_a_feed_is_silent_after_ten_times_its_rhythm_and_three_days(rhythm_s, quiet_h, silent):
    state = FeedState(newest_at=NOW - quiet_h * HOUR, rhythm_s=rhythm_s)
    assert is_silent(state, NOW) is silent
    assert not is_silent(FeedState(), NOW)
