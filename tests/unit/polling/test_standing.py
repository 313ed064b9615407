from datetime import timedelta

import pytest
from rows import NOW

from transforms.polling import is_retired

OLD, NEW = "http://one.example/feed", "https://one.example/new"
OTHER = "https://parked.example/feed"


def test_a_move_is_believed_after_three_equal_answers_over_a_day(clock):
    clock.poll(moved_to=NEW)
    clock.wait(hours=1).poll(moved_to=NEW)
    row = clock.wait(hours=1).poll(moved_to=NEW)
    assert (row.ask_url, row.repeated, row.moved_to) == (None, 3, NEW)
    row = clock.wait(hours=22).poll(moved_to=NEW)
    assert (row.ask_url, row.repeated, row.moved_to) == (NEW, None, None)
    assert NEW in row.note
    row = clock.wait(hours=1).poll()
    assert (row.ask_url, NEW in row.note) == (NEW, True)


def test_two_answers_over_two_days_are_not_enough(clock):
    clock.poll(moved_to=NEW)
    assert clock.wait(days=2).poll(moved_to=NEW).ask_url is None


def test_another_address_or_none_starts_the_count_again(clock):
    clock.poll(moved_to=NEW)
    clock.wait(hours=20).poll(moved_to="http://one.example/maintenance")
    assert clock.wait(hours=20).poll(moved_to=NEW).repeated == 1
    assert clock.wait(hours=20).poll().repeated is None


def test_an_outage_between_does_not(clock):
    clock.poll(moved_to=NEW)
    clock.wait(hours=12).fail("http_503")
    clock.wait(hours=1).poll(moved_to=NEW)
    assert clock.wait(hours=12).poll(moved_to=NEW).ask_url == NEW


def test_a_move_to_another_domain_is_noted_and_not_followed(clock):
    for _ in range(3):
        row = clock.wait(hours=13).poll(moved_to=OTHER)
    assert (row.ask_url, row.moved_to) == (None, OTHER)
    assert OTHER in row.note
    assert "another domain" in row.note


def test_if_the_new_address_stops_to_work_the_listed_one_is_asked_again(clock):
    for _ in range(3):
        clock.wait(hours=13).poll(moved_to=NEW)
    assert clock.wait(hours=1).fail("http_503").ask_url == NEW
    row = clock.wait(hours=1).fail("http_404")
    assert (row.ask_url, NEW in row.note) == (None, True)


def test_a_feed_is_retired_after_three_times_410_over_a_day(clock):
    clock.poll()
    for hours in (0, 1, 2):
        row = clock.wait(hours=hours).fail("http_410")
    assert not is_retired(clock.state, clock.now)
    assert row.next_poll_at is not None
    row = clock.wait(hours=21).fail("http_410")
    assert is_retired(clock.state, clock.now)
    assert (row.next_poll_at, row.note[:8]) == (None, "retired:")


@pytest.mark.parametrize("code", ["http_503", "http_404"])
def test_anything_else_between_starts_the_count_of_410_again(clock, code):
    clock.fail("http_410")
    clock.wait(hours=12).fail("http_410")
    clock.wait(hours=1).fail(code)
    row = clock.wait(hours=12).fail("http_410")
    assert row.repeated == 1
    assert not is_retired(clock.state, clock.now)


def test_a_retired_feed_that_answers_again_is_back(clock):
    for _ in range(3):
        clock.wait(hours=13).fail("http_410")
    row = clock.wait(days=1).poll(new_entries=1)
    assert (row.note, row.repeated) == (None, None)
    assert row.next_poll_at > NOW
    assert row.next_poll_at - clock.now <= timedelta(hours=1)
