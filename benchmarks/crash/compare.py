"""Processes in groups of their own, and what two outputs have in common."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from deltalake import DeltaTable

from transforms.tables import verify

ROOT = Path(__file__).resolve().parents[2]
COMMUNIQUE = (sys.executable, "-m", "pipelines")

# what two runs of the same site cannot have in common: when they ran, and as what
_OF_THE_RUN = frozenset({"run_id", "ingest_date", "fetched_at", "first_seen_at", "failed_at"})


def rows_in(output: Path, table: str) -> list[dict]:
    """The committed rows of a table."""
    return DeltaTable(str(output / table)).to_pyarrow_table().to_pylist()


def row_sets(output: Path) -> dict[str, list[str]]:
    """The rows of each table as sorted JSON lines, without what differs from run to run."""
    sets = {}
    for table in ("articles", "entries", "failures"):
        rows = [_lasting(row) for row in rows_in(output, table)]
        sets[table] = sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)
    polls = rows_in(output, "polls")
    sets["polls"] = sorted({poll["feed_url"] for poll in polls if poll["outcome"] == "fetched"})
    return sets


def _lasting(row: dict) -> dict:
    kept = {name: value for name, value in row.items() if name not in _OF_THE_RUN}
    if kept.get("published_at") is None:
        kept.pop("effective_at", None)  # it is first_seen_at then
    if "retry_at" in kept:
        kept["retry_at"] = kept["retry_at"] is not None
        kept["entry"] = kept["entry"] and kept["entry"]["entry_key"]
    return kept


def start(*command: str, **environment: str) -> subprocess.Popen:
    """Start a command in a process group of its own, its output dropped but for a failure's."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


class Spent(NamedTuple):
    """What a command took: seconds, seconds of CPU, MB at its peak."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def ended(process: Any, patience_s: float = 300) -> tuple[str, Spent]:
    """Wait for a command or a fork, which gets SIGKILL then: its stderr, and what it took."""
    begin = time.monotonic()
    hangman = threading.Timer(patience_s, kill, [process])
    hangman.start()
    try:
        if not isinstance(process, subprocess.Popen):
            return process.ended()
        said = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
    finally:
        hangman.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    wall_s, cpu_s = time.monotonic() - begin, used.ru_utime + used.ru_stime
    return said, Spent(round(wall_s, 2), round(cpu_s, 2), round(used.ru_maxrss / 1024))


def kill(process: Any) -> None:
    """SIGKILL for a command and its children, unless they have ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def is_alive(process: Any) -> bool:
    """Whether it has not ended yet; unlike `poll` this leaves what it took to `ended`."""
    if not isinstance(process, subprocess.Popen):
        return process.is_alive()
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def finish(process: Any, what: str, problems: list[str]) -> Spent:
    """Wait for a command that has to end well."""
    said, spent = ended(process)
    if process.returncode != 0:
        problems.append(f"{what}: exit {process.returncode}: {said[-400:]}")
    return spent


def differences(output: Path, expected: dict[str, list[str]]) -> list[str]:
    """What `verify` finds, and where the rows differ from `expected`."""
    problems = [f"verify: {found}" for found in verify(str(output)).problems]
    found = row_sets(output)
    for table, rows in expected.items():
        lost, extra = set(rows) - set(found[table]), set(found[table]) - set(rows)
        if lost or extra or len(rows) != len(found[table]):
            counts = f"{len(lost)} lost, {len(extra)} extra, {len(found[table])} rows"
            problems.append(f"{table}: {counts}")
            problems.extend(f"  lost {row[:300]}" for row in list(lost)[:2])
            problems.extend(f"  extra {row[:300]}" for row in list(extra)[:2])
    return problems
