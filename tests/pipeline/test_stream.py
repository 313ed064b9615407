"""The stages of a stream, called as an engine calls them, against the sample site."""

import logging
from datetime import datetime, timedelta, timezone

import apache_beam as beam
import pytest
from apache_beam.io.restriction_trackers import OffsetRange
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.portability.api import beam_runner_api_pb2
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.periodicsequence import ImpulseSeqGenRestrictionProvider
from apache_beam.utils.timestamp import MAX_TIMESTAMP, Timestamp

from pipelines.options import RunConfig
from pipelines.sample import SampleSite
from pipelines.stream import StreamConfig, build
from schemas.page import Page
from transforms import fetch_hosts
from transforms.commit_rounds import CommitRounds
from transforms.feeds import read_feed_list
from transforms.fetch_hosts import FetchHosts
from transforms.in_flight import Round
from transforms.live_run import LiveRun, live_run
from transforms.poll_hosts import ListedFeeds, PollHosts
from transforms.tables import open_dataset, prepare_tables, verify
from transforms.tick import TICK, Tick
from transforms.web import WebSettings, parse_allowed_host, parse_host_mapping


class Clock(LiveRun):
    """A run whose time is told."""

    now: datetime

    @property
    def started_at(self):
        return type(self).now


class Value:
    def __init__(self):
        self.value = None

    def read(self):
        return self.value

    def write(self, value):
        self.value = value


class Bag:
    def __init__(self):
        self.values = []

    def read(self):
        return self.values

    def add(self, value):
        self.values.append(value)

    def clear(self):
        self.values = []


@pytest.fixture
def run():
    class Now(Clock):
        now = datetime.now(timezone.utc)

    return Now("stream", Now.now, "1.0")


@pytest.fixture
def site():
    with SampleSite(slow_s=0).serve() as served:
        yield served


@pytest.fixture
def web(site):
    return WebSettings(
        user_agent="Communique/0 (+https://test.example)",
        pace_s=0.0,
        resolve=tuple(map(parse_host_mapping, site.mappings)),
        allow=(parse_allowed_host(site.allow),),
    )


@pytest.fixture
def output(tmp_path):
    prepare_tables(str(tmp_path / "news"))
    return str(tmp_path / "news")


@pytest.fixture
def poll(run, web, output, site):
    """Poll once and return (rounds, entries); the state is kept from call to call."""
    stage = PollHosts(run, web, output, site.feeds_file, 1, 60.0).poll
    stage.setup()
    memory = Value()

    def tick():
        found = list(stage.process((0, TICK), memory))
        rounds = [row.value[1] for row in found if isinstance(row, TaggedOutput)]
        return rounds, [row[1] for row in found if not isinstance(row, TaggedOutput)]

    return tick


@pytest.fixture
def fetch(run, web):
    stage = FetchHosts(run, web).fetch
    stage.setup()
    queue, fetched = Bag(), Value()

    def send(element):
        return list(stage.process((0, element), queue, fetched))

    send.queue = queue
    return send


def test_every_feed_is_one_round_and_its_entries_are_handed_on_once(poll, run):
    rounds, entries = poll()
    assert {type(found) for found in rounds} == {Round}
    assert len(rounds) == 6
    assert {i for found in rounds for i in found.waits_for} == {e.article_id for e in entries}
    assert poll() == ([], [])  # the minute is not over
    type(run).now += timedelta(minutes=2)
    again, entries = poll()
    assert len(again) == 6
    assert entries == []
    assert {found.poll.outcome for found in again} == {"not_modified"}


def test_an_entry_waits_in_the_queue_until_a_tick_and_is_fetched_once(poll, fetch, site):
    _, entries = poll()
    entry = next(entry for entry in entries if entry.url)
    asked = len(site.requests)
    assert fetch(entry) == []
    assert len(site.requests) == asked
    (page,) = fetch(TICK)
    assert isinstance(page, (Page, TaggedOutput))
    assert fetch.queue.values == []
    fetch(entry)
    asked = len(site.requests)
    assert fetch(TICK) == []
    assert len(site.requests) == asked


def test_what_a_bundle_has_no_time_for_stays_in_the_queue(poll, fetch, monkeypatch):
    _, entries = poll()
    monkeypatch.setattr(fetch_hosts, "MAX_BUNDLE_S", 0.0)
    for entry in entries:
        fetch(entry)
    done = fetch(TICK)
    left = len(fetch.queue.values)
    assert len(done) + left == len({entry.article_id for entry in entries})
    assert left > 0


