"""Admit entries: one an article, feed by feed, up to a limit."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from schemas.entry import Entry, OfferedEntry
from schemas.poll import Poll
from schemas.run import Run


class Admission(NamedTuple):
    """What a pass takes on (`new`), first offers to record, and polls that are complete with it."""

    new: list[Entry]
    offered: list[OfferedEntry]
    polls: list[Poll]


def admit(
    polls: Sequence[Poll],
    entries: Sequence[Entry],
    due: Sequence[Entry],
    new_keys: Collection[str],
    unseen: Collection[str],
    polled_before: Collection[str],
    run: Run,
    limit: int,
) -> Admission:
    """Admit retries that are due, then feed after feed, whole feeds as long as `limit` allows.

    `entries` are sorted by feed. `new_keys` are entry keys never recorded, `unseen` article ids
    that are neither committed nor given up. A feed that would pass the limit waits for the next
    pass, unless nothing was admitted before it: then it is admitted in part, and its poll waits, so
    that its validators are not believed before all its entries are settled. The limit is kept but
    for the retries of one pass, of which at most half of it are taken.
    """
    new = {entry.article_id: entry for entry in due[: max(1, limit // 2)]}
    waiting = {entry.article_id for entry in due}
    offered: list[OfferedEntry] = []
    first_offers: Counter[str] = Counter()
    deferred: set[str] = set()
    for feed_url, group in groupby(entries, key=attrgetter("feed_url")):
        offer = list(group)
        open_ids = {entry.article_id for entry in offer} & set(unseen) - waiting
        fresh = _first_of_each(e for e in offer if e.article_id in open_ids - new.keys())
        if len(fresh) > limit - len(new):
            deferred.add(feed_url)
            if new:
                continue
            fresh = fresh[:limit]
        new.update((entry.article_id, entry) for entry in fresh)
        settled = (e for e in offer if e.article_id not in open_ids or e.article_id in new)
        firsts = [_offered(entry, run) for entry in settled if entry.entry_key in new_keys]
        offered.extend(firsts)
        first_offers[feed_url] = len(firsts)
    complete = [
        poll._replace(
            new_entries=first_offers[poll.feed_url],
            gap_suspected=poll.feed_url in polled_before
            and 0 < first_offers[poll.feed_url] == poll.entries,
        )
        for poll in polls
        if poll.feed_url not in deferred
    ]
    return Admission(list(new.values()), offered, complete)


def _first_of_each(entries: Iterable[Entry]) -> list[Entry]:
    firsts: dict[str, Entry] = {}
    for entry in entries:
        firsts.setdefault(entry.article_id, entry)
    return list(firsts.values())


def _offered(entry: Entry, run: Run) -> OfferedEntry:
    return OfferedEntry(
        entry_key=entry.entry_key,
        feed_url=entry.feed_url,
        entry_id=entry.entry_id,
        article_id=entry.article_id,
        url=entry.url,
        title=entry.title,
        published_at=entry.published_at,
        first_seen_at=entry.first_seen_at,
        run_id=run.run_id,
        published_raw=entry.published_raw,
        is_published_in_future=entry.is_published_in_future,
    )
