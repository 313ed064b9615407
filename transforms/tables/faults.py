"""Fault points: where a test may have this process killed, as a power cut or `kill -9` would.

`COMMUNIQUE_FAULT=<step>` in the environment makes the process end itself with SIGKILL when it
reaches that step. The steps:

- `before_publish`: a Parquet file is whole, but still has its temporary name
- `after_write`: a Parquet file has its final name, no log names it
- `before_commit:<table>`, `after_commit:<table>`: around the commit of a pass to that table
- `before_compaction_commit`, `after_compaction_commit`: around the commit of one partition
- `before_sweep`: before the first file is deleted
- `before_export_rename`: the export is whole, but still has its temporary name
"""

import os
import signal

VARIABLE = "COMMUNIQUE_FAULT"


def reach(step: str) -> None:
    """Ends the process with SIGKILL if `step` is the one that the environment names."""
    if os.environ.get(VARIABLE) == step:
        os.kill(os.getpid(), signal.SIGKILL)
