"""Run `communique run` against a web of numbered hostile feeds and pages, and have it judged.

    make hostile                     # needs the corpus beside the project, CORPUS=dir names another
    python -m benchmarks.hostile --only 'R\\d\\d' --keep build/hostile

The corpus (server.py, check.py) is not part of the project. Its server gets free ports on
loopback; the guard is opened for exactly its address and port, as for the sample site. A second
port stands for an internal service: one request there is a hole. The judge reads our tables
through their log (`tables.py`), with our codes put in its words (`reasons.json`).
Prints what the judge says, and one JSON line with the seconds and the peak memory (MB, ru_maxrss
of the run's process). Exits 1 unless every case passes, the peak is within --max-mb and the run
within --max-s.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPUS = ROOT.parent / "shared" / "measure" / "hostile"
MAX_MB = 500
MAX_S = 900
"""Wall time that says that something hangs: most of a run is waiting for servers that drip. On an
idle machine it takes 106 to 130 s; what it costs is the CPU time, 11 to 12 s."""


def free_port() -> int:
    """A port of loopback that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def hostile_web(corpus: Path) -> Iterator[str]:
    """The corpus, served on loopback; yields the address that its documents are under."""
    port = free_port()
    command = [sys.executable, corpus / "server.py", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--canary-port", str(free_port()), "--slow", "120"], stdout=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urlopen(f"{base}/__reset", timeout=5).close()
                break
            except URLError:
                time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        server.wait()


def run(base: str, folder: Path) -> dict:
    """One `communique run` over all feeds; its exit status, seconds and peak memory in MB."""
    feeds = folder / "feeds.txt"
    with urlopen(f"{base}/feeds.txt", timeout=30) as listed:
        feeds.write_bytes(listed.read())
    command = [sys.executable, "-m", "pipelines", "run", "--json", "--poll", "all", "--pace", "0s"]
    command += ["--allow-host", base.partition("//")[2], "--contact", "hostile@communique.example"]
    begin = time.monotonic()
    with (folder / "run.json").open("wb") as out, (folder / "run.err").open("wb") as err:
        child = subprocess.Popen(
            [*command, "--feeds", feeds, "--output", folder / "news"],
            cwd=ROOT,
            stdout=out,
            stderr=err,
        )
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - begin
    return {
        "exit": child.returncode,
        "seconds": round(seconds),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": round(used.ru_maxrss / 1024),
    }


def judge(corpus: Path, base: str, folder: Path, only: str | None) -> bool:
    """True if the judge lets every case pass; what it finds goes to stdout."""
    verdict = subprocess.run(
        [
            *(sys.executable, corpus / "check.py", "--manifest", f"{base}/manifest.json"),
            *("--hits", f"{base}/__hits", "--rows", folder / "news"),
            *("--loader", "benchmarks.hostile.tables:load"),
            *("--reason-map", HERE / "reasons.json"),
            *(("--only", only) if only else ()),
        ],
        cwd=ROOT,
        check=False,
    )
    return verdict.returncode == 0


def main() -> int:
    """Serve, run, judge."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--corpus", type=Path, default=CORPUS)
    options.add_argument("--only", help="regex of the cases to judge; all are run")
    options.add_argument("--keep", type=Path, help="folder for the tables, kept afterwards")
    options.add_argument("--max-mb", type=int, default=MAX_MB)
    options.add_argument("--max-s", type=int, default=MAX_S)
    asked = options.parse_args()
    if not (asked.corpus / "server.py").is_file():
        print(
            f"no hostile web: {asked.corpus} has no server.py; --corpus names it", file=sys.stderr
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="communique-hostile-") as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with hostile_web(asked.corpus) as base:
            cost = run(base, folder)
            passed = judge(asked.corpus, base, folder, asked.only)
    print(json.dumps({**cost, "passed": passed}), flush=True)
    within = cost["peak_mb"] <= asked.max_mb and cost["seconds"] <= asked.max_s
    return 0 if passed and within and cost["exit"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