def test_a_flush_commits_what_is_complete_and_keeps_what_waits(poll, fetch, run, output):
    stage = CommitRounds(run, output, flush_s=60).commit
    rows, waiting_rounds, waiting = Bag(), Bag(), Value()

    def send(element):
        return list(stage.process((0, element), rows, waiting_rounds, waiting))

    rounds, entries = poll()
    failing = next(e for e in entries if not e.url)
    fetch(failing)
    (failure,) = (row.value for row in fetch(TICK))
    for found in (*rounds, failure):
        assert send(found) == []
    assert send(TICK) == []  # the minute is not over
    type(run).now += timedelta(minutes=2)
    (receipt,) = send(TICK)
    assert (receipt.admitted, receipt.failures, receipt.articles) == (1, 1, 0)
    complete = [found for found in rounds if found.waits_for <= {failing.article_id}]
    assert receipt.polls == len(complete)
    assert len(waiting_rounds.values) == len(rounds) - len(complete)
    assert rows.values == []
    polls = open_dataset(output, "polls").to_table(columns=["feed_url"]).num_rows
    assert polls == len(complete)
    assert verify(output).problems == ()


def test_the_signs_of_a_flush_are_its_numbers_and_codes(poll, fetch, run, output, caplog):
    caplog.set_level(logging.INFO, logger="communique")
    stage = CommitRounds(run, output, flush_s=60).commit
    rows, waiting_rounds, waiting = Bag(), Bag(), Value()
    rounds, entries = poll()
    fetch(next(e for e in entries if not e.url))
    (failure,) = (row.value for row in fetch(TICK))
    for element in (*rounds, failure):
        list(stage.process((0, element), rows, waiting_rounds, waiting))
    type(run).now += timedelta(minutes=2)
    list(stage.process((0, TICK), rows, waiting_rounds, waiting))
    told = {record.fields.get("stage", "flush"): record.fields for record in caplog.records}
    assert told["poll"]["feeds"] == 6
    assert (told["fetch"]["queued"], told["fetch"]["longest"]) == (1, {"": 1})
    assert told["commit"]["rounds"] == 6
    assert 110 < told["commit"]["oldest_s"] <= 120
    assert told["flush"]["failed"] == {"fetch_articles.no_link": 1}
    assert told["flush"]["lag_s_p50"] is None


def test_a_feed_list_is_read_again_when_it_changed_and_kept_when_it_broke(tmp_path):
    path = tmp_path / "feeds.txt"
    path.write_text("https://a.example/feed\n")
    listed = ListedFeeds(path)
    assert [feed.url for feed in listed.feeds()] == ["https://a.example/feed"]
    path.write_text("https://a.example/feed\nhttps://b.example/feed\n")
    assert len(listed.feeds()) == 2
    path.write_text("no feed at all\n")
    assert len(listed.feeds()) == 2
    path.unlink()
    assert len(listed.feeds()) == 2


def test_the_run_of_a_stream_starts_whenever_it_is_looked_at():
    run = live_run("1.0")
    before = datetime.now(timezone.utc)
    assert before <= run.started_at <= datetime.now(timezone.utc)
    assert run.pipeline_version == "1.0"


@pytest.mark.parametrize(("every_s", "shards"), [(0, 1), (1, 0)])
def test_a_stream_that_never_ticks_is_refused(every_s, shards):
    with pytest.raises(ValueError, match="every_s must be > 0 and shards >= 1"):
        Tick(every_s, shards)


def test_what_the_source_leaves_for_later_is_one_range_and_does_not_grow():
    provider = ImpulseSeqGenRestrictionProvider()
    whole = provider.initial_restriction((Timestamp.now(), MAX_TIMESTAMP, 1.0))
    tracker = provider.create_tracker(whole)
    assert all(tracker.try_claim(tick) for tick in range(3600))
    done, left = tracker.try_split(0)
    assert (done.stop, left.start, left.stop) == (3600, 3600, whole.stop)
    coder = provider.restriction_coder()
    ten_years = OffsetRange(10 * 365 * 86_400, whole.stop)
    assert len(coder.encode(ten_years)) <= len(coder.encode(whole)) + 8 < 120


def test_the_stream_is_one_graph_in_the_global_window_and_fits_a_cluster(run, web, output, site):
    feeds = tuple(read_feed_list(site.feeds_file))
    config = StreamConfig(RunConfig(output, feeds, web), site.feeds_file, 2, None, 60.0)
    pipeline = beam.Pipeline(runner="PrismRunner", options=PipelineOptions(["--streaming"]))
    build(pipeline, config, live_run("1.0"))
    components = pipeline.to_runner_api().components  # this pickles every stage
    windows = {s.window_fn.urn for s in components.windowing_strategies.values()}
    assert windows == {"beam:window_fn:global_windows:v1"}
    stages = {t.unique_name for t in components.transforms.values()}
    assert {"PollHosts", "FetchHosts", "CleanArticles", "TagTopics", "CommitRounds"} <= stages
    unbounded = {
        name
        for name, c in components.pcollections.items()
        if c.is_bounded == beam_runner_api_pb2.IsBounded.UNBOUNDED
    }
    assert unbounded
