"""Worker processes write Beam's log, tracebacks included, to the stderr they inherit from us."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


@contextmanager
def quiet_workers(*, quiet: bool) -> Iterator[None]:
    """While the block runs, processes it starts have no stderr, but `sys.stderr` still does.

    What a worker fails with reaches us through the runner, and is told once.
    """
    if not quiet:
        yield
        return
    sys.stderr.flush()
    ours = os.dup(_STDERR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)
    inherited = sys.stderr
    sys.stderr = os.fdopen(ours, "w", buffering=1, encoding=inherited.encoding, closefd=False)
    try:
        yield
    finally:
        sys.stderr.flush()
        sys.stderr = inherited
        os.dup2(ours, _STDERR)
        os.close(ours)
