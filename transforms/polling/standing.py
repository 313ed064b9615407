"""Where a feed stands: at its address, moved for good, or gone."""

from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.errors import RowError, is_retryable
from schemas.feed import FeedState
from schemas.poll import Poll
from transforms.web import registrable_domain

BELIEVED_ANSWERS = 3
BELIEVED_FOR = timedelta(hours=24)
"""A move or an end is believed after so many equal answers over so long: a maintenance page
redirects everything to itself for an hour, and says so with 301 or 410."""


class Standing(NamedTuple):
    """What is carried on from poll to poll."""

    moved_to: str | None = None
    repeated: int | None = None
    repeated_since: datetime | None = None
    ask_url: str | None = None
    note: str | None = None


def is_retired(state: FeedState, now: datetime) -> bool:
    """True for a feed whose last three answers or more, over a day, were 410 Gone."""
    return state.code == "http_410" and _is_believed(state.repeated, state.repeated_since, now)


def standing_after(state: FeedState, poll: Poll) -> Standing:
    """The standing after a poll; `poll.moved_to` is where this answer says the feed has moved.

    A move to another registrable domain is noted and never followed on our own: it may be a domain
    that was sold. If the new address stops to work, the listed one is asked again. Failures that
    pass (a timeout, 503) change nothing.
    """
    now = poll.polled_at
    if poll.code == "http_410":
        return _gone(state, now)
    if poll.outcome == "failed":
        back = state.ask_url is not None and not is_retryable(poll.code or "")
        if back:
            return Standing(note=f"{state.ask_url} answers {poll.code}: the listed URL is asked")
        kept = state.moved_to is not None
        return Standing(
            moved_to=state.moved_to,
            repeated=state.repeated if kept else None,
            repeated_since=state.repeated_since if kept else None,
            ask_url=state.ask_url,
            note=state.note,
        )
    if poll.moved_to is None or poll.moved_to in {state.ask_url, poll.feed_url}:
        note = state.note if state.ask_url else None
        return Standing(ask_url=state.ask_url, note=note)
    return _moved(state, poll, poll.moved_to, now)


def _gone(state: FeedState, now: datetime) -> Standing:
    again = state.code == "http_410" and state.repeated_since is not None
    repeated = state.repeated + 1 if again else 1
    since = state.repeated_since if again and state.repeated_since else now
    note = None
    if _is_believed(repeated, since, now):
        note = f"retired: 410 Gone {repeated} times since {since:%Y-%m-%d %H:%M} UTC"
    # The new address is forgotten: the listed one may still answer.
    return Standing(repeated=repeated, repeated_since=since, note=note)


def _moved(state: FeedState, poll: Poll, target: str, now: datetime) -> Standing:
    again = state.moved_to == target and state.repeated_since is not None
    repeated = state.repeated + 1 if again else 1
    since = state.repeated_since if again and state.repeated_since else now
    if not _is_believed(repeated, since, now):
        return Standing(target, repeated, since, state.ask_url, state.note)
    if not _same_domain(poll.feed_url, target):
        note = f"moved for good to {target}, of another domain: change the feed list if it is right"
        return Standing(target, repeated, since, state.ask_url, note)
    return Standing(ask_url=target, note=f"moved for good: {target} is asked since {now:%Y-%m-%d}")


def _is_believed(repeated: int | None, since: datetime | None, now: datetime) -> bool:
    enough = (repeated or 0) >= BELIEVED_ANSWERS
    return enough and since is not None and now - since >= BELIEVED_FOR


def _same_domain(one: str, other: str) -> bool:
    try:
        return registrable_domain(one) == registrable_domain(other)
    except RowError:
        return False
