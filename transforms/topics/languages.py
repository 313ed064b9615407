"""How far an article's language is tagged."""

import re
from functools import lru_cache

FULL, COUNTRIES_ONLY, NONE = "full", "countries_only", "none"

_OTHER_SUBTAGS = {"nb": "no", "nn": "no", "in": "id"}
"""Written Norwegian, and the old code of Indonesian."""
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    the of and to in a for on with that is was by as at from has it be are an will said this
    have his not who its after over but were their he she they would which been more than
        """,
    )
)
_ENOUGH_WORDS = 20
_LEAST_SHARE = 0.15


@lru_cache(1 << 10)
def primary_subtag(language: str | None) -> str | None:
    """`en-GB` -> `en`; None for None, `und` and what is no language tag (RFC 5646)."""
    if not language:
        return None
    subtag = language.strip().replace("_", "-").split("-")[0].lower()
    subtag = _OTHER_SUBTAGS.get(subtag, subtag)
    is_tag = subtag.isascii() and subtag.isalpha() and subtag != "und"
    return subtag if is_tag else None


def looks_english(text: str) -> bool:
    """True if the first 400 characters read like English.

    At least 15 % of the words must be among 40 common function words (English news has 30 to 45 %
    of them). Under 20 words plain ASCII letters are enough. "" is not English.
    """
    words = _WORD.findall(text[:400].lower())
    if len(words) < _ENOUGH_WORDS:
        return bool(words) and all(word.isascii() for word in words)
    return sum(word in _FUNCTION_WORDS for word in words) >= _LEAST_SHARE * len(words)
