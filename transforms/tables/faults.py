"""Fault points: where a test may have this process killed, or the disk refuse, on the way to a row.

`COMMUNIQUE_FAULT=<point>` in the environment makes the process end itself with SIGKILL when it
reaches that point, as a power cut or `kill -9` would; `<point>=<action>` does something else there:

- `kill`: SIGKILL
- `eio`, `enospc`: the OSError of a bad or a full disk, each time
- `eio_once`: the same the first time only, as an answer that got lost would look

The points, in the order of a run:

- `before_publish`: a Parquet file is whole, but still has its temporary name
- `after_write`: a Parquet file has its final name, no log names it
- `written:<table>`: the same for one table, so that the bundle that made its rows is at stake
- `before_commit:<table>`, `after_commit:<table>`: around the commit of a pass to that table
- `before_compaction_commit`, `after_compaction_commit`: around the commit of one partition
- `before_sweep`: before the first file is deleted
- `before_export_rename`: the export is whole, but still has its temporary name
"""

import errno
import os
import signal

VARIABLE = "COMMUNIQUE_FAULT"

TABLES = ("articles", "failures", "entries", "polls")
COMMIT_POINTS = tuple(f"{when}_commit:{table}" for table in TABLES for when in ("before", "after"))
RUN_POINTS = ("before_publish", "after_write", *COMMIT_POINTS)
"""Those that a run passes; upkeep and export have the others."""

_ERRORS = {"eio": errno.EIO, "eio_once": errno.EIO, "enospc": errno.ENOSPC}
_happened: set[str] = set()


def reach(point: str) -> None:
    """Does what the environment asks for at `point`: nothing, as a rule. Raises: OSError."""
    asked = os.environ.get(VARIABLE)
    if asked is None or not asked.startswith(point):
        return
    where, _, action = asked.partition("=")
    if where != point or asked in _happened:
        return
    if action in _ERRORS:
        if action == "eio_once":
            _happened.add(asked)
        raise OSError(_ERRORS[action], os.strerror(_ERRORS[action]))
    os.kill(os.getpid(), signal.SIGKILL)
