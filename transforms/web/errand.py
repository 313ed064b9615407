"""An errand: one request on its way through turns, tries and redirects."""

import asyncio

from schemas.errors import RowError
from transforms.web.exchange import Request
from transforms.web.links import Link


class Errand:
    """What one request carries along. `room` is the room for its answer; None if it needs none."""

    def __init__(self, request: Request, link: Link, room: asyncio.Semaphore | None = None) -> None:
        self.request = request
        self.link = link
        self.room = room
        self.total_s = 0.0
        """Seconds left of the current try."""
        self.is_sending = False
        """An exchange is under way: a stop lets it finish."""
        self.is_stopped = False
        self.task: asyncio.Task[None] | None = None
        self.has_left = asyncio.Event()
        """The host where it began is free for the next: it is done, or was sent elsewhere."""

    def check(self) -> None:
        """Raises: RowError("interrupted") if the run was stopped."""
        if self.is_stopped:
            raise RowError("interrupted", "the run was stopped before this request was through")
