"""Rounds: one poll of one feed, with all that has to be settled before it counts."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from schemas.entry import Entry, OfferedEntry
from schemas.failure import Failure
from schemas.feed import FeedState
from schemas.poll import Poll
from schemas.run import Run
from transforms.admission import admit
from transforms.polling import next_poll


class Round(NamedTuple):
    """A poll, the first offers and the feed failure that belong to it, and what it waits for.

    `waits_for` are the article_ids that have to be committed before, or together with, the rest.
    """

    poll: Poll
    offered: tuple[OfferedEntry, ...]
    failures: tuple[Failure, ...]
    waits_for: frozenset[str]


def open_round(
    poll: Poll,
    entries: Sequence[Entry],
    failures: Sequence[Failure],
    state: FeedState,
    new_keys: Collection[str],
    unseen: Collection[str],
    run: Run,
) -> tuple[Round, list[Entry]]:
    """The round of a poll, and the entries that are to be fetched for it.

    `new_keys` and `unseen` are as for `admit`: entry keys never recorded, and article ids that are
    neither committed nor given up. Everything is admitted: the queue of the host bounds the work.
    """
    admission = admit(
        polls=[poll],
        entries=entries,
        due=[],
        new_keys=new_keys,
        unseen=unseen,
        polled_before={poll.feed_url} if state.polled_before else set(),
        run=run,
        limit=len(entries) + 1,
    )
    planned = next_poll(state, admission.polls[0], run.started_at)
    waits_for = frozenset(entry.article_id for entry in admission.new)
    opened = Round(planned, tuple(admission.offered), tuple(failures), waits_for)
    return opened, admission.new


def complete_rounds(
    rounds: Sequence[Round], settled: Collection[str]
) -> tuple[list[Round], list[Round]]:
    """(those that may be committed, those that wait), each in the order of their polls.

    A round is complete if all its items are settled and every earlier round of its feed is
    complete: the validators of a later poll stand for the items of the earlier ones too.
    """
    settled = frozenset(settled)
    complete: list[Round] = []
    waiting: list[Round] = []
    blocked: set[str] = set()
    for found in sorted(rounds, key=lambda found: found.poll.polled_at):
        feed_url = found.poll.feed_url
        if feed_url in blocked or not found.waits_for <= settled:
            blocked.add(feed_url)
            waiting.append(found)
        else:
            complete.append(found)
    return complete, waiting
