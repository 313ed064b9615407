"""FetchHosts: get the pages of an endless job, politely, from a queue that is kept as state."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import apache_beam as beam
from apache_beam.coders import PickleCoder
from apache_beam.pvalue import PCollection
from apache_beam.transforms.userstate import BagStateSpec, ReadModifyWriteStateSpec
from apache_beam.typehints.decorators import no_annotations

from schemas.entry import Entry
from transforms.attempt import FAILURES, Outcome, outcome
from transforms.by_host import worker_client
from transforms.fetch_articles import no_link, page_or_failure
from transforms.in_flight import not_forgotten
from transforms.live_run import LiveRun
from transforms.poll_hosts import MAX_BUNDLE_S, ends_after
from transforms.tick import TICK
from transforms.vital_signs import VitalSigns, bytes_of
from transforms.web import Request, WebSettings


class FetchHosts(beam.PTransform):
    """(shard, Entry or TICK) -> Page, or a Failure. All pages of a host are in one shard.

    An entry waits in state until a tick fetches it. One article is fetched once an hour at most,
    whichever feeds offer it. Pages are yielded as they arrive, for a stage that is fused to this
    one.
    """

    def __init__(self, run: LiveRun, web: WebSettings) -> None:
        super().__init__()
        self.fetch = _FetchHostsFn(run, web)

    @no_annotations
    def expand(self, keyed: tuple[PCollection, PCollection]) -> Outcome:
        """Brings entries and ticks together."""
        entries, ticks = keyed
        together = (entries, ticks) | "Together" >> beam.Flatten()
        typed = together | beam.Map(lambda row: row).with_output_types(tuple[int, Any])
        return outcome(
            typed | "Fetch" >> beam.ParDo(self.fetch).with_outputs(FAILURES, main="rows")
        )


class _FetchHostsFn(beam.DoFn):
    QUEUE = beam.DoFn.StateParam(BagStateSpec("queue", PickleCoder()))
    FETCHED = beam.DoFn.StateParam(ReadModifyWriteStateSpec("fetched", PickleCoder()))

    def __init__(self, run: LiveRun, web: WebSettings) -> None:
        self._run = run
        self._web = web

    def setup(self) -> None:
        self._client = worker_client(self._web)
        self._signs = VitalSigns("fetch")

    def process(
        self,
        keyed: tuple[int, Entry | None],
        queue: Any = QUEUE,
        fetched: Any = FETCHED,
    ) -> Iterator[Any]:
        entry = keyed[1]
        if entry is not TICK:
            queue.add(entry)
            return
        waiting = list(queue.read())
        if self._signs.due(keyed[0]):
            self._signs.tell(keyed[0], _signs_of(waiting, fetched.read() or {}))
        if not waiting:
            return
        now = self._run.started_at
        lately: dict[str, datetime] = not_forgotten(fetched.read() or {}, now)
        wanted = {_key(entry): entry for entry in waiting if _key(entry) not in lately}
        for entry in [entry for entry in wanted.values() if not entry.url]:
            lately[_key(entry)] = now
            yield no_link(wanted.pop(_key(entry)), self._run)
        requests = [Request(entry.url, kind="page", tag=entry) for entry in wanted.values()]
        for answer in self._client.fetch(requests, ends_after(MAX_BUNDLE_S)):
            if answer.error is not None and answer.error.code == "interrupted":
                continue
            done = wanted.pop(_key(answer.request.tag))
            lately[_key(done)] = now
            yield page_or_failure(done, answer, self._run)
        queue.clear()
        for entry in wanted.values():
            queue.add(entry)
        fetched.write(lately)


def _signs_of(waiting: list[Entry], lately: dict[str, datetime]) -> dict[str, Any]:
    hosts = Counter(urlsplit(entry.url).hostname or "" for entry in waiting)
    return {
        "queued": len(waiting),
        "hosts": len(hosts),
        "longest": dict(hosts.most_common(3)),
        "fetched_lately": len(lately),
        "state_bytes": bytes_of((waiting, lately)),
    }


def _key(entry: Entry) -> str:
    return f"{entry.article_id} {entry.attempt}"
