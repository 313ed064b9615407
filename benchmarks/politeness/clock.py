"""An event loop whose clock jumps: what waits for a day is through in no time."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import datetime, timedelta, timezone
from typing import Any

START = datetime(2026, 11, 16, tzinfo=timezone.utc)
"""A Monday, 00:00 UTC, at 0.0 s of the loop's clock."""


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Runs callbacks in the order of their times, and never sleeps.

    `time()` begins at 0.0 s and moves only when nothing is left to do before the next timer. So
    code that asks the loop for the time, and waits by it, runs as it is.
    """

    def __init__(self) -> None:
        self.now_s = 0.0
        super().__init__(_JumpingSelector(self))

    def time(self) -> float:
        return self.now_s

    @property
    def now(self) -> datetime:
        """The simulated time of day."""
        return START + timedelta(seconds=self.now_s)


class _JumpingSelector(selectors.SelectSelector):
    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("the simulation waits for something that will never happen")
        self._loop.now_s += max(timeout, 0.0)
        return super().select(0)


def run(work: Any) -> Any:
    """The result of `work(loop)`, a coroutine, on a new simulated loop."""
    loop = SimulatedLoop()
    try:
        coroutine: Coroutine[Any, Any, Any] = work(loop)
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
