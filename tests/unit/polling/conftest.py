"""One feed on a simulated clock: each poll leaves the state that the next one finds."""

from datetime import timedelta

import pytest
from rows import NOW, poll

from schemas.feed import FeedState
from transforms.polling import next_poll, state_after


class Clock:
    """Polls a feed and keeps its state as the tables do."""

    def __init__(self, **known):
        self.now = NOW
        self.state = FeedState(**known)

    def wait(self, **time):
        self.now += timedelta(**time)
        return self

    def poll(self, **observed):
        row = next_poll(self.state, poll(polled_at=self.now, **observed), self.now)
        self.state = state_after(self.state, row)
        return row

    def fail(self, code, **observed):
        status = int(code[5:]) if code.startswith("http_") else None
        return self.poll(**{"outcome": "failed", "code": code, "http_status": status, **observed})

    def wait_of(self, row):
        """Minutes until the next poll."""
        return (row.next_poll_at - self.now).total_seconds() / 60


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def steady():
    """A feed of 20 entries that brings one every half hour, last polled half an hour ago."""
    past = NOW - timedelta(minutes=30)
    return Clock(
        polled_before=True, polled_at=past, answered_at=past, newest_at=past,
        rhythm_s=1800.0, fastest_s=1800.0, window=20,
    )  # fmt: skip
