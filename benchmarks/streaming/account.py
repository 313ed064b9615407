"""What a soak has to show while it runs, and in the end."""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

import psutil

from benchmarks.streaming.press import Handler, Press
from benchmarks.streaming.process import ROOT, Stream
from transforms.tables import TableError, open_dataset


def committed(folder: Path) -> list[dict]:
    """The article rows, as (url, published_at, run_id); none before there is a table."""
    columns = ["url", "published_at", "run_id"]
    try:
        return open_dataset(str(folder / "news"), "articles").to_table(columns=columns).to_pylist()
    except TableError:
        return []


def waiting(folder: Path) -> dict[str, str]:
    """url -> code of the pages that failed and will be tried again."""
    try:
        rows = open_dataset(str(folder / "news"), "failures").to_table(["url", "code", "final"])
    except TableError:
        return {}
    return {row["url"]: row["code"] for row in rows.to_pylist() if row["url"] and not row["final"]}


def latencies(rows: list[dict], since: float) -> list[float]:
    """Seconds from publication to the start of the commit, of what was published after `since`."""
    found = []
    for row in rows:
        at = datetime.strptime(row["run_id"][:15], "%Y%m%dT%H%M%S").replace(tzinfo=timezone.utc)
        if row["published_at"].timestamp() >= since:
            found.append((at - row["published_at"]).total_seconds())
    return sorted(found)


def report(press: Press, streams: list[Stream], folder: Path, started: float) -> None:
    """One line: how far it is, memory (MB: command, engine), CPU of those that live, and state."""
    memory, cpu_s = [], 0.0
    for stream in streams:
        found = []
        for process in stream.processes():
            with suppress(psutil.NoSuchProcess):
                found.append(process.memory_info().rss >> 20)
                cpu_s += sum(process.cpu_times()[:2])
        memory.append(found)
    now, rows = time.time(), committed(folder)
    waits = latencies(rows, now - 300.0)
    tables = folder / "news"
    line = {
        "s": int(now - started),
        "published": len(press.urls()),
        "committed": len(rows),
        "mb": memory,
        "cpu_s": round(cpu_s, 1),
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


def summary(
    options: argparse.Namespace, folder: Path, wanted: set[str], settled_s: float, since: float
) -> int:
    """Print the account; 0 if nothing is lost or doubled and the tables keep their promises."""
    rows = committed(folder)
    times = Counter(row["url"] for row in rows)
    retried = waiting(folder)
    verify = subprocess.run(
        [sys.executable, "-m", "pipelines", "verify", "--output", str(folder / "news")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    waits = latencies(rows, since)
    pages = [n for (_, name), n in Handler.asked.items() if name.isdigit()]
    account = {
        "published": len(wanted),
        "lost": len(wanted - times.keys() - retried.keys()),
        "to_be_tried_again": {
            url: retried[url] for url in (wanted - times.keys()) & retried.keys()
        },
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
