"""A day of work in a few minutes: one process runs again and again, and must not grow.

    python -m benchmarks.day                # 96 runs, as a run each quarter of an hour is in a day
    python -m benchmarks.day --runs 8

`communique run --every 1s` reads five loopback hosts: their feeds change, 2 % of the answers fail
or break off, 3 % are slow (`site.py`). After each run its account must be exact, and the memory and
the open files of the process are read. In the end it is told to stop (SIGTERM), `verify` must find
nothing, and every story that a feed offered must be an article or a failure.

Prints one JSON line a run and a summary with the slope of the memory in kB a run: least squares
over the runs after the first `--warm`, and twice its standard error. Exits 1 if an account is not
exact, a story is missing or twice, a file stays open, or memory grows by more than `--max-kb` a run
for certain, that is by more than twice the standard error.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import linear_regression
from typing import NamedTuple

import psutil

from benchmarks.day.site import HOSTS, Site
from transforms.tables import open_dataset, verify

ROOT = Path(__file__).resolve().parents[2]


class Seen(NamedTuple):
    """What is seen of the process after a run."""

    rss_kb: int
    files: int
    threads: int


def main() -> int:
    """Let a day pass, and judge it."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--runs", type=int, default=96)
    options.add_argument("--warm", type=int, default=24, help="runs before memory is judged")
    options.add_argument("--max-kb", type=float, default=100)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="communique-day-") as folder,
        _served(asked.seed) as site,
    ):
        output, begin = Path(folder) / "news", time.monotonic()
        problems: list[str] = []
        seen = list(runs(site, Path(folder), output, asked.runs, problems))
        wall_s = time.monotonic() - begin
        problems += [f"verify: {problem}" for problem in verify(str(output)).problems]
        problems += unaccounted(site, output)
        slope, error = slope_of([at.rss_kb for at in seen[asked.warm :]])
        problems += judged(seen, slope, error, asked.max_kb)
        summary = {
            "runs": len(seen),
            "wall_s": round(wall_s),
            "stories": len(site.urls()),
            "answers": {name: site.answers[name] for name in ("all", "errors", "slow")},
            "rss_mb": {n + 1: seen[n].rss_kb // 1024 for n in range(0, len(seen), 12)},
            "last_rss_mb": seen[-1].rss_kb // 1024,
            "slope_kb_a_run": None if slope is None else round(slope, 1),
            "twice_its_error_kb": None if error is None else round(2 * error, 1),
            "files": [min(at.files for at in seen), max(at.files for at in seen)],
            "threads": [min(at.threads for at in seen), max(at.threads for at in seen)],
            "problems": problems,
        }
        print(json.dumps(summary), flush=True)
    return 1 if problems else 0


@contextmanager
def _served(seed: int) -> Iterator[Site]:
    with Site(seed) as site:
        threading.Thread(target=site.serve_forever, args=(0.05,), daemon=True).start()
        yield site
        site.shutdown()


def runs(
    site: Site, folder: Path, output: Path, wanted: int, problems: list[str]
) -> Iterator[Seen]:
    """Start the command, look at it after each run, and stop it after `wanted`."""
    feeds = folder / "feeds.txt"
    feeds.write_text("".join(f"http://{host}/feed\n" for host in HOSTS), "utf-8")
    command = [sys.executable, "-m", "pipelines", "run", "--every", "1s", "--poll", "all"]
    command += ["--json", "--pace", "0s", "--contact", "day@communique.example"]
    command += ["--feeds", str(feeds), "--output", str(output)]
    command += ["--allow-host", f"127.0.0.1:{site.port}"]
    for host in HOSTS:
        command += ["--resolve", f"{host}:80:127.0.0.1:{site.port}"]
    with (folder / "complaints").open("w+") as complaints:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaints, text=True
        )
        watched = psutil.Process(process.pid)
        for number, line in zip(range(1, wanted + 1), process.stdout, strict=False):
            account = json.loads(line)
            seen = Seen(watched.memory_info().rss // 1024, watched.num_fds(), watched.num_threads())
            settled = [account[name] for name in ("articles", "failures", "already_committed")]
            if account["items"] != sum(settled):
                problems.append(f"run {number}: {account['items']} items, but {settled}")
            print(json.dumps({"run": number, "items": settled, **seen._asdict()}), flush=True)
            yield seen
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=300)
        if process.returncode != 0:
            complaints.seek(0)
            problems.append(f"exit {process.returncode}: {complaints.read()[-500:]}")


def unaccounted(site: Site, output: Path) -> list[str]:
    """Stories that are no row, articles that are there twice, and rows of no story."""
    rows = {
        table: open_dataset(str(output), table).to_table(columns=["url"]).column("url").to_pylist()
        for table in ("articles", "failures")
    }
    articles, stories = rows["articles"], site.urls()
    found = {
        "lost": len(stories - {*articles, *rows["failures"]}),
        "doubled": len(articles) - len(set(articles)),
        "of no story": len(set(articles) - stories),
    }
    return [f"{count} stories {name}" for name, count in found.items() if count]


def slope_of(values: list[int]) -> tuple[float | None, float | None]:
    """Least squares: growth from one value to the next, and its standard error; None for < 3."""
    if len(values) < 3:
        return None, None
    at = range(len(values))
    slope, start = linear_regression(at, values)
    off = sum((value - start - slope * x) ** 2 for x, value in zip(at, values, strict=True))
    middle = (len(values) - 1) / 2
    spread = sum((x - middle) ** 2 for x in at)
    return slope, (off / (len(values) - 2) / spread) ** 0.5


def judged(seen: list[Seen], slope: float | None, error: float | None, max_kb: float) -> list[str]:
    """What grew."""
    grown = []
    if slope is not None and slope - 2 * error > max_kb:
        grown.append(f"memory grows by {slope:.0f} kB a run, give or take {2 * error:.0f}")
    third = max(1, len(seen) // 3)
    before, after = (max(at.files for at in part) for part in (seen[:-third], seen[-third:]))
    if after > before:
        grown.append(f"{before} files were open at most at first, then {after}")
    return grown


if __name__ == "__main__":
    sys.exit(main())
