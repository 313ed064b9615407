from datetime import datetime, timezone

import pytest

from transforms.polling.skips import after_skips, skip_text

FRIDAY_NOON = datetime(2026, 11, 20, 12, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("hours", "days", "skip"),
    [
        ((), (), None),
        ((23, 0), (), "0 23"),
        ((1,), (6, 0), "1 Monday Sunday"),
        (range(24), (5,), "Saturday"),
        (range(24), range(7), None),
    ],
)
def test_hours_and_days_to_skip_are_kept_as_words(hours, days, skip):
    assert skip_text(hours, days) == skip


@pytest.mark.parametrize(
    ("skip", "expected"),
    [
        (None, (20, 12, 30)),
        ("11", (20, 12, 30)),
        ("12", (20, 13, 0)),
        ("12 13 14", (20, 15, 0)),
        ("Friday", (21, 0, 0)),
        ("0 Friday Saturday", (22, 1, 0)),
    ],
)
def test_a_poll_waits_for_the_end_of_what_is_to_be_skipped(skip, expected):
    at = after_skips(skip, FRIDAY_NOON)
    assert (at.day, at.hour, at.minute) == expected
