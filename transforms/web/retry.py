"""When to try again: Retry-After, backoff, and which failures a second try may cure at once."""

from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from schemas.errors import is_retryable

MAX_RETRY_AFTER_S = 86_400.0
"""A server cannot keep us away for longer than a day."""
PATIENCE_S = 5.0
"""Longest Retry-After that is waited for inside a run."""

_NOT_AT_ONCE = frozenset({"deadline_exceeded", "tls_failed", "robots_unreachable", "interrupted"})
"""Retryable by a later run only: a certificate is not renewed, nor a slow server sped up, within
seconds, and a second wait for the whole deadline doubles what one bad URL can cost."""


def is_worth_another_try(code: str) -> bool:
    """True if trying again within seconds may help."""
    return is_retryable(code) and code not in _NOT_AT_ONCE


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from `now` that a Retry-After header asks for, 0 to 86,400; None if it says nothing.

    Both forms of RFC 9110, section 10.2.3 are read: seconds, and an HTTP date.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        # More digits than a day has are as good as a day, and int() of thousands is slow.
        return MAX_RETRY_AFTER_S if len(value) > 9 else min(float(value), MAX_RETRY_AFTER_S)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=timezone.utc)
    return min(max((until - now).total_seconds(), 0.0), MAX_RETRY_AFTER_S)


def backoff_s(base_s: float, tries: int, jitter: float) -> float:
    """Pause after the `tries`-th failed try: base x 2^(tries-1), 50 to 100 % of it.

    `jitter` is 0.0 to 1.0. Source: "equal jitter", AWS Architecture Blog, 2015.
    """
    return base_s * 2 ** (tries - 1) * (0.5 + jitter / 2)
