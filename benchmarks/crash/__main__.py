"""Kill, race, starve and stop real runs and the committer, and compare with an unbroken run.

    python -m benchmarks.crash                         # a minute
    python -m benchmarks.crash --committer-kills 900 --forked-kills 100 --kills 10 --stops 10 \\
        --run-pairs 10 --crowds 3 --compaction-pairs 20 --upkeep 5 --clocks 10 --exports 5 \\
        --disks 1 --faults

- committer kills: the committer alone, killed with SIGKILL at random moments, one and two at a
  time, with clocks that jump, while a reader counts rows; then every fault point with a kill, a bad
  disk, a full disk and an answer that gets lost.
- teeth: the same with a committer that is broken on purpose. If nothing is lost or doubled then,
  the harness is no good, and that is an error.
- kills, stops: `communique run` on the sample site is killed with all its children, or told to end,
  at a random moment; a second run must complete the job. What it takes is compared with a run that
  finds nothing new, and the pages asked for with those that are needed. A reader looks on.
- forked kills: the same, but each run is forked when its imports are done, so that it is the work
  that is hit (`forks.py`).
- clocks: the same kills under a wall clock that jumps back and forth all the time (needs cc).
- faults: the same command, killed or refused by the disk at every point of the way to a row.
- run pairs, crowds: two or five runs on one output. Compaction pairs: two compactions on a table of
  closed days. Upkeep: a run, a compaction and an export at once. Exports: one after the other while
  a run goes on, each second one killed.
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
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import fmean, median

from benchmarks.crash import committer, disks, runs, upkeep
from benchmarks.crash.job import Job, Usual, sample_job, undisturbed
from transforms.tables.faults import RUN_POINTS

ACTIONS = ("kill", "eio", "eio_once", "enospc")
WHOLE = {
    "kills": 2,
    "stops": 1,
    "run_pairs": 1,
    "crowds": 0,
    "exports": 0,
    "compaction_pairs": 0,
    "upkeep": 0,
    "disks": 0,
}
"""How often each case on the whole command, unless told otherwise."""
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
    asked: argparse.Namespace, root: Path, job: Job, usual: Usual, rng: random.Random
) -> Iterator[Case]:
    """Cases on the whole command, started as a user would."""
    many: list[tuple[str, int, Callable[[Path], dict]]] = [
        ("kill", asked.kills, lambda out: runs.kill_case(out, job, usual, rng)),
        ("stop", asked.stops, lambda out: runs.stop_case(out, job, usual, rng)),
        ("run pair", asked.run_pairs, lambda out: runs.run_pair_case(out, job, usual, rng)),
        ("five runs", asked.crowds, lambda out: runs.crowd_case(out, job, usual, rng)),
        ("exports", asked.exports, lambda out: upkeep.export_case(out, job, usual, rng)),
    ]
    if asked.compaction_pairs or asked.upkeep:
        closed = root / "closed"
        upkeep.make_closed_days(closed, root / "unbroken")
        pair = partial(upkeep.compaction_pair_case, usual=usual, closed=closed, rng=rng)
        three = partial(upkeep.upkeep_case, job=job, usual=usual, closed=closed, rng=rng)
        many += [("compaction pair", asked.compaction_pairs, pair), ("upkeep", asked.upkeep, three)]
    for name, times, case in many:
        yield from [(name, case)] * times
    for _ in range(asked.disks):
        yield "full disk", lambda out: disks.full_disk_case(out, job, usual, rng)
        yield "read-only disk", lambda out: disks.read_only_case(out, job, usual)


def fork_cases(
    asked: argparse.Namespace, root: Path, job: Job, rng: random.Random
) -> Iterator[Case]:
    """Cases on the whole command after its imports."""
    if not (asked.forked_kills or asked.faults or asked.clocks):
        return
    with job.forked() as forked:
        usual = _usual_of(forked, root / "forked")
        for _ in range(asked.forked_kills):
            yield "forked kill", lambda out: runs.kill_case(out, forked, usual, rng)
        for point in RUN_POINTS if asked.faults else ():
            for fault in (point, *(f"{point}={action}" for action in ACTIONS[1:])):
                yield f"fault {fault}", partial(_fault, forked, usual, fault)
    if asked.clocks:
        with job.forked(**runs.jumping_clock(root)) as jumpy:
            for _ in range(asked.clocks):
                yield "clock", lambda out: runs.clock_case(out, jumpy, usual, rng)


def _fault(job: Job, usual: Usual, fault: str, output: Path) -> dict:
    return runs.fault_case(output, job, usual, fault)


def _usual_of(job: Job, output: Path) -> Usual:
    problems: list[str] = []
    usual = undisturbed(job, output, problems)
    print(json.dumps({"case": "unbroken", **told(usual), "problems": problems}), flush=True)
    if problems:
        raise RuntimeError("a run that nothing happened to is not well")
    return usual


def main() -> int:
    """Run the cases that the options ask for."""
    asked = _options()
    rng = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="communique-crash-") as folder, sample_job() as job:
        root = Path(folder)
        cases: list[Iterator[Case]] = [
            committer_cases(asked.committer_kills, rng, teeth=not asked.no_teeth),
            fork_cases(asked, root, job, rng),
        ]
        if any(getattr(asked, name) for name in WHOLE):
            usual = _usual_of(job, root / "unbroken")
            cases.append(run_cases(asked, root, job, usual, rng))
        verdicts: list[tuple[str, dict]] = []
        for number, (name, case) in enumerate(chain.from_iterable(cases)):
            output = root / f"case-{number}"
            verdicts.append((name, case(output)))
            print(json.dumps({"case": name, "number": number, **verdicts[-1][1]}), flush=True)
            shutil.rmtree(output, ignore_errors=True)
    bad = sum(bool(verdict["problems"]) for _, verdict in verdicts)
    for name in ("kill", "forked kill", "clock"):
        of_it = [verdict for case, verdict in verdicts if case == name]
        if of_it:
            print(json.dumps({"summary": name, **summary(of_it)}), flush=True)
    print(json.dumps({"cases": len(verdicts), "bad": bad}), flush=True)
    return 1 if bad else 0


def told(usual: Usual) -> dict:
    """The job that nothing happened to, as far as it can be told in a line."""
    counts = {table: len(rows) for table, rows in usual.rows.items()}
    return {
        "first": usual.first._asdict(),
        "again": usual.again._asdict(),
        "pages": usual.pages,
        **counts,
    }


def summary(verdicts: list[dict]) -> dict:
    """Kills of the whole command: how many, where they landed, and what they cost."""
    middle = [v for v in verdicts if v["pages_before"] > 0]
    costs = ("recovery_s", "recovery_cpu_s", "beyond_rerun_s", "beyond_rerun_cpu_s")
    ratios = [v["refetch_ratio"] for v in verdicts]
    spread = {}
    for cost in costs:
        values = sorted(v[cost] for v in verdicts)
        spread[cost] = {"median": median(values), "most": values[-1]}
    return {
        "landed": len(verdicts),
        "after the first page": len(middle),
        "reads": sum(v["reads"] for v in verdicts),
        "unnamed_files": sum(v["unnamed_files"] for v in verdicts),
        "refetch_ratio": {"mean": round(fmean(ratios), 3), "most": max(ratios)},
        **spread,
    }


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--committer-kills", type=int, default=30)
    for name, usual in WHOLE.items():
        options.add_argument(f"--{name.replace('_', '-')}", type=int, default=usual)
    for name in ("forked-kills", "clocks"):
        options.add_argument(f"--{name}", type=int, default=0)
    for name in ("faults", "no-teeth"):
        options.add_argument(f"--{name}", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    return options.parse_args()


if __name__ == "__main__":
    sys.exit(main())
