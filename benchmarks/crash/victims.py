"""A process that forks victims: they commit passes of a made-up feed until they are killed.

    python -m benchmarks.crash.victims OUTPUT [seen|order]

Reads JSON lines, {"seed": 1, "fault": "", "passes": 0, "writers": 1}, and answers each with the
process ids of the victims, and with their exit statuses when all have ended. The process itself
never opens a table, so that a fork has no threads to miss. A victim commits `passes` passes, or
passes without end; the point that a feed is read up to is in its committed polls, as with a real
feed's validators, and each pass offers some entries of the last one again.

`seen` and `order` break the committer on purpose: it forgets what is committed; it commits polls
first. A harness that finds nothing then has no teeth.
"""

import hashlib
import json
import os
import random
import sys
import traceback
from datetime import datetime, timedelta, timezone
from typing import Any, get_origin

from schemas.arrow import ROWS, columns, read_row
from schemas.run import Run
from transforms.tables import TableError, TableWriter, commit_pass, open_dataset, prepare_tables
from transforms.tables import commit as committer
from transforms.tables import plan as planner
from transforms.web import article_id_of

FEED = "https://made-up.example/feed"
STEP = 10
"""New entries of a pass."""
AGAIN = 5
"""Entries of the pass before that are offered once more."""
T0 = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
REFUSED = 7
"""Exit status of a victim to which the disk said no."""


def url_of(number: int) -> str:
    return f"https://made-up.example/{number}"


def is_article(number: int) -> bool:
    """Each fifth entry is a failure."""
    return number % 5 != 4


def rows_of(numbers: range, position: int, run: Run) -> dict[str, list[Any]]:
    """The rows of a pass that read the feed up to `position`."""
    rows: dict[str, list[Any]] = {table: [] for table in ROWS}
    for number in numbers:
        table = "articles" if is_article(number) else "failures"
        rows[table].append(_row(table, number, run))
        rows["entries"].append(_row("entries", number, run))
    rows["polls"].append(_row("polls", 0, run)._replace(etag=str(position)))
    return rows


def _row(table: str, number: int, run: Run) -> Any:
    """A row of a table with plain values where it must have some, and its key from the number."""
    url, at = url_of(number), run.started_at
    key = article_id_of(url)
    text = f"Envoys met for the {number}th time."
    plain = {
        "article_id": key,
        "canonical_id": key,
        "entry_key": key,
        "version": 1,
        "url": url,
        "feed_url": FEED,
        "entry_id": url,
        "run_id": run.run_id,
        "title": f"Talks {number}",
        "text": text,
        "text_source": "page",
        "outlet": "made-up.example",
        "word_count": 7,
        "content_sha256": _sha256(text),
        "first_seen_at": at,
        "effective_at": at,
        "fetched_at": at,
        "failed_at": at,
        "polled_at": at,
        "stage": "fetch_articles",
        "code": None if table == "polls" else "http_404",
        "detail": "made up",
        "attempt": 1,
        "final": True,
        "outcome": "fetched",
        "pipeline_version": "0",
        "http_status": 200,
    }
    blank = {name: _blank(kind) for name, kind, _ in columns(ROWS[table])}
    return read_row(ROWS[table], {**blank, **{k: v for k, v in plain.items() if k in blank}})


def _blank(kind: Any) -> Any:
    """What a column has that may not be null and does not matter here."""
    if get_origin(kind) is tuple:
        return ()
    if hasattr(kind, "_fields"):
        return {name: _blank(inner) for name, inner, _ in columns(kind)}
    return {bool: False, int: 0, float: 0.0, str: ""}.get(kind)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def position_of(output: str) -> int:
    """Up to where the committed polls say that the feed was read."""
    polls = open_dataset(output, "polls").to_table(columns=["etag"]).column("etag").to_pylist()
    return max(map(int, polls), default=0)


def live(output: str, seed: int, passes: int) -> None:
    """Commit passes. The clock of each is up to three days off, forwards or back."""
    rng = random.Random(seed)
    prepare_tables(output)
    done = 0
    while not passes or done < passes:
        start = position_of(output)
        at = T0 + timedelta(minutes=rng.randrange(-4320, 4320))
        run = Run(f"{at:%Y%m%dT%H%M%S}-{rng.getrandbits(32):08x}", at, "0")
        rows = rows_of(range(max(0, start - AGAIN), start + STEP), start + STEP, run)
        files = []
        for table, its_rows in rows.items():
            writer = TableWriter(output, table, run)
            files += [file for row in its_rows if (file := writer.add(row))]
            files += [file for file in [writer.flush()] if file]
        commit_pass(output, run, files, {r.article_id for r in rows["articles"] + rows["failures"]})
        done += 1


def break_committer(how: str) -> None:
    """Make the committer wrong, in this process and its children."""
    if how == "seen":
        planner.Lookup.rows = lambda *_: []
    elif how == "order":
        committer.ROWS = {table: ROWS[table] for table in reversed(ROWS)}


def main() -> None:
    """Fork the victims of a line, tell who they are, and how they ended."""
    output, *broken = sys.argv[1:]
    if broken:
        break_committer(broken[0])
    for line in sys.stdin:
        asked = json.loads(line)
        victims = [_forked(output, asked, asked["seed"] + n) for n in range(asked["writers"])]
        print(json.dumps(victims), flush=True)
        ends = [os.waitpid(victim, 0)[1] for victim in victims]
        print(json.dumps([os.waitstatus_to_exitcode(end) for end in ends]), flush=True)


def _forked(output: str, asked: dict[str, Any], seed: int) -> int:
    victim = os.fork()
    if victim:
        return victim
    os.environ["COMMUNIQUE_FAULT"] = asked["fault"]
    status = 1
    try:
        live(output, seed, asked["passes"])
        status = 0
    except TableError as error:
        print(f"refused: {error}", file=sys.stderr, flush=True)
        status = REFUSED
    except Exception:  # noqa: BLE001  a fork must not go on as its parent
        traceback.print_exc()
    os._exit(status)


if __name__ == "__main__":
    main()
