"""Receipt: what one pass committed, as it is returned and as it stands in the Delta log."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from schemas.arrow import ROWS, SCHEMA_VERSION
from transforms.tables.log import open_table
from transforms.tables.parquet import DataFile

_KEY = "receipt"
_ID = "pass_id"


class Receipt(NamedTuple):
    """The account of one pass: `admitted == articles + failures + already_committed`.

    `failures` are item failures, `duplicates` among them; `failure_codes` counts them and
    `feed_failures` by code. `doubled` counts offered rows whose key was offered twice.
    """

    run_id: str
    admitted: int
    articles: int = 0
    failures: int = 0
    already_committed: int = 0
    entries: int = 0
    polls: int = 0
    failure_codes: dict[str, int] = {}  # noqa: RUF012  (a default of a tuple, never edited)
    feed_failures: int = 0
    duplicates: int = 0
    doubled: int = 0


def pass_id(files: Iterable[DataFile]) -> str:
    """The same files are the same pass, however often they are offered."""
    names = sorted(f"{file.table}/{file.path}" for file in files)
    return hashlib.blake2b("\n".join(names).encode(), digest_size=8).hexdigest()


def commit_metadata(receipt: Receipt, table: str, pass_key: str) -> dict[str, Any]:
    """What a commit of a pass to `table` says about itself in the log."""
    return {
        "run_id": receipt.run_id,
        "table": table,
        _ID: pass_key,
        "schema_version": str(SCHEMA_VERSION),
        _KEY: json.dumps(receipt._asdict(), sort_keys=True),
    }


def receipts(output: str, run_id: str) -> list[Receipt]:
    """The receipts of a run's passes, oldest first, as far back as the log is kept (7 days).

    A pass that was killed between two tables shows what it had committed until then. Passes that
    committed nothing leave no receipt; empty if the tables do not exist.
    """
    newest: dict[str, tuple[int, int, Receipt]] = {}
    for position, table in enumerate(ROWS):
        handle = open_table(output, table)
        for commit in handle.history() if handle is not None else ():
            if commit.get("run_id") != run_id or _KEY not in commit:
                continue
            key, time = commit[_ID], commit["timestamp"]
            known = newest.get(key)
            if known is None or known[:2] < (position, time):
                receipt = Receipt(**json.loads(commit[_KEY]))
                newest[key] = (position, time, receipt)
    return [found[2] for found in sorted(newest.values(), key=lambda found: found[1])]
