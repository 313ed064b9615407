"""When a failed entry is tried again."""

from datetime import datetime, timedelta

from schemas.errors import is_retryable

RETRY_DELAYS = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""Waits after the first, second and third attempt. Outages of news sites last minutes to hours;
after a day a page that still does not answer is gone (RFC 9110, 15.6.4 leaves the wait to us)."""

MAX_TRIES = len(RETRY_DELAYS) + 1


def retry_at(
    code: str, tries: int, now: datetime, retry_after_s: float | None = None
) -> datetime | None:
    """The earliest time of the next attempt, or None if this failure is final.

    `tries` counts the attempts in which something was sent, this one included. A server's
    Retry-After can only make the wait longer. `interrupted` is our doing, not the page's: it is due
    at once, however often it happens.
    """
    if code == "interrupted":
        return now
    if not is_retryable(code) or tries >= MAX_TRIES:
        return None
    return now + max(RETRY_DELAYS[max(tries, 1) - 1], timedelta(seconds=retry_after_s or 0.0))
