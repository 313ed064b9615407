"""LiveRun: the run of a stream, which has no one start."""

from datetime import datetime

from schemas.run import Run
from transforms.web.client import utc_now


class LiveRun(Run):
    """A run that starts whenever it is looked at.

    So a stream's entries are seen, and its failures are due, by the time of their own bundle. The
    id is a placeholder: each flush brings its own.
    """

    __slots__ = ()

    @property
    def started_at(self) -> datetime:
        """Now, in UTC."""
        return utc_now()


def live_run(version: str) -> LiveRun:
    """The run of a stream of this version of the program."""
    return LiveRun("stream", utc_now(), version)
