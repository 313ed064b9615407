import sys

import pytest

from pipelines.commands.run import Poll, _usual_poll


@pytest.mark.parametrize(
    ("terminal", "every", "sample", "expected"),
    [
        (True, None, False, Poll.all),
        (True, "15m", False, Poll.due),
        (False, None, False, Poll.due),
        (False, "15m", False, Poll.due),
        (False, None, True, Poll.all),
        (None, None, False, Poll.due),
    ],
)
def test_who_starts_a_run_by_hand_asks_all_feeds_and_who_comes_again_those_that_are_due(
    monkeypatch, terminal, every, sample, expected
):
    class Stdin:
        def isatty(self):
            return terminal

    monkeypatch.setattr(sys, "stdin", Stdin() if terminal is not None else None)
    assert _usual_poll(every, sample=sample) is expected
