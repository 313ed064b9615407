"""Which offered articles are articles that are committed, or offered, under their canonical URL."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def find_duplicates(
    offered: Iterable[dict[str, Any]], committed: Iterable[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """article_id of each duplicate -> the row that it repeats.

    A row repeats another one with a different article_id if its canonical_id is the other's
    canonical_id or article_id, and title or text are equal: canonical tags alone are often wrong
    (every page of a site naming its front page). Of two offered ones the canonical one stays, then
    the earlier one.
    """
    known: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in committed:
        _remember(known, row)
    found = {}
    for row in sorted(offered, key=_precedence):
        others = [other for other in known[row["canonical_id"]] if _is_same(row, other)]
        if others:
            found[row["article_id"]] = others[0]
        else:
            _remember(known, row)
    return found


def _precedence(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["article_id"] != row["canonical_id"], row["effective_at"], row["article_id"])


def _remember(known: dict[str, list[dict[str, Any]]], row: dict[str, Any]) -> None:
    for key in {row["article_id"], row["canonical_id"]}:
        known[key].append(row)


def _is_same(row: dict[str, Any], other: dict[str, Any]) -> bool:
    if row["article_id"] == other["article_id"]:
        return False
    same_title = bool(row["title"]) and row["title"] == other["title"]
    return same_title or row["content_sha256"] == other["content_sha256"]
