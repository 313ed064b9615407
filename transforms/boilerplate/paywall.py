"""Whether the page shows only the beginning to those who do not pay."""

from typing import Any

from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node

_FALSE = frozenset({"false", "http://schema.org/false", "https://schema.org/false", "0", "no"})
_TIERS = frozenset({"locked", "metered", "paid", "premium", "subscriber"})
_STUB_CHARS = 3_000
"""A longer text is the whole article, whatever is sold below it."""


def is_paywalled(head: Head, article: Node, text: str, *, has_paywall_line: bool) -> bool:
    """True if the page says so, or if a short text ends in an invitation to pay for the rest.

    The page says so in JSON-LD `isAccessibleForFree` (of the article or of a part of it: Google,
    paywalled content) or in meta `article:content_tier` (Facebook, instant articles).
    """
    if _is_false(article.get("isAccessibleForFree")):
        return True
    parts = article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and _is_false(part.get("isAccessibleForFree")):
            return True
    tiers = head.meta.get("article:content_tier", ())
    if any(tier.lower() in _TIERS for tier in tiers):
        return True
    return has_paywall_line and len(text) < _STUB_CHARS


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in _FALSE)
