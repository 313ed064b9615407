"""Stream from a site that keeps publishing, kill what runs, and account for every article.

    python benchmarks/streaming/soak.py --prism build/prism/prism --seconds 120 --kills 4

`communique stream` reads three loopback hosts that publish a story each every `--gap` seconds. At
random moments the stream (`worker`), or its engine (`engine`), or both, get SIGKILL, and a stream
is started again from nothing, on the same tables; with `--twice` a second stream runs beside it by
mistake. At the end the site falls silent, the stream goes on until it has everything or a minute
has passed, and every published story must be one article: none lost, none doubled, and
`communique verify` must find nothing. One JSON line each 10 s and a summary; exits 1 if not.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from datetime import datetime, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import psutil

from transforms.tables import TableError, open_dataset

ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("ministry.example", "gazette.example", "courier.example")
WINDOW_S = 120.0
"""A feed offers the stories of so many seconds. A restart takes 5, under load 20 and more, and what
a feed drops before anybody could see it is nobody's to keep."""

PATIENCE_S = 90.0
SENTENCE = "Envoys of the two states met in the capital on day {n} and agreed on article {n}. "


class Press:
    """What was published so far: (host, number) -> the time, while `is_open`."""

    def __init__(self, gap_s: float) -> None:
        self.gap_s = gap_s
        self.window = max(1, int(WINDOW_S / gap_s))
        self.started = time.time()
        self.closed: float | None = None

    def published(self, host: str) -> list[tuple[int, float]]:
        """(number, time) of the stories of a host, oldest first; hosts take turns."""
        first = self.started + HOSTS.index(host) * self.gap_s / len(HOSTS)
        until = self.closed or time.time()
        count = max(0, int((until - first) / self.gap_s) + 1)
        return [(n, first + n * self.gap_s) for n in range(count)]

    def urls(self) -> set[str]:
        """The address of every story."""
        return {f"http://{host}/{n}" for host in HOSTS for n, _ in self.published(host)}


