"""Compactions and exports, at once with each other and with runs."""

import random
import shutil
import signal
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.crash.compare import (
    COMMUNIQUE,
    differences,
    ended,
    finish,
    is_alive,
    kill,
    rows_in,
    start,
)
from benchmarks.crash.job import Job, Usual
from schemas.arrow import ROWS, read_row
from schemas.run import Run
from transforms.tables import TableWriter, commit_pass, prepare_tables


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


def compaction_pair_case(output: Path, usual: Usual, closed: Path, rng: random.Random) -> dict:
    """Two compactions at once on a copy of `closed`, a table whose days are over."""
    shutil.copytree(closed, output)
    command = (*COMMUNIQUE, "compact", "--output", str(output))
    first = start(*command)
    time.sleep(rng.uniform(0.0, 0.3))
    second = start(*command)
    problems: list[str] = []
    finish(first, "first compaction", problems)
    finish(second, "second compaction", problems)
    return {"problems": problems or differences(output, usual.rows)}


def upkeep_case(output: Path, job: Job, usual: Usual, closed: Path, rng: random.Random) -> dict:
    """A run, a compaction and an export at once, on a table of several closed days."""
    shutil.copytree(closed, output)
    problems: list[str] = []
    copy = output.with_name(f"{output.name}-copy")
    upkeep = (*COMMUNIQUE, "compact", "--output", str(output))
    starts = [
        ("run", lambda: job.start(output)),
        ("compact", lambda: start(*upkeep)),
        ("export", lambda: start(*COMMUNIQUE, "export", str(copy), "--output", str(output))),
    ]
    rng.shuffle(starts)
    running = []
    for name, begin in starts:
        running.append((name, begin()))
        time.sleep(rng.uniform(0.0, 1.0))
    for name, process in running:
        finish(process, name, problems)
    shutil.rmtree(copy, ignore_errors=True)
    found = differences(output, {table: usual.rows[table] for table in ("articles", "entries")})
    return {"problems": problems or found}


def export_case(output: Path, job: Job, usual: Usual, rng: random.Random) -> dict:
    """Exports without end while a run fills the tables; each second one gets SIGKILL.

    A copy is there whole or not at all: all articles or none, each once. The last one has all.
    """
    problems: list[str] = []
    copy, done, killed, counts = output.with_name(f"{output.name}-copy"), 0, 0, set()
    command = (*COMMUNIQUE, "export", str(copy), "--output", str(output))
    run = job.start(output)
    while is_alive(run):
        if not (output / "polls" / "_delta_log").exists():
            time.sleep(0.05)
            continue
        export = start(*command)
        if (done + killed) % 2:
            time.sleep(rng.uniform(0.2, 1.5))
            kill(export)
        said, _ = ended(export)
        killed, done = (
            killed + (export.returncode == -signal.SIGKILL),
            done + (not export.returncode),
        )
        if export.returncode not in {0, -signal.SIGKILL}:
            problems.append(f"export: exit {export.returncode}: {said[-300:]}")
        counts.add(_copied(copy, problems))
    ended(run)
    if run.returncode:
        problems.append(f"run beside exports: exit {run.returncode}")
    finish(start(*command), "last export", problems)
    counts.add(_copied(copy, problems))
    all_there = len(usual.rows["articles"])
    if not {all_there} <= counts <= {0, all_there}:
        problems.append(f"copies of {sorted(counts)} articles, where {all_there} are all")
    shutil.rmtree(copy, ignore_errors=True)
    return {
        "exports": done,
        "killed": killed,
        "problems": problems or differences(output, usual.rows),
    }


def _copied(copy: Path, problems: list[str]) -> int:
    """How many articles a copy has; 0 if there is none."""
    ids: list[str] = []
    for file in copy.glob("articles/**/*.parquet"):
        ids += pq.read_table(file, columns=["article_id"]).column("article_id").to_pylist()
    if len(ids) != len(set(ids)):
        problems.append(f"a copy has {len(ids) - len(set(ids))} articles twice")
    return len(ids)
