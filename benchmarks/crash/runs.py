"""Cases on the whole command: kills, fault points, races and disks that refuse.

Each case takes an output folder that does not exist yet and returns its problems and what it
measured; `expected` are the row sets of a run that nothing happened to.
"""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from benchmarks.crash.compare import (
    COMMUNIQUE,
    RUN,
    differences,
    finish,
    rows_in,
    start,
)
from schemas.arrow import ROWS, read_row
from schemas.run import Run
from transforms.tables import TableWriter, commit_pass, prepare_tables

Rows = dict[str, list[str]]


def kill_case(
    output: Path, expected: dict[str, list[str]], life_s: float, rng: random.Random
) -> dict:
    """Kill a run at a random moment, run again, compare."""
    after_s = rng.uniform(0.0, life_s)
    run = start(*RUN, str(output))
    time.sleep(after_s)
    survived = run.poll() is not None
    if not survived:
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    problems: list[str] = []
    begin = time.monotonic()
    finish(start(*RUN, str(output)), "run after the kill", problems)
    seconds = round(time.monotonic() - begin, 1)
    return {
        "killed_after_s": round(after_s, 2),
        "landed": not survived,
        "recovery_s": seconds,
        "problems": problems or differences(output, expected),
    }


def run_pair_case(output: Path, expected: dict[str, list[str]], rng: random.Random) -> dict:
    """Two runs at once, the second a random moment later."""
    first = start(*RUN, str(output))
    time.sleep(rng.uniform(0.0, 1.5))
    second = start(*RUN, str(output))
    problems: list[str] = []
    finish(first, "first run", problems)
    finish(second, "second run", problems)
    return {"problems": problems or differences(output, expected)}


def compaction_pair_case(
    output: Path, expected: dict[str, list[str]], closed: Path, rng: random.Random
) -> dict:
    """Two compactions at once on a copy of `closed`, a table whose days are over."""
    shutil.copytree(closed, output)
    command = (*COMMUNIQUE, "compact", "--output", str(output))
    first = start(*command)
    time.sleep(rng.uniform(0.0, 0.3))
    second = start(*command)
    problems: list[str] = []
    finish(first, "first compaction", problems)
    finish(second, "second compaction", problems)
    return {"problems": problems or differences(output, expected)}


def fault_case(output: Path, expected: Rows, point: str) -> dict:
    """A run in which the program meets `point=action`, then one that has to complete the job."""
    problems: list[str] = []
    broken = start(*RUN, str(output), COMMUNIQUE_FAULT=point)
    _, complaints = broken.communicate(timeout=300)
    is_kill, passes = "=" not in point, point.endswith("eio_once")
    wanted = {-signal.SIGKILL} if is_kill else {0, 1} if passes else {1}
    if broken.returncode not in wanted:
        problems.append(f"exit {broken.returncode} at {point}: {complaints.decode()[-300:]}")
    if not is_kill and broken.returncode and str(output) not in complaints.decode():
        problems.append(f"the message does not name the path: {complaints.decode()[-300:]}")
    begin = time.monotonic()
    finish(start(*RUN, str(output)), "run after the fault", problems)
    seconds = round(time.monotonic() - begin, 1)
    return {"recovery_s": seconds, "problems": problems or differences(output, expected)}


def crowd_case(output: Path, expected: Rows, rng: random.Random) -> dict:
    """Five runs at once."""
    problems: list[str] = []
    runs = []
    for _ in range(5):
        runs.append(start(*RUN, str(output)))
        time.sleep(rng.uniform(0.0, 0.5))
    for run in runs:
        finish(run, "one of five runs", problems)
    return {"problems": problems or differences(output, expected)}


