"""Kill, race, starve and stop real runs and the committer, and compare with an unbroken run.

    python -m benchmarks.crash                         # a minute
    python -m benchmarks.crash --committer-kills 900 --kills 60 --stops 10 --run-pairs 10 \\
        --crowds 3 --compaction-pairs 20 --upkeep 5 --faults --disks

- committer kills: the committer alone, killed with SIGKILL at random moments, one and two at a
  time, with clocks that jump, while a reader counts rows; then every fault point with a kill, a bad
  disk, a full disk and an answer that gets lost.
- teeth: the same with a committer that is broken on purpose. If nothing is lost or doubled then,
  the harness is no good, and that is an error.
- kills, stops: `communique run --sample` is killed with all its children, or told to end, at a
  random moment; a second run must complete the job.
- faults: the same command, killed or refused by the disk at every point of the way to a row.
- run pairs, crowds: two or five runs on one output. Compaction pairs: two compactions on a table of
  closed days. Upkeep: a run, a compaction and an export at once.
- disks: one that gets full, and one that turns read-only (needs the right to mount).

After each, `communique verify` must find nothing, and the rows must be those of an unbroken run.
Prints one JSON line a case and a summary; exits 1 if anything was lost, doubled or torn.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.crash import committer, runs
from benchmarks.crash.compare import RUN, finish, row_sets, start
from transforms.tables.faults import RUN_POINTS

ACTIONS = ("kill", "eio", "eio_once", "enospc")
Case = tuple[str, Callable[[Path], dict]]


def committer_cases(kills: int, rng: random.Random, *, teeth: bool) -> Iterator[Case]:
    """Series on the committer alone."""
    for at in range(0, kills, committer.SERIES):
        some, writers = min(committer.SERIES, kills - at), 1 + at // committer.SERIES % 2
        seed = random.Random(rng.random())
        yield f"committer, {writers} at once", partial(_counted, some, writers, seed)
    if kills:
        yield "committer, fault points", partial(_faults, ACTIONS)
    for how in ("seen", "order") if teeth else ():
        yield f"teeth: {how}", partial(_teeth, how)


def _counted(kills: int, writers: int, rng: random.Random, output: Path) -> dict:
    return _verdict(committer.series(output, kills, writers, rng))


def _faults(actions: tuple[str, ...], output: Path) -> dict:
    return _verdict(committer.fault_series(output, actions))


def _verdict(found: dict) -> dict:
    wrong = committer.bad(found)
    return {**found, "problems": [f"{wrong} rows or readings are wrong"] if wrong else []}


def _teeth(how: str, output: Path) -> dict:
    found = committer.series(output, 10, 1, random.Random(3), how)
    caught = found["lost"] + found["doubled"] + found["early entries"]
    return {**found, "problems": [] if caught else [f"a committer without {how} was not noticed"]}


def run_cases(
    asked: argparse.Namespace, root: Path, expected: runs.Rows, life_s: float, rng: random.Random
) -> Iterator[Case]:
    """Cases on the whole command."""
    many: list[tuple[str, int, Callable[[Path], dict]]] = [
        ("kill", asked.kills, lambda out: runs.kill_case(out, expected, life_s, rng)),
        ("stop", asked.stops, lambda out: runs.stop_case(out, expected, life_s, rng)),
        ("run pair", asked.run_pairs, lambda out: runs.run_pair_case(out, expected, rng)),
        ("five runs", asked.crowds, lambda out: runs.crowd_case(out, expected, rng)),
    ]
    if asked.compaction_pairs or asked.upkeep:
        closed = root / "closed"
        runs.make_closed_days(closed, root / "unbroken")
        pair, upkeep = runs.compaction_pair_case, runs.upkeep_case
        many += [
            ("compaction pair", asked.compaction_pairs, lambda o: pair(o, expected, closed, rng)),
            ("upkeep", asked.upkeep, lambda out: upkeep(out, expected, closed, rng)),
        ]
    for name, times, case in many:
        yield from [(name, case)] * times
    for point in RUN_POINTS if asked.faults else ():
        for fault in (point, f"{point}=eio_once", f"{point}=enospc"):
            yield f"fault {fault}", partial(_fault, expected, fault)
    if asked.disks:
        yield "full disk", lambda out: runs.full_disk_case(out, expected, rng)
        yield "read-only disk", lambda out: runs.read_only_case(out, expected)


def _fault(expected: runs.Rows, fault: str, output: Path) -> dict:
    return runs.fault_case(output, expected, fault)


def main() -> int:
    """Run the cases that the options ask for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, usual in [("committer-kills", 30), ("kills", 2), ("run-pairs", 1), ("stops", 1)]:
        options.add_argument(f"--{name}", type=int, default=usual)
    for name in ("compaction-pairs", "upkeep", "crowds"):
        options.add_argument(f"--{name}", type=int, default=0)
    for name in ("faults", "disks", "no-teeth"):
        options.add_argument(f"--{name}", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    rng = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="communique-crash-") as folder:
        root, bad, begin = Path(folder), 0, time.monotonic()
        problems: list[str] = []
        finish(start(*RUN, str(root / "unbroken")), "unbroken run", problems)
        life_s = time.monotonic() - begin
        expected = row_sets(root / "unbroken")
        counts = {table: len(rows) for table, rows in expected.items()}
        first = {"case": "unbroken", "life_s": round(life_s, 1), **counts, "problems": problems}
        print(json.dumps(first), flush=True)
        cases = list(committer_cases(asked.committer_kills, rng, teeth=not asked.no_teeth))
        cases += run_cases(asked, root, expected, life_s, rng)
        for number, (name, case) in enumerate(cases):
            output = root / f"case-{number}"
            verdict = case(output)
            bad += bool(verdict["problems"])
            print(json.dumps({"case": name, "number": number, **verdict}), flush=True)
            shutil.rmtree(output, ignore_errors=True)
    bad += bool(problems)
    print(json.dumps({"cases": len(cases), "bad": bad}), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
