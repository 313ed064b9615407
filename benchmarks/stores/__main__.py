"""Requests and bytes of a run and of the look-up of 5 and 10 million ids, counted at a proxy.

    python tests/stores/proxy.py 9001 http://127.0.0.1:9000 &
    AWS_ENDPOINT_URL=http://127.0.0.1:9001 python -m benchmarks.stores runs s3://bucket/path 9001
    AWS_ENDPOINT_URL=http://127.0.0.1:9001 python -m benchmarks.stores ids s3://bucket/path 9001

`runs` does the sample job beside the files of 0, 10 and 20 earlier runs; `ids` makes one entries
file of 500,000 ids, copies it, and asks for 2,000 keys. docs/object-stores.md has the figures.
"""

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from datetime import datetime, timedelta, timezone
from typing import Any

import pyarrow as pa

from schemas.arrow import file_schema
from schemas.run import Run
from transforms.tables import History, log, prepare_tables, store
from transforms.tables.parquet import DataFile, new_path, write_file

IDS = 500_000
ASKED = 2_000
EARLIER = (0, 10, 20)


def proxied(port: str, rules: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """What the proxy counted; with rules, the counts begin anew."""
    body = None if rules is None else json.dumps(rules).encode()
    method = "GET" if rules is None else "PUT"
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_proxy", body, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"{}").get("kinds", {})


def entries(count: int, at: datetime) -> pa.Table:
    """Entries with random keys and ids, all else empty."""
    made = {
        "entry_key": [f"https://news.example/feed#{secrets.token_hex(8)}" for _ in range(count)],
        "article_id": [secrets.token_hex(16) for _ in range(count)],
    }
    blank = [("is_string", "x"), ("is_boolean", False), ("is_list", []), ("is_timestamp", at)]

    def column(field: pa.Field) -> pa.Array:
        found = (value for kind, value in blank if getattr(pa.types, kind)(field.type))
        value = next(found, 0)
        return pa.array(made.get(field.name, [value] * count), field.type)

    schema = file_schema("entries")
    return pa.table([column(field) for field in schema], schema=schema)


def copies(output: str, rows: pa.Table, times: int, run: Run, table: str) -> None:
    """Commits the rows in so many files, all of the same bytes."""
    root = store.table_root(output, table)
    day = f"{run.started_at:%Y-%m-%d}"
    first = write_file(output, table, day, run.run_id, "first", rows)
    files = [first]
    for _ in range(times - 1):
        path = new_path(day, run.run_id)
        client = store.filesystem(root)
        client.base_fs.copy_file(*(f"{client.base_path}{name}" for name in (first.path, path)))
        files.append(DataFile(**{**first._asdict(), "path": path}))
    handle = log.prepare(output)[table]
    log.commit(output, table, handle, log.add_actions(output, files), "benchmark", {})


def ids(output: str, port: str) -> None:
    """The look-up of keys and of ids, cold, at 5 and 10 million entries."""
    now = datetime.now(timezone.utc)
    rows = entries(IDS, now)
    for millions in (5, 10):
        where = f"{output}/{millions}"
        prepare_tables(where)
        run = Run(f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}", now, "0")
        copies(where, rows, millions * 1_000_000 // IDS, run, "entries")
        asked = {f"https://news.example/feed#{secrets.token_hex(8)}" for _ in range(ASKED)}
        proxied(port, [])
        began, used = time.monotonic(), time.process_time()
        assert len(History(where).new_entry_keys(asked)) == ASKED
        took = {"s": time.monotonic() - began, "cpu_s": time.process_time() - used}
        print(json.dumps({"million": millions, **took, "kinds": proxied(port)}), flush=True)


def runs(output: str, port: str) -> None:
    """The sample job, new and repeated, beside the files of earlier runs."""
    for earlier in EARLIER:
        where = f"{output}/{earlier}"
        prepare_tables(where)
        at = datetime.now(timezone.utc) - timedelta(days=1)
        for number in range(earlier):
            run = Run(f"{at:%Y%m%dT%H%M%S}-{number:08x}", at, "0")
            copies(where, entries(100, at), 1, run, "entries")
        for name in ("first", "again"):
            proxied(port, [])
            command = [sys.executable, "-m", "pipelines", "run", "--sample", "--json"]
            polled = ["--poll", "all"] if name == "again" else []
            subprocess.run(
                [*command, *polled, "--output", where],
                check=True,
                stdout=subprocess.DEVNULL,
                env=os.environ,
            )
            print(json.dumps({"earlier": earlier, "run": name, "kinds": proxied(port)}), flush=True)


if __name__ == "__main__":
    {"ids": ids, "runs": runs}[sys.argv[1]](*sys.argv[2:])