def stop_case(output: Path, expected: Rows, life_s: float, rng: random.Random) -> dict:
    """SIGTERM at a random moment: it ends by itself and well; the next run does the rest."""
    problems: list[str] = []
    run = start(*RUN, str(output))
    time.sleep(rng.uniform(0.3, 1.0) * life_s)
    run.send_signal(signal.SIGTERM)
    _, complaints = run.communicate(timeout=60)
    if run.returncode not in {0, -signal.SIGTERM}:  # before the handlers are there it just ends
        problems.append(f"exit {run.returncode} after SIGTERM: {complaints.decode()[-300:]}")
    finish(start(*RUN, str(output)), "run after the stop", problems)
    found = [line for line in differences(output, expected) if not line.startswith("failures")]
    lost = [line for line in found if " lost" in line and not line.startswith("  ")]
    return {"problems": problems or [line for line in lost if " 0 lost" not in line]}


def upkeep_case(output: Path, expected: Rows, closed: Path, rng: random.Random) -> dict:
    """A run, a compaction and an export at once, on a table of several closed days."""
    shutil.copytree(closed, output)
    problems: list[str] = []
    copy = output.with_name(f"{output.name}-copy")
    commands = [
        (*RUN, str(output)),
        (*COMMUNIQUE, "compact", "--output", str(output)),
        (*COMMUNIQUE, "export", str(copy), "--output", str(output)),
    ]
    rng.shuffle(commands)
    running = []
    for command in commands:
        running.append((command[3], start(*command)))
        time.sleep(rng.uniform(0.0, 1.0))
    for name, process in running:
        finish(process, name, problems)
    shutil.rmtree(copy, ignore_errors=True)
    found = differences(output, {"articles": expected["articles"], "entries": expected["entries"]})
    return {"problems": problems or found}


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


def full_disk_case(output: Path, expected: Rows, rng: random.Random) -> dict:
    """The disk gets full during a run; once there is room again, the next one completes the job."""
    problems: list[str] = []
    with small_disk(output, "8m"):
        filler = output / "filler"
        filler.write_bytes(bytes((8 << 20) - rng.randrange(4_000, 120_000)))
        run = start(*RUN, str(output / "news"))
        _, complaints = run.communicate(timeout=300)
        said = complaints.decode()
        if run.returncode != 1 or "No space left" not in said or str(output) not in said:
            problems.append(f"exit {run.returncode} on a full disk: {said[-300:]}")
        filler.unlink()
        finish(start(*RUN, str(output / "news")), "run with room again", problems)
        return {"problems": problems or differences(output / "news", expected)}


def read_only_case(output: Path, expected: Rows) -> dict:
    """A disk that is read-only after one run: the next one says so, and all stays readable."""
    problems: list[str] = []
    with small_disk(output, "64m"):
        finish(start(*RUN, str(output / "news")), "first run", problems)
        subprocess.run(["mount", "-o", "remount,ro", str(output)], check=True)
        run = start(*RUN, str(output / "news"))
        _, complaints = run.communicate(timeout=300)
        said = complaints.decode()
        if run.returncode != 1 or "Read-only" not in said or str(output) not in said:
            problems.append(f"exit {run.returncode} on a read-only disk: {said[-300:]}")
        return {"problems": problems or differences(output / "news", expected)}


def make_closed_days(output: Path, unbroken: Path) -> None:
    """The rows of an unbroken run, committed again in many small files of two past days."""
    prepare_tables(str(output))
    tables = {
        table: [read_row(row, values) for values in rows_in(unbroken, table)]
        for table, row in ROWS.items()
    }
    past = datetime.now(timezone.utc) - timedelta(days=3)
    for part in range(6):
        run = Run(f"closed-{part}", past + timedelta(days=part % 2), "0")
        files, admitted = [], []
        for table, rows in tables.items():
            writer = TableWriter(str(output), table, run)
            mine = rows[part::6]
            for row in mine:
                writer.add(row)
                if table in {"articles", "failures"} and row.article_id is not None:
                    admitted.append(row.article_id)
            file = writer.flush()
            if file is not None:
                files.append(file)
        commit_pass(str(output), run, files, admitted)
