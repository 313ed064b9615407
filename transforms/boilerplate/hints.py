"""What tag, class, id and role say about an element: evidence for the choice, never a verdict."""

import re
from functools import lru_cache

from transforms.boilerplate.hint_words import (
    ASIDE,
    BODY,
    BYLINE,
    CAPTION,
    COMMENTS,
    HIDDEN,
    NAVIGATION,
    PAIRS,
    PROMOTION,
    RELATED,
    WORDS,
)

_WORD = re.compile(r"[A-Z]*[a-z0-9]+|[A-Z]+")
_MAX_NAME = 300
# Words before a word about another part, or another state: `has-sidebar`, `no-comments`.
_ABOUT_OTHERS = frozenset(
    {"has", "with", "no", "without", "hide", "show", "is", "js", "lg", "md", "sm", "xl", "u"}
)


def _read_words() -> dict[str, int]:
    """The flag of each word, and of each pair as `article-body` and as `articlebody`."""
    flags: dict[str, int] = {}
    for flag, befores, afters in PAIRS:
        for before in befores.split():
            for after in afters.split():
                flags.setdefault(f"{before}-{after}", flag)
                flags.setdefault(f"{before}{after}", flag)
    for flag, words in WORDS.items():
        flags.update((word, flag) for word in words.split() if not word.endswith("*"))
    return flags


_FLAGS = _read_words()
_FIRST_OF_PAIRS = frozenset(before for _, befores, _ in PAIRS for before in befores.split())
_STEM = 5


def _read_beginnings() -> dict[str, list[tuple[str, int]]]:
    """The starred words with their flags, by their first five letters: none is shorter."""
    beginnings: dict[str, list[tuple[str, int]]] = {}
    for flag, words in WORDS.items():
        for word in words.split():
            if word.endswith("*"):
                beginnings.setdefault(word[:_STEM], []).append((word[:-1], flag))
    return beginnings


_BEGINNINGS = _read_beginnings()

_TAGS = {
    "nav": NAVIGATION,
    "footer": NAVIGATION,
    "menu": NAVIGATION,
    "aside": ASIDE,
    "figcaption": CAPTION,
    "figure": CAPTION,
    "address": BYLINE,
    "time": BYLINE,
    "dialog": PROMOTION,
    "label": PROMOTION,
    "fieldset": PROMOTION,
}
_ROLES = {
    "navigation": NAVIGATION,
    "banner": NAVIGATION,
    "contentinfo": NAVIGATION,
    "menu": NAVIGATION,
    "complementary": ASIDE,
    "dialog": PROMOTION,
    "alertdialog": PROMOTION,
    "search": NAVIGATION,
}
# These hold the whole page or article: their class says what else the page has.
_WHOLE_PAGE = frozenset({"html", "body", "main", "article"})


@lru_cache(maxsize=1 << 15)
def words_in(name: str) -> list[str]:
    """The words of a class or id in lower case: `articleBody` and `article_body` have two.

    Of the first 300 characters. The same list each time: not to be changed.
    """
    words: list[str] = _WORD.findall(name[:_MAX_NAME])
    return words if name.islower() else [word.lower() for word in words]


@lru_cache(maxsize=1 << 15)
def hints_of_name(name: str) -> int:
    """The evidence in the class and id of an element, as the sum of the flags above; 0 for none.

    `articleBody` and `article_body` read as `article-body`.
    """
    words = words_in(name)
    if _FIRST_OF_PAIRS.isdisjoint(words) and not any(map(_flag_of, words)):
        return 0  # most names: about layout and style
    hints = 0
    before = ""
    for word in words:
        if before not in _ABOUT_OTHERS:
            hints |= _flag_of(word)
        if before in _FIRST_OF_PAIRS:
            hints |= _FLAGS.get(f"{before}-{word}", 0)
        before = word
    if hints & BODY:  # `article-body__related` is not body, `post-content share` is
        hints &= BODY | RELATED | COMMENTS | CAPTION | NAVIGATION | HIDDEN
    return hints


@lru_cache(maxsize=1 << 14)
def _flag_of(word: str) -> int:
    """The evidence in one word alone: pages have few names, and they are made of few words."""
    if flag := _FLAGS.get(word):
        return flag
    beginnings = _BEGINNINGS.get(word[:_STEM], ())
    return next((flag for beginning, flag in beginnings if word.startswith(beginning)), 0)


def hints_of(tag: str, name: str, attributes: dict[str, str | None]) -> int:
    """The evidence of an element's tag, name and attributes, as the sum of the flags above.

    `name` is class and id, "" for neither.
    """
    hints = _TAGS.get(tag, 0)
    if tag not in _WHOLE_PAGE:
        if name:
            hints |= hints_of_name(name)
            if len(attributes) == 1:  # most elements have a class and nothing else
                return hints
        if role := attributes.get("role"):
            hints |= _ROLES.get(role, 0)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        hints |= HIDDEN
    if (style := attributes.get("style")) and "none" in style and "display" in style:
        hints |= HIDDEN
    if attributes.get("itemprop") == "articleBody":
        hints = BODY
    return hints
