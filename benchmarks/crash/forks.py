"""Runs of the command that cost no imports: forked from a process that has done those already.

    python -m benchmarks.crash.forks

Reads JSON lines, {"arguments": [...], "environment": {...}}, and answers each with the process id
of the run, and when it has ended with its exit status, seconds of CPU, peak KiB and stderr. A kill
during the imports hits nothing: a hundred kills of forks hit the work itself a hundred times.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crash.compare import ROOT, Spent


class Fork:
    """A run that was forked; `returncode` is set by `ended`."""

    def __init__(self, pid: int, nursery: "Nursery") -> None:
        self.pid, self.returncode = pid, None
        self._nursery, self._begin = nursery, time.monotonic()

    def is_alive(self) -> bool:
        """Whether it has not ended yet; its parent reaps it then."""
        return Path(f"/proc/{self.pid}").exists()

    def ended(self) -> tuple[str, Spent]:
        """Wait for it: its stderr, and what it took. CPU is its own, wall time from its start."""
        self.returncode, cpu_s, peak, said = self._nursery.answer()
        wall_s = time.monotonic() - self._begin
        return said, Spent(round(wall_s, 2), round(cpu_s, 2), round(peak / 1024))


class Nursery:
    """The process that forks runs, one at a time."""

    def __init__(self, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "benchmarks.crash.forks"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.answer()  # it has imported all

    def start(self, arguments: list[str], **environment: str) -> Fork:
        """Fork a run."""
        asked = {"arguments": arguments, "environment": environment}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Fork(self.answer(), self)

    def answer(self) -> object:
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def main() -> None:
    """Fork what a line asks for, tell who it is, and how it ended."""
    from pipelines import batch, passes, progress, report, results, schedule  # noqa: F401, PLC0415
    from pipelines.__main__ import main as communique  # noqa: PLC0415

    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        with tempfile.TemporaryFile() as complaints:
            pid = os.fork()
            if pid == 0:
                os.setsid()
                os.environ.update(asked["environment"])
                os.dup2(os.open(os.devnull, os.O_RDWR), 0)
                os.dup2(0, 1)
                os.dup2(complaints.fileno(), 2)
                status = communique(asked["arguments"])
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
            print(pid, flush=True)
            _, status, used = os.wait4(pid, 0)
            complaints.seek(0)
            said, cpu_s = complaints.read().decode(), used.ru_utime + used.ru_stime
        told = [os.waitstatus_to_exitcode(status), cpu_s, used.ru_maxrss, said]
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
