"""A `communique stream` that can be killed."""

import argparse
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.streaming.press import HOSTS

ROOT = Path(__file__).resolve().parents[2]


class Stream:
    """One `communique stream` process, its engine a child of it."""

    def __init__(self, options: argparse.Namespace, port: int, folder: Path) -> None:
        command = [sys.executable, "-m", "pipelines", "stream", "--feeds", folder / "feeds.txt"]
        command += ["--output", folder / "news", "--every", "5s", "--flush", options.flush]
        command += ["--log", folder / "signs.jsonl"]
        command += ["--pace", "0s", "--contact", "test@communique.example"]
        for host in HOSTS:
            command += ["--resolve", f"{host}:80:127.0.0.1:{port}"]
        command += ["--allow-host", f"127.0.0.1:{port}", "--", "--runner=PrismRunner"]
        command += [f"--prism_location={options.prism.resolve()}"]
        self.log = (folder / "stream.log").open("ab")
        self.process = subprocess.Popen(
            [*map(str, command)], cwd=ROOT, stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def processes(self) -> list[psutil.Process]:
        """The stream and its engine, as far as they live."""
        with suppress(psutil.NoSuchProcess):
            mine = psutil.Process(self.process.pid)
            return [mine, *mine.children(recursive=True)]
        return []

    def kill(self, what: str) -> None:
        """SIGKILL `worker`, `engine` or `both`, then whatever is left of it."""
        mine, *engines = self.processes()
        targets = {"worker": [mine], "engine": engines, "both": [mine, *engines]}[what]
        for process in targets:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        if what == "engine":
            self._ends_or_has_another_engine(engines)
        for process in self.processes() + engines:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()

    def _ends_or_has_another_engine(self, engines: list[psutil.Process]) -> None:
        """The stream has to notice and fail; Beam starts another engine for one that dies young."""
        try:
            assert self.process.wait(30) != 0, "the stream ended well without its engine"
        except subprocess.TimeoutExpired:
            assert set(self.processes()[1:]) - set(engines), "the stream outlived its engine"

    def end(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        engines = self.processes()[1:]
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:  # one that was about to start, on a busy machine
            self.process.kill()
            self.process.wait()
        finally:
            for process in engines:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
