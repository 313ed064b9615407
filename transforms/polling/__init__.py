"""Polling: when each feed is asked again, and when it is not.

A pure state machine. Its state is the newest row of a feed in the table `polls`; `next_poll` makes
the next row out of that state and of what a poll observed (`poll_of`, `failed_poll`), `due_feeds`
says which feeds a run asks.
What a server asks for (Retry-After, Cache-Control, Expires) is kept to the second; what a document
asks for (`ttl`, `sy:*`, `skipHours`) as long as nothing gets lost by it; the rest follows the
feed's own rhythm. The reasons are in docs/polling.md and docs/decisions/0009.
"""

from transforms.polling.due import Due, due_feeds
from transforms.polling.freshness import fresh_for_s
from transforms.polling.observe import (
    Offer,
    failed_poll,
    offered_together,
    poll_of,
    read_offer,
    request_of,
)
from transforms.polling.policy import next_poll, state_after
from transforms.polling.rhythm import is_silent, rhythm_of
from transforms.polling.standing import is_retired
from transforms.polling.waits import CEILING_S, FLOOR_S

__all__ = [
    "CEILING_S",
    "FLOOR_S",
    "Due",
    "Offer",
    "due_feeds",
    "failed_poll",
    "fresh_for_s",
    "is_retired",
    "is_silent",
    "next_poll",
    "offered_together",
    "poll_of",
    "read_offer",
    "request_of",
    "rhythm_of",
    "state_after",
]
