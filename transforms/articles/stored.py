"""What of a text a row keeps once the whole of it was read, hashed, counted and tagged.

Why so and not otherwise: docs/decisions/0014-text-that-is-not-kept.md.
"""

import html
import re
from collections.abc import Iterable
from typing import TypeVar

from schemas.article import (
    MAX_EXCERPT,
    MAX_EXCERPT_QUOTE,
    TEXT_STORED,
    WHOLE,
    Article,
    Country,
    Dyad,
    Evidence,
    Topic,
)
from schemas.entry import Entry
from schemas.failure import Failure
from transforms.boilerplate import plain_line

_Tag = TypeVar("_Tag", Topic, Country, Dyad)

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？][」』”）]*|\n\s*\n")
_WHERE = re.compile(r'  File "[^"]+", line \d+, in \S+\Z')
_ERROR_TYPE = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Iteration)(?=:|\Z)")


def stored_row(row: Article | Failure, store_text: str) -> Article | Failure:
    """The row as it is written: with its `full` text, an `excerpt` of it, or `none`.

    Raises: ValueError for another `store_text`.
    """
    if store_text not in TEXT_STORED:
        raise ValueError(f"store_text is {store_text!r}; it is one of {', '.join(TEXT_STORED)}")
    if store_text == WHOLE:
        return row
    is_excerpt = store_text == "excerpt"
    if isinstance(row, Failure):
        return _stored_failure(row, is_excerpt=is_excerpt)
    text = row.text or ""
    bound = min(MAX_EXCERPT, len(text) // 2) if is_excerpt else 0
    kept = excerpt(text, bound)
    return row._replace(
        text=kept or None,
        summary=excerpt(row.summary or "", bound) or None,
        topics=_without_text(row.topics, len(kept), is_excerpt=is_excerpt),
        countries=_without_text(row.countries, len(kept), is_excerpt=is_excerpt),
        dyads=_without_text(row.dyads, len(kept), is_excerpt=is_excerpt),
        text_stored=store_text,
    )


def excerpt(text: str, max_chars: int) -> str:
    """The whole sentences at the start of a text, `max_chars` code points of it at most.

    Where the first sentence is longer, its words up to there; where there are no words either, as
    in Chinese, its characters. A text that is not longer is its own excerpt. It is a prefix, so
    that offsets into the text are offsets into it.
    """
    if len(text) <= max_chars:
        return text
    head = text[: max_chars + 1]  # one more: white space after it is what ends a sentence
    ends = [m.end() for m in _SENTENCE_END.finditer(head) if m.end() <= max_chars]
    if ends:
        return text[: ends[-1]].rstrip()
    return (head.rsplit(maxsplit=1)[0] if len(head.split()) > 1 else head[:max_chars]).rstrip()


def _without_text(tags: Iterable[_Tag], kept_chars: int, *, is_excerpt: bool) -> tuple[_Tag, ...]:
    """The tags with their offsets and rules, without the quotes that would give the text away."""
    longest = MAX_EXCERPT_QUOTE if is_excerpt else 0
    return tuple(
        tag._replace(evidence=tuple(_proof(e, kept_chars, longest) for e in tag.evidence))
        for tag in tags
    )


def _proof(proof: Evidence, kept_chars: int, longest: int) -> Evidence:
    stays = proof.field != "text" or proof.end <= kept_chars or proof.end - proof.start <= longest
    return proof if stays else proof._replace(quote=None)


def _stored_failure(failure: Failure, *, is_excerpt: bool) -> Failure:
    entry = failure.entry and _stored_entry(failure.entry, is_excerpt=is_excerpt)
    detail = failure.detail
    if failure.code == "unexpected":  # the message of an error may quote what it failed at
        detail = _without_messages(detail)
    return failure._replace(entry=entry, detail=detail)


def _stored_entry(entry: Entry, *, is_excerpt: bool) -> Entry:
    """The entry as it waits for its retry: without the feed's copy of the article."""
    summary = plain_line(entry.summary_html or "", 2 * MAX_EXCERPT) if is_excerpt else ""
    kept = html.escape(excerpt(summary, MAX_EXCERPT), quote=False)
    return entry._replace(summary_html=kept or None, content_html=None)


def _without_messages(traceback: str) -> str:
    """Of a traceback the places and the types of the errors: which line of ours failed, and how."""
    found = (_WHERE.match(line) or _ERROR_TYPE.match(line) for line in traceback.splitlines())
    return "\n".join(match[0] for match in found if match)
