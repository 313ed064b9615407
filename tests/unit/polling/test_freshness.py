from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.polling import fresh_for_s

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("control", "seconds"),
    [
        ("max-age=600", 600),
        ("public, max-age=600, must-revalidate", 600),
        ('Max-Age="600"', 600),
        ("s-maxage=600", 0),
        ("no-cache, max-age=600", 0),
        ("no-store, max-age=600", 0),
        ('no-cache="set-cookie", max-age=600', 0),
        ("max-age=31536000", 86_400),
        ("max-age=" + "9" * 5000, 86_400),
        ("max-age=-1", 0),
        ("max-age=soon", 0),
        ("max-age=60, max-age=600", 60),
        ("private", 0),
    ],
)
def test_cache_control_says_for_how_long_an_answer_is_fresh(control, seconds):
    assert fresh_for_s({"cache-control": control}, NOW) == seconds


def test_what_was_old_already_when_it_came_is_fresh_for_less():
    assert fresh_for_s({"cache-control": "max-age=600", "age": "450"}, NOW) == 150
    assert fresh_for_s({"cache-control": "max-age=600", "age": "700"}, NOW) == 0


@pytest.mark.parametrize(
    ("expires", "date", "seconds"),
    [
        ("Fri, 20 Nov 2026 12:10:00 GMT", None, 600),
        ("Fri, 20 Nov 2026 12:10:00 GMT", "Fri, 20 Nov 2026 12:05:00 GMT", 300),
        ("Fri, 20 Nov 2026 11:00:00 GMT", None, 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None, 86_400),
        ("0", None, 0),
        ("-1", "nonsense", 0),
    ],
)
def test_expires_counts_from_the_date_of_the_answer(expires, date, seconds):
    headers = {"expires": expires} | ({"date": date} if date else {})
    assert fresh_for_s(headers, NOW) == seconds


def test_max_age_wins_over_expires():
    headers = {"cache-control": "max-age=60", "expires": "Fri, 20 Nov 2026 13:00:00 GMT"}
    assert fresh_for_s(headers, NOW) == 60


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age"]), st.text()))
def test_any_header_gives_a_time_between_nothing_and_a_day(headers):
    assert 0 <= fresh_for_s(headers, NOW) <= timedelta(days=1).total_seconds()
