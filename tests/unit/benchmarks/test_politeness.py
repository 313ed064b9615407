"""An hour's share of the politeness simulation: the real policy and client, a clock that jumps."""

from functools import cache

import pytest

from benchmarks.politeness.plot import picture
from benchmarks.politeness.simulate import report, simulate


@cache
def morning():
    return simulate(hosts=60, feeds=300, hours=6, every_s=300.0, seed=2)


def test_nothing_is_asked_before_its_time():
    watch = morning().watch
    assert not watch.violations, watch.examples
    assert {"429", "503", "no connection"} <= watch.answers.keys()  # there was something to break


def test_a_host_never_sees_two_requests_at_once():
    assert morning().watch.most_in_flight == 1


def test_no_more_than_a_thousandth_of_the_entries_is_lost():
    outcome = morning()
    assert outcome.published > 1000
    assert outcome.rolling > 0
    assert outcome.lost <= outcome.published / 1000


def test_entries_are_read_within_half_an_hour_on_average():
    delays = morning().delays_s
    assert sum(delays) / len(delays) < 1800


def test_the_simulated_hosts_notice_who_asks_too_early():
    impatient = simulate(hosts=10, feeds=50, hours=1, every_s=60.0, ask_all=True)
    assert impatient.watch.violations["max-age"] > 0


def test_the_figures_can_be_read_and_drawn():
    outcome = morning()
    assert "violations: " in report("when due", outcome)
    hosts = list(outcome.watch.by_host.values())
    svg = picture({"a <b>": outcome.delays_s}, {"a <b>": hosts})
    assert svg.startswith("<svg")
    assert "a &lt;b&gt;" in svg


@pytest.mark.parametrize("seed", [3, 4])
def test_the_same_numbers_give_the_same_day(seed):
    days = [simulate(hosts=5, feeds=20, hours=1, every_s=300.0, seed=seed) for _ in range(2)]
    assert days[0].delays_s == days[1].delays_s
    assert days[0].watch.requests == days[1].watch.requests
