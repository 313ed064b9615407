"""The words that prove a tag, at their places in the title or the text as it was written."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from schemas.article import Country, Dyad, Evidence
from transforms.topics.countries import rank_countries
from transforms.topics.dyads import find_pairs
from transforms.topics.mentions import Context, Mention
from transforms.topics.scoring import TermHits

MAX_EVIDENCE = 3
"""Of a country: its first mentions."""
MAX_TERM_EVIDENCE = 24
"""Of a topic: all places of the terms that decide."""
DYAD_ORGANISATIONS = frozenset({"EU"})
"""Organisations that act like a state in a pair (trade, accession, Brexit)."""
_made: Callable[[tuple[str, int, int, str, str]], Evidence] = partial(tuple.__new__, Evidence)
"""A third of the time of `Evidence(...)`, and dozens are made."""


def term_evidence(article: Context, hits: Sequence[TermHits]) -> tuple[Evidence, ...]:
    """All places of the terms, the first place of each before the others; at most 24."""
    first = [(term, spans[0]) for term, _, _, spans in hits]
    others = [(term, span) for term, _, _, spans in hits for span in spans[1:]]
    return tuple(
        [
            _evidence(article, *article.folded.original(*span), term)
            for term, span in (first + others)[:MAX_TERM_EVIDENCE]
        ]
    )


def countries_of(article: Context, mentions: Sequence[Mention]) -> tuple[Country, ...]:
    """The states that play a part, each with its first mentions; () for none."""
    original = article.folded.original
    return tuple(
        [
            Country(
                code,
                best,
                tuple(
                    [
                        _evidence(article, *original(start, end), role)
                        for start, end, _, role, _, _, _ in own[:MAX_EVIDENCE]
                    ]
                ),
            )
            for code, best, own in rank_countries(mentions)
        ]
    )


def dyads_of(
    article: Context,
    states: Sequence[Mention],
    organisations: Sequence[Mention],
    countries: Collection[Country],
) -> tuple[Dyad, ...]:
    """The pairs among the `countries` and the EU, each with a sentence that names both."""
    allowed = {country.code for country in countries} | DYAD_ORGANISATIONS
    parties = sorted([*states, *(m for m in organisations if m[2] in DYAD_ORGANISATIONS)])
    return tuple(
        Dyad(p.a, p.b, (_evidence(article, p.start, p.end, "same sentence"),))
        for p in find_pairs(article, parties, allowed)
    )


def _evidence(article: Context, start: int, end: int, rule: str) -> Evidence:
    """Evidence for a span of `raw`."""
    title = article.title
    shift = len(title) + 1
    if end < shift:
        return _made(("title", start, end, title[start:end], rule))
    return _made(("text", start - shift, end - shift, article.raw[start:end], rule))
