"""KeepNew: admit what no earlier run has settled, once, and no more than a pass can carry."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.typehints.decorators import no_annotations

from schemas.feed import FeedState
from schemas.run import Run
from transforms.admission import admit
from transforms.polling import next_poll
from transforms.tables import History
from transforms.tally import count


class Kept(NamedTuple):
    """What is left to do: the admitted entries, every first offer, and the polls it completes."""

    new: PCollection
    offered: PCollection
    polls: PCollection


class KeepNew(beam.PTransform):
    """(entries, polls) -> the entries whose article is neither committed nor given up.

    One entry an article, at most about `limit` of them, together with the retries that are due. A
    poll goes on only if all its entries are settled: with the other feeds' the next pass starts.
    Then its new entries are counted, and with them the time of the next poll.
    """

    def __init__(self, run: Run, output: str, limit: int) -> None:
        super().__init__()
        if limit < 1:
            raise ValueError(f"limit must be at least 1, got {limit}")
        self.keep = _KeepFn(run, output, limit)

    @no_annotations
    def expand(self, polled: tuple[PCollection, PCollection]) -> Kept:
        """Brings all entries and polls to one place: entries are small, pages come later."""
        entries, polls = polled
        keyed = {
            "entries": entries | "KeyEntries" >> beam.WithKeys(None),
            "polls": polls | "KeyPolls" >> beam.WithKeys(None),
            "pass": entries.pipeline | "Pass" >> beam.Create([(None, None)]),
        }
        keep = beam.ParDo(self.keep).with_outputs("offered", "polls", main="new")
        outputs = keyed | "Together" >> beam.CoGroupByKey() | "Keep" >> keep
        return Kept(outputs.new, outputs.offered, outputs.polls)


class _KeepFn(beam.DoFn):
    def __init__(self, run: Run, output: str, limit: int) -> None:
        self._run = run
        self._output = output
        self._limit = limit

    def process(self, together: tuple[None, dict[str, Iterable[Any]]]) -> Iterator[Any]:
        history, now = History(self._output), self._run.started_at
        entries = sorted(together[1]["entries"], key=attrgetter("feed_url"))
        states = history.feed_states(now)
        admission = admit(
            polls=list(together[1]["polls"]),
            entries=entries,
            due=list(history.retry_due(now)),
            new_keys=history.new_entry_keys([entry.entry_key for entry in entries]),
            unseen=history.unseen([entry.article_id for entry in entries], now),
            polled_before={url for url, state in states.items() if state.polled_before},
            run=self._run,
            limit=self._limit,
        )
        count("keep_new", len(admission.new))
        yield from admission.new
        yield from (TaggedOutput("offered", row) for row in admission.offered)
        for poll in admission.polls:
            state = states.get(poll.feed_url, FeedState())
            yield TaggedOutput("polls", next_poll(state, poll, now))
