"""Disks that refuse: one that gets full, and one that turns read-only."""

import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crash.compare import differences, ended, finish
from benchmarks.crash.job import Job, Usual


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A file system of so many bytes in memory. Raises CalledProcessError without the right to."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def full_disk_case(output: Path, job: Job, usual: Usual, rng: random.Random) -> dict:
    """The disk gets full during a run; once there is room again, the next one completes the job."""
    problems: list[str] = []
    with small_disk(output, "8m"):
        filler = output / "filler"
        filler.write_bytes(bytes((8 << 20) - rng.randrange(4_000, 120_000)))
        run = job.start(output / "news")
        said, _ = ended(run)
        if run.returncode != 1 or "No space left" not in said or str(output) not in said:
            problems.append(f"exit {run.returncode} on a full disk: {said[-300:]}")
        filler.unlink()
        finish(job.start(output / "news"), "run with room again", problems)
        return {"problems": problems or differences(output / "news", usual.rows)}


def read_only_case(output: Path, job: Job, usual: Usual) -> dict:
    """A disk that is read-only after one run: the next one says so, and all stays readable."""
    problems: list[str] = []
    with small_disk(output, "64m"):
        finish(job.start(output / "news"), "first run", problems)
        subprocess.run(["mount", "-o", "remount,ro", str(output)], check=True)
        run = job.start(output / "news")
        said, _ = ended(run)
        if run.returncode != 1 or "Read-only" not in said or str(output) not in said:
            problems.append(f"exit {run.returncode} on a read-only disk: {said[-300:]}")
        return {"problems": problems or differences(output / "news", usual.rows)}