class Handler(BaseHTTPRequestHandler):
    """Feed, pages, and no robots.txt."""

    protocol_version = "HTTP/1.1"
    press: Press
    asked: ClassVar[Counter] = Counter()

    def do_GET(self) -> None:
        """Answer from the press."""
        host = self.headers.get("Host", "").partition(":")[0]
        stories = dict(self.press.published(host)) if host in HOSTS else {}
        name = self.path.strip("/")
        self.asked[(host, name)] += 1
        if name == "feed":
            self._send(200, "application/rss+xml", feed(host, stories, self.press.window))
        elif name.isdigit() and int(name) in stories:
            self._send(200, "text/html", page(host, int(name)))
        else:
            self._send(404, "text/plain", "no such page")

    def _send(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # the client was killed
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def feed(host: str, stories: dict[int, float], window: int) -> str:
    """An RSS document of the newest stories."""
    items = "".join(
        f"<item><title>Talks {n} at {host}</title><link>http://{host}/{n}</link>"
        f"<guid>http://{host}/{n}</guid><pubDate>"
        f"{format_datetime(datetime.fromtimestamp(at, timezone.utc), usegmt=True)}</pubDate></item>"
        for n, at in list(stories.items())[-window:]
    )
    return f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'


def page(host: str, number: int) -> str:
    """A page whose text is its own, so that it is no copy of another one."""
    paragraphs = "".join(
        f"<p>{SENTENCE.format(n=number * 100 + i)}{host} reports from hall {number * 7 + i}.</p>"
        for i in range(12)
    )
    title = f"Talks {number} at {host}"
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><h1>{title}</h1>{paragraphs}</body></html>"


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
            self.process.wait(30)
        finally:
            for process in engines:
                with suppress(psutil.NoSuchProcess):
                    process.kill()


def committed(folder: Path) -> list[dict]:
    """The article rows, as (url, published_at, run_id); none before there is a table."""
    columns = ["url", "published_at", "run_id"]
    try:
        return open_dataset(str(folder / "news"), "articles").to_table(columns=columns).to_pylist()
    except TableError:
        return []


def latencies(rows: list[dict], since: float) -> list[float]:
    """Seconds from publication to the start of the commit, of what was published after `since`."""
    found = []
    for row in rows:
        at = datetime.strptime(row["run_id"][:15], "%Y%m%dT%H%M%S").replace(tzinfo=timezone.utc)
        if row["published_at"].timestamp() >= since:
            found.append((at - row["published_at"]).total_seconds())
    return sorted(found)


def report(press: Press, streams: list[Stream], folder: Path, started: float) -> None:
    """One line: how far it is, what memory it takes (MB: worker, engine), and what it holds."""
    memory = []
    for stream in streams:
        found = []
        for process in stream.processes():
            with suppress(psutil.NoSuchProcess):
                found.append(process.memory_info().rss >> 20)
        memory.append(found)
    now, rows = time.time(), committed(folder)
    waits = latencies(rows, now - 300.0)
    tables = folder / "news"
    line = {
        "s": int(now - started),
        "published": len(press.urls()),
        "committed": len(rows),
        "mb": memory,
        "latency_s_p50": waits[len(waits) // 2] if waits else None,
        "latency_s_p95": waits[int(len(waits) * 0.95)] if waits else None,
        "commits": sum(1 for _ in tables.glob("*/_delta_log/*.json")),
        "log_files": sum(1 for _ in tables.glob("*/_delta_log/*")),
        "parquet_files": sum(1 for _ in tables.glob("*/**/*.parquet")),
        "signs": last_signs(folder / "signs.jsonl"),
    }
    print(json.dumps(line), flush=True)


def last_signs(path: Path) -> dict[str, dict]:
    """The latest record of each stage and shard: "stage shard" -> its numbers."""
    found: dict[str, dict] = {}
    with suppress(OSError):
        for line in path.read_text().splitlines()[-60:]:
            record = json.loads(line)
            if "stage" in record:
                found[f"{record['stage']} {record['shard']}"] = record
    return found


def run(
    options: argparse.Namespace, press: Press, port: int, folder: Path, streams: list[Stream]
) -> None:
    """Stream, kill, start again, until the time is over; `streams` are those that live."""
    chance = random.Random(options.seed)
    streams.append(Stream(options, port, folder))
    started = told = time.time()
    gap_s = options.seconds / (options.kills + 1)
    kills = [started + gap_s * (i + chance.uniform(0.6, 1.2)) for i in range(options.kills)]
    targets = [("worker", "engine", "both")[i % 3] for i in range(options.kills)]
    second = [started + options.seconds * part for part in (0.4, 0.55)] if options.twice else []
    while time.time() < started + options.seconds:
        time.sleep(0.5)
        if second and time.time() >= second[0]:
            second.pop(0)
            if second:
                streams.append(Stream(options, port, folder))
            else:
                streams.pop().end()
            print(json.dumps({"streams": len(streams)}), flush=True)
        if kills and time.time() >= kills[0]:
            kills.pop(0)
            victim = chance.randrange(len(streams))
            print(json.dumps({"kill": targets[0]}), flush=True)
            streams[victim].kill(targets.pop(0))
            streams[victim] = Stream(options, port, folder)
        if time.time() >= told + options.tell:
            told = time.time()
            report(press, streams, folder, started)


def main() -> int:
    """Run it and print the account."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--prism", type=Path, default=ROOT / "build" / "prism" / "prism")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--gap", type=float, default=1.0)
    parser.add_argument("--flush", default="5s")
    parser.add_argument("--tell", type=float, default=10.0)
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "feeds.txt").write_text("".join(f"http://{host}/feed\n" for host in HOSTS))
        Handler.press = press = Press(options.gap)
        server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        streams: list[Stream] = []
        try:
            run(options, press, server.server_address[1], folder, streams)
            press.closed = time.time()
            wanted = press.urls()
            while len({row["url"] for row in committed(folder)}) < len(wanted):
                if time.time() > press.closed + PATIENCE_S:
                    break
                time.sleep(1)
            settled_s = time.time() - press.closed
        finally:
            for stream in streams:
                stream.end()
        server.shutdown()
        return summary(options, folder, wanted, settled_s, press.started)


def summary(
    options: argparse.Namespace, folder: Path, wanted: set[str], settled_s: float, since: float
) -> int:
    """Print the account; 0 if nothing is lost or doubled and the tables keep their promises."""
    rows = committed(folder)
    times = Counter(row["url"] for row in rows)
    verify = subprocess.run(
        [sys.executable, "-m", "pipelines", "verify", "--output", str(folder / "news")],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ},
    )  # fmt: skip
    waits = latencies(rows, since)
    pages = [n for (_, name), n in Handler.asked.items() if name.isdigit()]
    account = {
        "published": len(wanted),
        "lost": len(wanted - times.keys()),
        "doubled": sum(n - 1 for n in times.values()),
        "unknown": len(times.keys() - wanted),
        "kills": options.kills,
        "verify": verify.returncode,
        "page_requests_each": round(sum(pages) / max(len(pages), 1), 2),
        "latency_s_p50": waits[len(waits) // 2] if waits else None,
        "latency_s_p95": waits[int(len(waits) * 0.95)] if waits else None,
        "settled_s": round(settled_s, 1),
    }
    print(json.dumps(account), flush=True)
    if verify.returncode:
        print(verify.stdout, verify.stderr, file=sys.stderr)
    bad = account["lost"] or account["doubled"] or account["unknown"] or verify.returncode
    if bad:
        print((folder / "stream.log").read_text()[-3000:], file=sys.stderr)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
