"""How long to wait: for the next new entry, before a document rolls over, and after failures."""

import math
from datetime import datetime

from schemas.errors import is_retryable

FLOOR_S = 300.0
"""Nothing is asked more often than every 5 minutes, whatever its rhythm."""

CEILING_S = 86_400.0
"""And nothing less often than once a day, whatever it asks for."""

UNKNOWN_S = 900.0
"""The wait after a first poll that shows no rhythm."""

EAGERNESS_S = 900.0
"""The wait is the geometric mean of this and the rhythm: 9 minutes for a feed that brings something
every 5, 30 minutes for one every hour. For a given number of polls the mean delay is least if a
feed is polled as often as the square root of its rate (Sia, Cho, Cho, "Efficient Monitoring
Algorithm for Fast News Alerts", IEEE TKDE 2007); how many polls that is, is our choice."""

LIVELY_S = 3_600.0
"""The longest wait for a feed that brings something every other day: news of an hour ago is news,
and the answer to a conditional request is a few hundred bytes."""

SILENCE_SHARE = 48
"""After a silence the wait is a 48th of it: an hour after two days, half a day after a month."""

WINDOW_SHARE = 3
"""A document of n entries is read again before a third of it has been replaced at the busiest
rhythm known: three times as much may come, and nothing is lost."""

BACKOFF_S = 300.0
GONE_BACKOFF_S = 3_600.0
"""First waits after a failure that passes (a timeout, 503) and one that may not (404, no feed)."""

PATIENT_FAILURES = 24
"""So many polls in a row, about a day, fail before a feed is asked less often than hourly."""

UNSAID_REST_S = 900.0
"""How long a host is left alone after a 429 that does not say for how long."""


def lively_wait_s(rhythm_s: float | None, newest_at: datetime | None, now: datetime) -> float:
    """Seconds until something new may be expected, 300 to 86,400."""
    wait_s = UNKNOWN_S if rhythm_s is None else min(math.sqrt(rhythm_s * EAGERNESS_S), LIVELY_S)
    quiet_s = (now - newest_at).total_seconds() if newest_at is not None else 0.0
    return min(max(wait_s, quiet_s / SILENCE_SHARE, FLOOR_S), CEILING_S)


def window_wait_s(window: int | None, fastest_s: float | None) -> float:
    """Seconds after which entries of a rolling document may be lost, 300 to infinity."""
    if not window or fastest_s is None:
        return float("inf")
    return max(window * fastest_s / WINDOW_SHARE, FLOOR_S)


def failure_wait_s(code: str, failures_in_row: int) -> float:
    """Seconds to wait after so many failures in a row, of which `code` is the newest.

    Doubles from 5 minutes to an hour and stays there for about a day, so that no short outage costs
    more than an hour; then doubles on to a day, for ever: a feed is never given up for failing.
    What is not likely to pass soon starts at an hour.
    """
    first_s = BACKOFF_S if is_retryable(code) else GONE_BACKOFF_S
    longest_s = LIVELY_S if is_retryable(code) else CEILING_S
    # beyond 2^32 any wait is the longest
    wait_s = min(first_s * 2.0 ** min(max(failures_in_row, 1) - 1, 32), longest_s)
    if failures_in_row > PATIENT_FAILURES:
        wait_s = max(wait_s, LIVELY_S * 2.0 ** min(failures_in_row - PATIENT_FAILURES, 32))
    return min(wait_s, CEILING_S)
