"""Kill, race and compact real runs, and compare what is left with an unbroken run.

    python benchmarks/crash.py --kills 30 --run-pairs 20 --compaction-pairs 20

Each case works on a folder of its own with the packaged sample site, through the command line:
- kill: `communique run --sample` is killed with SIGKILL, it and all its children, at a random
  moment of its life; a second run must complete the job.
- run pair: two runs at the same time on one output.
- compaction pair: two compactions at the same time on a table of several closed days.
After each, `communique verify` must find nothing, and the rows must be those of an unbroken run.
Prints one JSON line a case and a summary; exits 1 if anything was lost or doubled.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from deltalake import DeltaTable

ROOT = Path(__file__).resolve().parents[1]
COMMUNIQUE = (sys.executable, "-m", "pipelines")
RUN = (*COMMUNIQUE, "run", "--sample", "--json", "--output")

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


def start(*command: str) -> subprocess.Popen:
    """Start a command in a process group of its own, its output dropped but for a failure's."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(process: subprocess.Popen, what: str, problems: list[str]) -> None:
    """Wait for a command that has to end well."""
    _, complaints = process.communicate(timeout=300)
    if process.returncode != 0:
        problems.append(f"{what}: exit {process.returncode}: {complaints.decode()[-400:]}")


def differences(output: Path, expected: dict[str, list[str]]) -> list[str]:
    """What `verify` finds, and where the rows differ from `expected`."""
    problems: list[str] = []
    finish(start(*COMMUNIQUE, "verify", "--output", str(output)), "verify", problems)
    found = row_sets(output)
    for table, rows in expected.items():
        lost, extra = set(rows) - set(found[table]), set(found[table]) - set(rows)
        if lost or extra or len(rows) != len(found[table]):
            counts = f"{len(lost)} lost, {len(extra)} extra, {len(found[table])} rows"
            problems.append(f"{table}: {counts}")
            problems.extend(f"  lost {row[:300]}" for row in list(lost)[:2])
            problems.extend(f"  extra {row[:300]}" for row in list(extra)[:2])
    return problems


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


def main() -> int:
    """Run the cases that the options ask for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--kills", type=int, default=3)
    options.add_argument("--run-pairs", type=int, default=1)
    options.add_argument("--compaction-pairs", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    rng = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="communique-crash-") as folder:
        root = Path(folder)
        begin = time.monotonic()
        problems: list[str] = []
        finish(start(*RUN, str(root / "unbroken")), "unbroken run", problems)
        life_s = time.monotonic() - begin
        expected = row_sets(root / "unbroken")
        bad = len(problems)
        counts = {table: len(rows) for table, rows in expected.items()}
        print(json.dumps({"case": "unbroken", "life_s": round(life_s, 1), **counts}), flush=True)
        cases = [("kill", lambda out: kill_case(out, expected, life_s, rng))] * asked.kills
        cases += [("run pair", lambda out: run_pair_case(out, expected, rng))] * asked.run_pairs
        closed = root / "closed"
        if asked.compaction_pairs:
            make_closed_days(closed, root / "unbroken")
        cases += [
            ("compaction pair", lambda out: compaction_pair_case(out, expected, closed, rng))
        ] * asked.compaction_pairs
        for number, (name, case) in enumerate(cases):
            output = root / f"case-{number}"
            verdict = case(output)
            bad += bool(verdict["problems"])
            print(json.dumps({"case": name, "number": number, **verdict}), flush=True)
            shutil.rmtree(output, ignore_errors=True)
    print(json.dumps({"cases": len(cases), "bad": bad}), flush=True)
    return 1 if bad else 0


def make_closed_days(output: Path, unbroken: Path) -> None:
    """The rows of an unbroken run, committed again in many small files of two past days."""
    from datetime import datetime, timedelta, timezone  # noqa: PLC0415

    from schemas.arrow import ROWS, read_row  # noqa: PLC0415
    from schemas.run import Run  # noqa: PLC0415
    from transforms.tables import (  # noqa: PLC0415
        TableWriter,
        commit_pass,
        prepare_tables,
    )

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


if __name__ == "__main__":
    sys.exit(main())
