"""Pages that stand in an article's way: soft 404s, challenges, logins, consent walls."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from transforms.boilerplate import wall_phrases
from transforms.boilerplate.text import fold

LONGEST_WALL = 4_000
"""A longer text is no wall. The first layer of a consent dialogue has 500 to 2,500 characters."""

_SHORT = 800
_BRIEF = 400
_REST = 150
"""About 25 words. Where more is left of the kept text, it may be an article."""

_CHALLENGE, _LOST, _ADDRESS, _TERM = 1, 2, 4, 8
_NUMBER = re.compile(r"\d[\d.,]*\s*")
_PARTS = re.compile(r"\s+[|\-–—·•»]\s+|\s*[|｜]\s*")
_MAX_TITLE = 120


def wall_named(titles: Sequence[str]) -> str | None:
    """What kind of wall a page is by its titles, None if they name no wall.

    A title names one with all its words, or with a part of it beside the outlet's name. `titles`
    are the texts of <title>, og:title and the <h1> elements.
    """
    names = _names()
    for title in titles:
        if len(title) > _MAX_TITLE:
            continue
        line = " ".join(title.split())
        for part in (line, *_PARTS.split(line)):
            kind = names.get(fold(part))
            if kind is not None:
                return f"{kind}: its title is {line!r}"
    return None


def wall_said(lines: Sequence[str], kept: Sequence[str]) -> str | None:
    """What kind of wall the lines of a page make, if they make one; None if not, or for no lines.

    A wall is told by the sentences that it speaks to its reader, and by the lack of others: of the
    lines that were kept as text, at most 150 characters have no such sentence. A soft 404 and a
    challenge are short as a whole, too (800 characters). A consent wall has to speak of "we" and
    "you" (a report about cookies does not) and to say four of its phrases, or two in 400
    characters.
    Source of the limits: margins around the own-written pages of the tests and 741 articles.
    """
    length = sum(map(len, lines))
    found = {phrase: kind for line in lines for phrase, kind in _found(line)}
    if not found:
        return None
    for kind, name in ((_CHALLENGE, "a challenge for browsers"), (_LOST, "a soft 404")):
        said = [phrase for phrase, other in found.items() if other == kind]
        if said and length <= _SHORT and _rest(kept, kind) <= _REST:
            return f"{name}: it says {said[0]!r}"
    said = [phrase for phrase, kind in found.items() if kind == _ADDRESS]
    terms = [phrase for phrase, kind in found.items() if kind == _TERM]
    needed = 2 if length <= _BRIEF else 4
    if said and len(said) + len(terms) >= needed and _rest(kept, _ADDRESS | _TERM) <= _REST:
        return f"a consent wall: it says {', '.join(map(repr, said[:3]))}"
    return None


def _rest(kept: Sequence[str], kinds: int) -> int:
    """Characters of the lines without a phrase of these kinds."""
    return sum(len(line) for line in kept if not any(kind & kinds for _, kind in _found(line)))


def _found(line: str) -> list[tuple[str, int]]:
    matcher, phrases = _matcher()
    text = _NUMBER.sub("", line.casefold())  # "our 842 partners"
    return [phrases[i] for i, _, _ in matcher.find_matches_as_indexes(text, overlapping=True)]


def _split(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.replace("\n", "|").split("|") if phrase.strip()]


@lru_cache(maxsize=1)
def _matcher() -> tuple[AhoCorasick, list[tuple[str, int]]]:
    kinds = {
        phrase: kind
        for text, kind in (
            (wall_phrases.CONSENT_TERMS, _TERM),
            (wall_phrases.CONSENT_ADDRESS, _ADDRESS),
            (wall_phrases.LOST, _LOST),
            (wall_phrases.CHALLENGES, _CHALLENGE),
        )
        for phrase in _split(text)
    }
    return AhoCorasick(list(kinds)), list(kinds.items())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {
        fold(title): kind
        for text, kind in (
            (wall_phrases.LOGIN_TITLES, "a login form"),
            (wall_phrases.BARRED_TITLES, "a challenge for browsers or a refusal"),
            (wall_phrases.LOST_TITLES, "a soft 404 or an error page"),
        )
        for title in _split(text)
    }
