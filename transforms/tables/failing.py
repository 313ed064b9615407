"""Which item failures of a pass are new, by what is committed already."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from transforms.tables.ledger import OfferedRow


class Failing(NamedTuple):
    """Item failures by what becomes of them. `codes` counts those that this run commits.

    `fresh` go as they are, `renumbered` under another attempt; `repeats` are the attempt numbers
    of the failures that duplicates become, by article_id.
    """

    fresh: list[OfferedRow]
    renumbered: list[tuple[OfferedRow, int]]
    repeats: dict[str, int]
    codes: Counter[str]
    already_committed: int


def sort_failures(
    offered: Iterable[OfferedRow],
    duplicates: Collection[str],
    committed: Iterable[dict[str, Any]],
    article_ids: Collection[str],
    run_id: str,
) -> Failing:
    """Sorts offered failures (keys distinct) by the committed ones of the same items.

    What this run committed itself, before it was killed, counts but is not committed again. A
    failure whose article is committed, or whose attempt another run committed, is dropped; but a
    final one is never dropped for one that may be retried: it becomes the next attempt.
    """
    by_item: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for known in committed:
        by_item[known["article_id"]].append(known)
    found = Failing([], [], {}, Counter(), 0)
    already = 0
    for row in offered:
        before = by_item[row.values["article_id"]]
        attempt = _attempt(row.values, before, run_id)
        if row.values["article_id"] in article_ids or attempt is None:
            already += 1
            continue
        found.codes[row.values["code"]] += 1
        if attempt == row.values["attempt"]:
            found.fresh.append(row)
        elif attempt:
            found.renumbered.append((row, attempt))
    for item in duplicates:
        before = by_item[item]
        ours = any(_is_ours(known, "duplicate", run_id) for known in before)
        if not ours and any(known["final"] for known in before):
            already += 1  # another run found the same, between our look at articles and this one
            continue
        found.codes["duplicate"] += 1
        if not ours:
            found.repeats[item] = max((known["attempt"] for known in before), default=0) + 1
    return found._replace(already_committed=already)


def _attempt(offered: dict[str, Any], before: list[dict[str, Any]], run_id: str) -> int | None:
    """The attempt to commit it under, 0 if this run has done so, None if another run was first."""
    attempt: int = offered["attempt"]
    if any(_is_ours(r, offered["code"], run_id) and r["attempt"] >= attempt for r in before):
        return 0
    if not any(row["attempt"] == attempt for row in before):
        return attempt
    latest = max(before, key=lambda row: row["attempt"])
    return latest["attempt"] + 1 if offered["final"] and not latest["final"] else None


def _is_ours(row: dict[str, Any], code: str, run_id: str) -> bool:
    return row["run_id"] == run_id and row["code"] == code
