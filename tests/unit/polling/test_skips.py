from datetime import datetime, timezone

import pytest

from transforms.polling import skips_of
from transforms.polling.skips import after_skips

FRIDAY_NOON = datetime(2026, 11, 20, 12, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("body", "skip"),
    [
        ("<skipHours><hour>0</hour><hour> 23 </hour></skipHours>", "0 23"),
        ("<skipHours>\n<hour>24</hour>\n</skipHours>", "0"),
        ("<skipDays><day>sunday</day><day>Monday</day></skipDays>", "Monday Sunday"),
        (
            "<skipDays><day>Sunday</day></skipDays><skipHours><hour>1</hour></skipHours>",
            "1 Sunday",
        ),
        ("<skipHours><hour>25</hour><hour>noon</hour></skipHours>", None),
        ("<skipDays><day>Holiday</day></skipDays>", None),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", None),
        ("<skipHours><hour>1</hour>", None),
        ("<item/>", None),
    ],
)
def test_skipped_hours_and_days_are_read_from_the_document(body, skip):
    assert skips_of(f"<rss><channel>{body}</channel></rss>".encode()) == skip


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
