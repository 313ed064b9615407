"""Cases on the whole command: kills, fault points, races, and a clock that jumps.

Each case takes an output folder that does not exist yet and returns its problems and what it
measured; `usual` is what a run does that nothing happens to.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.crash.compare import (
    Spent,
    differences,
    ended,
    finish,
    is_alive,
    kill,
    row_sets,
)
from benchmarks.crash.job import Job, Rows, Usual
from benchmarks.crash.readers import Reader, unnamed_files

READER_PAUSE_S = 0.25
"""A reader beside a whole run leaves it most of the CPU."""


def kill_case(
    output: Path,
    job: Job,
    usual: Usual,
    rng: random.Random,
    compare: Callable[[Path, Rows], list[str]] = differences,
    **environment: str,
) -> dict:
    """Kill a run at a random moment of its life, run again, compare; a reader looks on.

    A kill that came too late does not count: the table starts again, as does the run.
    """
    problems: list[str] = []
    landed, tries = False, 0
    while not landed:
        shutil.rmtree(output, ignore_errors=True)
        tries += 1
        asked, moment = job.pages_asked(), rng.uniform(0.0, 1.5)
        reader = Reader(output, READER_PAUSE_S)
        reader.start()
        run = job.start(output, **environment)
        begin = time.monotonic()
        _wait_for(moment, run, job, asked, usual)
        after_s = time.monotonic() - begin
        kill(run)
        ended(run)
        landed = run.returncode == -signal.SIGKILL
        if not landed:
            _readings(reader, problems)
    before = job.pages_asked() - asked
    spent = finish(job.start(output, **environment), "run after the kill", problems)
    found = {
        "killed_after_s": round(after_s, 2),
        "too_late": tries - 1,
        "pages_before": before,
        **_cost_of(spent, job.pages_asked() - asked, usual),
        **_readings(reader, problems),
    }
    problems = problems or compare(output, usual.rows)
    return {**found, "unnamed_files": unnamed_files(output), "problems": problems}


def _wait_for(moment: float, run: Any, job: Job, asked: int, usual: Usual) -> None:
    """Wait until a run has fetched such a share of its pages; beyond 1 it is about to commit.

    By the work, not by the clock: however busy the machine is, kills are spread over all of it.
    """
    while job.pages_asked() - asked < min(moment, 1.0) * usual.pages and is_alive(run):
        time.sleep(0.002)
    time.sleep(max(0.0, moment - 1.0) * usual.first.wall_s)


def _cost_of(spent: Spent, pages: int, usual: Usual) -> dict:
    """The second run, what it took beyond one with nothing to do, and all pages by those needed."""
    return {
        "recovery_s": spent.wall_s,
        "recovery_cpu_s": spent.cpu_s,
        "beyond_rerun_s": round(spent.wall_s - usual.again.wall_s, 2),
        "beyond_rerun_cpu_s": round(spent.cpu_s - usual.again.cpu_s, 2),
        "refetch_ratio": round(pages / usual.pages, 3),
    }


def _readings(reader: Reader, problems: list[str]) -> dict:
    found = reader.stop()
    reads = found.pop("reads", 0)
    problems += [f"a reader found {name} {times} times" for name, times in found.items() if times]
    return {"reads": reads}


def run_pair_case(output: Path, job: Job, usual: Usual, rng: random.Random) -> dict:
    """Two runs at once, the second a random moment later."""
    first = job.start(output)
    time.sleep(rng.uniform(0.0, 1.5))
    second = job.start(output)
    problems: list[str] = []
    finish(first, "first run", problems)
    finish(second, "second run", problems)
    return {"problems": problems or differences(output, usual.rows)}


def fault_case(output: Path, job: Job, usual: Usual, point: str) -> dict:
    """A run in which the program meets `point=action`, then one that has to complete the job."""
    problems: list[str] = []
    asked = job.pages_asked()
    broken = job.start(output, COMMUNIQUE_FAULT=point)
    said, _ = ended(broken)
    is_kill, passes = "=" not in point, point.endswith("eio_once")
    wanted = {-signal.SIGKILL} if is_kill else {0, 1} if passes else {1}
    if point.startswith("after_commit") and not is_kill:
        wanted = {0}  # an answer that got lost: the committer looks, and finds its own
    if broken.returncode not in wanted:
        problems.append(f"exit {broken.returncode} at {point}: {said[-300:]}")
    if not is_kill and broken.returncode and str(output) not in said:
        problems.append(f"the message does not name the path: {said[-300:]}")
    spent = finish(job.start(output), "run after the fault", problems)
    cost = _cost_of(spent, job.pages_asked() - asked, usual)
    return {**cost, "problems": problems or differences(output, usual.rows)}


def crowd_case(output: Path, job: Job, usual: Usual, rng: random.Random) -> dict:
    """Five runs at once."""
    problems: list[str] = []
    runs = []
    for _ in range(5):
        runs.append(job.start(output))
        time.sleep(rng.uniform(0.0, 0.5))
    for run in runs:
        finish(run, "one of five runs", problems)
    return {"problems": problems or differences(output, usual.rows)}


def stop_case(output: Path, job: Job, usual: Usual, rng: random.Random) -> dict:
    """SIGTERM at a random moment: it ends by itself and well; the next run does the rest."""
    problems: list[str] = []
    run = job.start(output)
    time.sleep(rng.uniform(0.3, 1.0) * usual.first.wall_s)
    os.kill(run.pid, signal.SIGTERM)  # if it has ended it is still there to be asked
    said, _ = ended(run, patience_s=60)
    if run.returncode not in {0, -signal.SIGTERM}:  # before the handlers are there it just ends
        problems.append(f"exit {run.returncode} after SIGTERM: {said[-300:]}")
    finish(job.start(output), "run after the stop", problems)
    found = [line for line in differences(output, usual.rows) if not line.startswith("failures")]
    lost = [line for line in found if " lost" in line and not line.startswith("  ")]
    return {"problems": problems or [line for line in lost if " 0 lost" not in line]}


def clock_case(output: Path, job: Job, usual: Usual, rng: random.Random) -> dict:
    """As `kill_case`, for a job under `jumping_clock`.

    Retries fall due early then: rows of articles and entries are compared, and whom failures name.
    """
    return kill_case(output, job, usual, rng, _but_for_retries, CLOCK_SEED=str(rng.getrandbits(30)))


def _but_for_retries(output: Path, expected: Rows) -> list[str]:
    lasting = {table: expected[table] for table in ("articles", "entries", "polls")}
    named = [
        {json.loads(row)["url"] for row in rows["failures"]}
        for rows in (expected, row_sets(output))
    ]
    wrong = [] if named[0] == named[1] else [f"failures of {named[0] ^ named[1]}"]
    return wrong + differences(output, lasting)


def jumping_clock(folder: Path) -> dict[str, str]:
    """The environment of a wall clock that jumps: up to three days back or forth every 0.3 s.

    Compiles clock.c. Raises CalledProcessError, FileNotFoundError without a compiler.
    """
    built = folder / "clock.so"
    source = Path(__file__).with_name("clock.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", built, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(built), "CLOCK_JUMP_MS": "300"}
