"""The rhythm of a feed: how often it brings something new, and whether it has fallen silent."""

import math
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from schemas.feed import FeedState
from schemas.poll import Poll

DAY_S = 86_400.0

MEMORY_S = 3 * DAY_S
MEMORY_ENTRIES = 20
"""The mean rhythm looks back over so many entries, but at most over three days. So the guess from
a document that dates all its entries by the second it was made is corrected within a day."""

PEAK_MEMORY_S = 7 * DAY_S
"""How long a busy hour is remembered: news has days and weeks, and the morning after a quiet
weekend is as busy as the one before it."""

PEAK_RATIO = 12
"""The busiest time is taken for at most 12 times as busy as the mean: half of all that a day brings
may come within an hour."""

SILENT_RHYTHMS = 10
"""By chance a feed of steady rhythm is so long without news once in e^10 = 22,000 times."""

SILENT_S = 3 * DAY_S
"""Nobody is silent within three days: a weekend, and a night on each side of it."""

UNKNOWN_SILENT_S = 30 * DAY_S
"""For a feed whose rhythm is not known, because it never brought anything new."""


class Rhythm(NamedTuple):
    """Seconds between two new entries: on average, and at the busiest time; None if not known."""

    rhythm_s: float | None = None
    fastest_s: float | None = None


def rhythm_of(published: Iterable[datetime | None], now: datetime) -> float | None:
    """Seconds from one entry to the next over the newer half of a document; None if it cannot say.

    At least three entries need different times that are not in the future. A first guess only:
    what is counted from poll to poll replaces it.
    """
    times = sorted((at for at in published if at is not None and at <= now), reverse=True)
    newer = times[: max(3, (len(times) + 1) // 2)]
    if len(newer) < 3:
        return None
    return (newer[0] - newer[-1]).total_seconds() / (len(newer) - 1) or None


def observed(state: FeedState, poll: Poll) -> Rhythm:
    """The rhythm after a poll that was answered.

    `poll.rhythm_s` is the guess from the document's dates, `poll.new_entries` what was new since
    `state.answered_at`. The mean is moved only by what comes, so that a silence does not pass for
    a slower rhythm. The busiest time is believed at once and forgotten slowly, and where nothing
    was left of the last document at least twice as much has come as is seen.
    """
    before = Rhythm(state.rhythm_s, state.fastest_s)
    if state.answered_at is None or before.rhythm_s is None:
        guess = poll.rhythm_s or before.rhythm_s
        if guess is None and state.answered_at is not None and poll.new_entries:
            guess = max(_since(state.answered_at, poll), 1.0) / poll.new_entries
        return Rhythm(guess, guess)
    elapsed_s = max(_since(state.answered_at, poll), 1.0)
    mean = before.rhythm_s
    if poll.new_entries:
        since_last_s = max(_since(state.newest_at or state.answered_at, poll), elapsed_s)
        memory_s = min(MEMORY_ENTRIES * mean, MEMORY_S)
        mean = (memory_s + since_last_s) / (memory_s / mean + poll.new_entries)
    fastest = (before.fastest_s or mean) * math.exp(elapsed_s / PEAK_MEMORY_S)
    if poll.new_entries > 1 or poll.gap_suspected:  # one alone says nothing of a pace
        came = poll.new_entries * (2 if poll.gap_suspected else 1)
        fastest = min(fastest, elapsed_s / came)
    return Rhythm(mean, min(max(fastest, mean / PEAK_RATIO), mean))


def newest_at(state: FeedState, poll: Poll) -> datetime | None:
    """When the feed last brought something new, after a poll that was answered.

    At the first poll that is the newest date in the document (`poll.newest_at`), where it has one.
    """
    if state.newest_at is None:
        return poll.newest_at or poll.polled_at
    return poll.polled_at if poll.new_entries else state.newest_at


def is_silent(state: FeedState, now: datetime) -> bool:
    """True if nothing new has come for ten times its rhythm, and at least for three days."""
    if state.newest_at is None:
        return False
    quiet_s = (now - state.newest_at).total_seconds()
    if state.rhythm_s is None:
        return quiet_s > UNKNOWN_SILENT_S
    return quiet_s > max(SILENT_S, SILENT_RHYTHMS * state.rhythm_s)


def _since(at: datetime, poll: Poll) -> float:
    return (poll.polled_at - at).total_seconds()
