"""FetchArticles: get the page of every admitted entry, politely."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.typehints.decorators import no_annotations

from schemas.entry import Entry
from schemas.errors import RowError
from schemas.page import Page
from schemas.run import Run
from transforms.articles import feed_can_stand_in
from transforms.attempt import FAILURES, Outcome, failed, outcome
from transforms.by_host import ByHost, never, worker_client
from transforms.failures import is_last_try
from transforms.tally import count
from transforms.web import Fetched, Request, WebSettings

_HTML = ("text/html", "application/xhtml+xml", "")


class FetchArticles(beam.PTransform):
    """Entry -> Page. Every entry comes out once, as a page or as a failure. Safe to retry.

    A page that failed for good goes on without a body where the feed's copy can stand in for it.
    Pages are yielded as they arrive, for a stage that is fused to this one: never shuffle them.
    """

    def __init__(
        self,
        run: Run,
        web: WebSettings,
        shards: int = 1,
        stop: Callable[[], bool] = never,
    ) -> None:
        super().__init__()
        self.shards = shards
        self.fetch = _FetchFn(run, web, stop)

    @no_annotations
    def expand(self, entries: PCollection) -> Outcome:
        """Brings the entries of a host together and fetches them."""
        shards = entries | "ByHost" >> ByHost(attrgetter("url"), self.shards)
        fetch = beam.ParDo(self.fetch).with_outputs(FAILURES, main="rows")
        return outcome(shards | "Fetch" >> fetch)


class _FetchFn(beam.DoFn):
    def __init__(self, run: Run, web: WebSettings, stop: Callable[[], bool]) -> None:
        self._run = run
        self._web = web
        self._stop = stop

    def setup(self) -> None:
        self._client = worker_client(self._web)

    def process(self, shard: tuple[int, Iterable[Entry]]) -> Iterator[Any]:
        entries = list(shard[1])
        yield from (no_link(entry, self._run) for entry in entries if not entry.url)
        requests = (Request(e.url, kind="page", tag=e) for e in entries if e.url)
        for fetched in self._client.fetch(requests, self._stop):
            yield page_or_failure(fetched.request.tag, fetched, self._run)


def page_or_failure(entry: Entry, fetched: Fetched, run: Run) -> Page | TaggedOutput:
    """The page of a fetched entry, or its failure as a tagged output.

    The page has no body where the feed's copy has to do.
    """
    count("fetch_articles")
    try:
        return page_of(entry, fetched)
    except RowError as error:
        if is_last_try(entry, error, run) and feed_can_stand_in(entry, error.code):
            return page_without_body(entry, error, run)
        return failed("fetch_articles", error, entry, run)


def no_link(entry: Entry, run: Run) -> TaggedOutput:
    """The failure of an entry that names no page."""
    detail = "the entry has no link and no guid that is a URL"
    return failed("fetch_articles", RowError("no_link", detail), entry, run)


def page_of(entry: Entry, fetched: Fetched) -> Page:
    """The page of a fetched entry. Raises: the client's RowError, or `not_html` by content type."""
    if fetched.response is None:
        assert fetched.error is not None
        raise fetched.error
    response = fetched.response
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in _HTML:
        raise RowError(
            "not_html", f"content type {content_type!r} is not HTML", http_status=response.status
        )
    return Page(
        entry=entry,
        url=response.final_url,
        status=response.status,
        body=response.body,
        charset=response.charset,
        robots_header=response.headers.get("x-robots-tag"),
        fetched_at=response.fetched_at,
        tdm_header=response.headers.get("tdm-reservation"),
    )


def page_without_body(entry: Entry, error: RowError, run: Run) -> Page:
    """What goes on where a page failed for good and the feed's copy has to do."""
    return Page(
        entry=entry,
        url=entry.url,
        status=error.http_status or 0,
        body=b"",
        charset=None,
        robots_header=None,
        fetched_at=run.started_at,
        error_code=error.code,
        error_detail=error.detail,
    )
