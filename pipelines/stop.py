"""A stop that every worker sees: the run finishes what it has in hand, commits, and ends."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType


class StopFile:
    """True once the file is there. A file, because workers may be other processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> bool:
        """Whether the run should stop."""
        return self.path.exists()

    def ask(self) -> None:
        """Ask every worker to stop."""
        self.path.parent.mkdir(parents=True, exist_ok=True)  # /tmp may have been swept
        self.path.touch()


@contextmanager
def stop_on_signals() -> Iterator[StopFile]:
    """A stop that SIGINT and SIGTERM ask for. A second signal ends the process at once.

    For the main thread alone: Python delivers signals there.
    """
    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        stop = StopFile(Path(folder) / "stop")

        def on_signal(number: int, _frame: FrameType | None) -> None:
            if stop():
                os._exit(128 + number)
            stop.ask()

        before = {number: signal.signal(number, on_signal) for number in _SIGNALS}
        try:
            yield stop
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)
