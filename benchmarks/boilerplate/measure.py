"""Each extractor on the same pages, in turn, and what came of it.

Extractors take turns by blocks of pages, so that what else the machine does falls on all of them
alike; within a block one runs alone, so that its code and tables are in the processor's caches, as
they are when a job cleans one page after another.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.boilerplate.gold import GoldPage

BLOCK = 20
Key = tuple[str, str]


class Found(NamedTuple):
    """What an extractor made of a page. A crash has the text "" and no time."""

    text: str
    title: str | None = None
    date: str = ""
    gives: tuple[str, ...] = ()
    ms: float | None = None
    crashed: bool = False


class System(NamedTuple):
    """An extractor's answers; `run` names the run in which they and their times were taken."""

    name: str
    version: str
    run: str
    found: dict[Key, Found]


class Worker:
    """A process that holds one extractor; it is started again when a page has killed it."""

    def __init__(self, name: str, python: Path, folder: Path) -> None:
        self._command = [str(python), "-m", "benchmarks.boilerplate.worker", name]
        self._log = folder / f"{name}.log"
        self._log.unlink(missing_ok=True)
        self._start()

    def _start(self) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )
        if not (hello := self._process.stdout.readline()):
            self.stop()
            raise RuntimeError(f"{' '.join(self._command)} does not start: see {self._log}")
        self.version = json.loads(hello)["version"]

    def ask(self, page: GoldPage) -> Found:
        """What the extractor makes of the page."""
        line = json.dumps({"path": str(page.path), "url": page.url})
        print(line, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if answer:
            return Found(**json.loads(answer))
        self.stop()
        self._start()
        return Found("", crashed=True)

    def stop(self) -> None:
        """End the process, which ends when nothing more can come."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def measure(names: Iterable[str], pages: Sequence[GoldPage], python: Path, folder: Path) -> str:
    """Run the extractors, keep what they found in `folder`, and return the name of the run.

    `python` is the interpreter that has the peers; ours runs under this one.
    """
    run = time.strftime("%Y-%m-%dT%H:%M:%S")
    folder.mkdir(parents=True, exist_ok=True)
    workers = {
        name: Worker(name, Path(sys.executable) if name == "ours" else python, folder)
        for name in names
    }
    found: dict[str, dict[Key, Found]] = {name: {} for name in workers}
    began = time.monotonic()
    for at in range(0, len(pages), BLOCK):
        for name, worker in workers.items():
            for page in pages[at : at + BLOCK]:
                found[name][page.key] = worker.ask(page)
        done, minutes = min(at + BLOCK, len(pages)), (time.monotonic() - began) / 60
        print(f"{done} of {len(pages)} pages, {minutes:.1f} min", file=sys.stderr, flush=True)
    for name, worker in workers.items():
        worker.stop()
        write(folder, System(name, worker.version, run, found[name]))
    return run


def write(folder: Path, system: System) -> None:
    """Keep a system's answers, in place of those of an earlier run."""
    path = folder / f"{system.name}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        print(json.dumps({"version": system.version, "run": system.run}), file=file)
        for (dataset, page), found in system.found.items():
            row = {"dataset": dataset, "id": page, **found._asdict()}
            print(json.dumps(row, ensure_ascii=False), file=file)


def read(folder: Path, name: str) -> System | None:
    """What is kept of a system; None if it has never been run to the end."""
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8") as file:
        head = json.loads(next(file))
        return System(name, head["version"], head["run"], _rows(file))


def read_texts(path: Path, name: str) -> System:
    """A system of which only the texts are known: one object a line with dataset, id and text."""
    with path.open(encoding="utf-8") as file:
        return System(name, "", "", _rows(file))


def _rows(lines: Iterable[str]) -> dict[Key, Found]:
    rows = (json.loads(line) for line in lines)
    return {
        (row.pop("dataset"), row.pop("id")): Found(
            **{name: value for name, value in row.items() if name in Found._fields}
        )
        for row in rows
    }
