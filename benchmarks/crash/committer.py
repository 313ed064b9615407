"""Hundreds of kills of the committer alone, while a reader counts rows all the time."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from benchmarks.crash.compare import ROOT
from benchmarks.crash.readers import Reader, rows_in, unnamed_files
from benchmarks.crash.victims import REFUSED, is_article, position_of, url_of
from transforms.tables import verify
from transforms.tables.faults import RUN_POINTS
from transforms.web import article_id_of

SERIES = 100
"""Kills in one folder; then it is completed and compared."""
LIFE_S = 0.6


class Victims:
    """The process that forks them."""

    def __init__(self, output: Path, broken: str = "") -> None:
        command = [sys.executable, "-m", "benchmarks.crash.victims", str(output)]
        self._process = subprocess.Popen(
            [*command, broken] if broken else command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def live(self, seed: int, *, fault: str = "", passes: int = 0, writers: int = 1) -> list[int]:
        """Fork victims; their process ids."""
        asked = {"seed": seed, "fault": fault, "passes": passes, "writers": writers}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def ends(self) -> list[int]:
        """The exit statuses of those that were forked last, once all have ended."""
        return json.loads(self._process.stdout.readline())

    def close(self) -> str:
        """What they complained of."""
        return self._process.communicate()[1]


def lost_and_doubled(output: Path) -> Counter:
    """What the tables lack and have twice, by the point that the polls say they are at."""
    found = Counter()
    numbers = range(position_of(str(output)))
    expected = {
        "articles": {article_id_of(url_of(n)) for n in numbers if is_article(n)},
        "failures": {article_id_of(url_of(n)) for n in numbers if not is_article(n)},
        "entries": {article_id_of(url_of(n)) for n in numbers},
    }
    for table, keys in expected.items():
        rows = [row[0] for row in rows_in(str(output), table)]
        found["lost"] += len(keys - set(rows))
        found["doubled"] += len(rows) - len(set(rows))
        found["strays"] += len(set(rows) - keys)
    return found


def series(output: Path, kills: int, writers: int, rng: random.Random, broken: str = "") -> Counter:
    """Kill `writers` victims at a time until `kills` have landed, complete the job, compare."""
    victims, reader = Victims(output, broken), Reader(output)
    reader.start()
    found = Counter()
    while found["kills"] < kills:
        pids = victims.live(rng.getrandbits(30), writers=writers)
        moments = sorted((rng.uniform(0, LIFE_S), pid) for pid in pids)
        begin = time.monotonic()
        for moment, pid in moments:
            time.sleep(max(0.0, begin + moment - time.monotonic()))
            with suppress(ProcessLookupError):  # counted as one that ended by itself
                os.kill(pid, signal.SIGKILL)
        ends = victims.ends()
        found["kills"] += ends.count(-signal.SIGKILL)
        found["wrong ends"] += len(ends) - ends.count(-signal.SIGKILL)
        if found["wrong ends"] > kills:
            break
    return found + completed(output, victims, reader)


def completed(output: Path, victims: Victims, reader: Reader) -> Counter:
    """What is found once two more passes got through, and who waited how long for the first."""
    begin = time.monotonic()
    victims.live(1, passes=2)
    ends = victims.ends()
    found = Counter(recovery_ms=round((time.monotonic() - begin) * 1000))
    found += reader.stop()
    complaints = victims.close()
    if ends != [0]:
        print(complaints[-2000:], file=sys.stderr)
        found["stuck"] += 1
    found += lost_and_doubled(output)
    problems = verify(str(output)).problems
    for problem in problems[:3]:
        print(problem, file=sys.stderr)
    found["verify"] += len(problems)
    found["unnamed files"] += unnamed_files(output)
    found["rows"] += position_of(str(output))
    return found


def fault_series(output: Path, actions: tuple[str, ...]) -> Counter:
    """Every point of a commit with every action, twice: on nothing, and on what is there."""
    victims, reader = Victims(output), Reader(output)
    reader.start()
    found = Counter()
    for point in RUN_POINTS:
        for action in actions:
            victims.live(100 + found["faults"], fault=f"{point}={action}", passes=2)
            end = victims.ends()[0]
            wanted = {"kill": {-signal.SIGKILL}, "eio_once": {0, REFUSED}}.get(action, {REFUSED})
            if point.startswith("after_commit") and action != "kill":
                wanted = {0}  # an answer that got lost: the committer looks, and finds its own
            found["faults"] += 1
            if end not in wanted:
                found["wrong ends"] += 1
                print(f"{point}={action}: exit {end}", file=sys.stderr)
    return found + completed(output, victims, reader)


def bad(found: Counter) -> int:
    """How much of what was found must not be."""
    names = "lost doubled strays torn vanished stuck verify"
    return sum(found[name] for name in [*names.split(), "early entries", "wrong ends"])
