"""Which feeds a run asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from schemas.errors import RowError
from schemas.feed import Feed, FeedState
from transforms.polling.standing import is_retired
from transforms.web import split_link

SLACK = timedelta(seconds=30)
"""A feed that is due so soon is polled: a run that starts every 15 minutes must not miss it by a
second and come 15 minutes late. Never where the server asked for rest."""


class Due(NamedTuple):
    """The feeds of a list: those to ask now, and why the others are not asked."""

    due: list[Feed]
    resting: list[Feed]
    """A Retry-After forbids to ask, their own or that of another feed of their host."""
    not_due: list[Feed]
    """By their rhythm, or because the last answer is still fresh."""
    retired: list[Feed]


def due_feeds(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    now: datetime,
    *,
    ask_all: bool = False,
) -> Due:
    """Sort feeds by whether they are asked at `now`, each list in the order of `feeds`.

    With `ask_all` only a Retry-After keeps a feed from being asked: somebody wants to know, and a
    conditional request is allowed at any time (RFC 9111, section 5.2.1.4). A 429 speaks for the
    whole host, 503 for its feed.
    """
    resting_hosts = _resting_hosts(feeds, states, now)
    found = Due([], [], [], [])
    for feed in feeds:
        state = states.get(feed.url, FeedState())
        asked_to_wait = state.rest_until is not None and state.rest_until > now
        if (resting_hosts and _host(feed, state) in resting_hosts) or (
            asked_to_wait and state.code is not None
        ):
            found.resting.append(feed)
        elif ask_all:
            found.due.append(feed)
        elif is_retired(state, now):
            found.retired.append(feed)
        elif asked_to_wait or (state.next_poll_at is not None and state.next_poll_at > now + SLACK):
            found.not_due.append(feed)
        else:
            found.due.append(feed)
    return found


def _resting_hosts(
    feeds: Sequence[Feed], states: Mapping[str, FeedState], now: datetime
) -> set[str]:
    known = ((feed, states.get(feed.url)) for feed in feeds)
    return {
        _host(feed, state)
        for feed, state in known
        if state is not None
        and state.code == "http_429"
        and state.rest_until is not None
        and state.rest_until > now
    } - {""}


def _host(feed: Feed, state: FeedState) -> str:
    """The host that is asked; "" for a URL that cannot be."""
    return _host_of(state.ask_url or feed.url)


@lru_cache(maxsize=16384)
def _host_of(url: str) -> str:
    try:
        return split_link(url).host
    except RowError:
        return ""
