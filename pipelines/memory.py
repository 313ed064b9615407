"""Where a process that runs again and again takes its memory from."""

import ctypes
import os

_POOL = "ARROW_DEFAULT_MEMORY_POOL"
_M_ARENA_MAX = -8
_ARENAS = 2


def keep_memory_flat() -> None:
    """Let Arrow allocate with malloc, and malloc from two arenas. Before pyarrow is imported.

    Each run has threads of its own. Arrow's mimalloc keeps what each of them has freed, and glibc
    gives up to eight per core an arena of 5 MB: over the first ten runs of benchmarks/day the
    anonymous memory grew by 5 MB a run; with this it grew by less than 1. What the
    environment says goes first. Worker processes inherit the pool. Source: mallopt(3), M_ARENA_MAX.
    """
    os.environ.setdefault(_POOL, "system")
    if "MALLOC_ARENA_MAX" in os.environ or os.name != "posix":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc alone has it
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
