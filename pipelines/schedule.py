"""`--every`: when the next run starts."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_LOOK_S = 0.2


def repeat(every_s: float | None, stop: Callable[[], bool], say: "Console") -> Iterator[int]:
    """Yield once, or every `every_s` seconds until `stop()`: 1, 2, 3, ...

    The time counts from start to start. A run that takes longer is followed at once by the next
    one, and the starts it overran are left out.
    """
    number, start = 1, time.monotonic()
    yield number
    while every_s is not None and not stop():
        start = max(start + every_s, time.monotonic())
        wait_s = start - time.monotonic()
        at = datetime.now(timezone.utc) + timedelta(seconds=wait_s)
        say.print(f"Next run at {at:%H:%M:%S} UTC. Ctrl-C ends.", highlight=False)
        while time.monotonic() < start:
            if stop():
                return
            time.sleep(_LOOK_S)
        number += 1
        yield number
