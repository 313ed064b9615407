"""The model of a large stream agrees with itself, with the page that shows it, and with the soak."""

from pathlib import Path

import pytest

from benchmarks.streaming.plot import PANELS, picture
from benchmarks.streaming.scale import CASES, Assumed, Measured, model, table

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_shows_the_table_of_the_model():
    assert table(CASES) in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_hosts_in_flight_are_the_requests_that_wait_for_an_answer():
    found = model(Assumed(feeds=0, articles_a_day=86_400, answer_s=2.0), Measured())
    assert found["hosts_in_flight"] == pytest.approx(2.0)  # Little's law: one a second, two seconds


def test_twice_the_days_are_twice_as_dear_to_look_into():
    once = model(Assumed(days_kept=10), Measured())
    twice = model(Assumed(days_kept=20), Measured())
    assert twice["look_s"] == pytest.approx(2 * once["look_s"])
    assert twice["state_mb"] == pytest.approx(once["state_mb"])  # state does not know the tables


def test_looks_never_take_more_than_a_core_a_shard():
    assert model(Assumed(shards=3), Measured())["lookup_cores"] == 3


def test_the_picture_has_a_line_for_each_number_of_each_panel():
    sample = {
        "mb": [[300, 40]],
        "latency_s_p50": 20.0,
        "latency_s_p95": None,
        "parquet_files": 9,
        "log_files": 10,
        "signs": {"poll 0": {"state_bytes": 2000}, "fetch 0": {"state_bytes": 1000}},
    }
    drawn = picture([{"s": s, **sample} for s in (0, 60, 120)])
    assert drawn.count("<polyline") == 2 * len(PANELS)
    assert all(panel.title in drawn for panel in PANELS)
