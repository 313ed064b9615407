"""The rules that every committed row keeps; what breaks one is named."""

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from schemas.article import MAX_EXCERPT, MAX_EXCERPT_QUOTE, TEXT_STORED, has_whole_text
from schemas.errors import is_known

_ID = re.compile(r"[0-9a-f]{32}\Z")

Row = dict[str, Any]


def article_faults(row: Row) -> Iterator[str]:
    """Rules of `articles`: identity, times, text, evidence, and lists that repeat others."""
    if not (_is_id(row["article_id"]) and _is_id(row["canonical_id"])):
        yield "article_id or canonical_id is not 32 hex digits"
    if row["version"] is None or row["version"] < 1:
        yield "version is not at least 1"
    if row["effective_at"] is None:
        yield "effective_at is null"
    if row["effective_at"] != (row["published_at"] or row["first_seen_at"]):
        yield "effective_at is not published_at, else first_seen_at"
    yield from _text_faults(row)
    for name in ("topics", "countries", "dyads"):
        for tag in row[name] or ():
            yield from _evidence_faults(row, name, tag)
    yield from _list_faults(row)


def _text_faults(row: Row) -> Iterator[str]:
    """Rules of the text, and of what is left of one that is not stored whole."""
    text, stored = row["text"] or "", row["text_stored"]
    if not row["word_count"] or row["word_count"] < 1:
        yield "there is no text, or word_count is not positive"
    elif has_whole_text(stored):
        if not text.strip():
            yield "there is no text, or word_count is not positive"
        if hashlib.sha256(text.encode()).hexdigest() != row["content_sha256"]:
            yield "content_sha256 is not that of the text"
    elif stored not in TEXT_STORED:
        yield f"text_stored is none of {', '.join(TEXT_STORED)}"
    elif len(text) > (MAX_EXCERPT if stored == "excerpt" else 0):
        yield "there is more text than text_stored says"


def _evidence_faults(row: Row, name: str, tag: Row) -> Iterator[str]:
    is_whole = has_whole_text(row["text_stored"])
    longest = MAX_EXCERPT_QUOTE if row["text_stored"] == "excerpt" else 0
    for proof in tag["evidence"] or ():
        start, end, quote = proof["start"], proof["end"], proof["quote"]
        field = (row[proof["field"]] or "") if proof["field"] in {"title", "text"} else ""
        if proof["field"] == "text" and not is_whole and end > len(field):
            is_right = quote is None or len(quote) == end - start <= longest
        else:
            is_right = bool(field) and field[start:end] == quote
        if not is_right:
            yield f"the evidence of {name} is not where it says"


def _list_faults(row: Row) -> Iterator[str]:
    topics, countries = row["topics"] or (), row["countries"] or ()
    primary = [topic["id"] for topic in topics if topic["salience"] == "primary"]
    if [topic["id"] for topic in topics] != list(row["topic_ids"] or ()):
        yield "topic_ids are not those of topics"
    if primary != list(row["primary_topic_ids"] or ()):
        yield "primary_topic_ids are not those of topics"
    if [country["code"] for country in countries] != list(row["country_ids"] or ()):
        yield "country_ids are not those of countries"
    if any(not dyad["a"] < dyad["b"] for dyad in row["dyads"] or ()):
        yield "a dyad is not in order"


def failure_faults(row: Row) -> Iterator[str]:
    """Rules of `failures`: a known code, and an entry and a time exactly while a retry is due."""
    if row["article_id"] is not None and not _is_id(row["article_id"]):
        yield "article_id is not 32 hex digits"
    if not is_known(row["code"] or ""):
        yield "the code is not on the list"
    if row["final"] is None or row["final"] != (row["retry_at"] is None):
        yield "final and retry_at contradict each other"
    if row["final"] is False and row["entry"] is None:
        yield "a retry is possible, but the entry is missing"


def entry_faults(row: Row) -> Iterator[str]:
    """Rules of `entries`: both ids."""
    if not (_is_id(row["entry_key"]) and _is_id(row["article_id"])):
        yield "entry_key or article_id is not 32 hex digits"


def poll_faults(row: Row) -> Iterator[str]:
    """Rules of `polls`: a known outcome, with a code exactly where it failed."""
    if row["outcome"] not in {"fetched", "not_modified", "failed"}:
        yield "the outcome is none of fetched, not_modified, failed"
    if (row["code"] is not None) != (row["outcome"] == "failed"):
        yield "outcome and code contradict each other"


FAULTS: dict[str, Callable[[Row], Iterator[str]]] = {
    "articles": article_faults,
    "failures": failure_faults,
    "entries": entry_faults,
    "polls": poll_faults,
}

NOT_NULL = {
    "articles": ("article_id", "version", "run_id"),
    "failures": ("feed_url", "attempt", "run_id"),
    "entries": ("entry_key", "feed_url", "run_id"),
    "polls": ("feed_url", "run_id"),
}
"""Key columns, and the run of each row."""


def row_faults(table: str, row: Row) -> Iterator[str]:
    """Every rule that a row of the table breaks."""
    for column in NOT_NULL[table]:
        if row[column] is None:
            yield f"{column} is null"
    yield from FAULTS[table](row)


def _is_id(value: str | None) -> bool:
    return value is not None and _ID.match(value) is not None
