"""The stream: the same stages as the batch job, without an end."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import apache_beam as beam
import grpc
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.runner import PipelineResult

from pipelines.options import RunConfig
from transforms.clean_articles import CleanArticles
from transforms.commit_rounds import CommitRounds
from transforms.fetch_hosts import FetchHosts
from transforms.live_run import LiveRun
from transforms.poll_hosts import PollHosts
from transforms.store_text import StoreText
from transforms.tag_topics import TagTopics
from transforms.tick import Tick

TICK_S = 1.0
ENDED = ("DONE", "FAILED", "CANCELLED", "UPDATED", "DRAINED", "UNREACHABLE")
_GONE = (grpc.RpcError, ValueError)
"""A channel that broke, and one that is closed: the engine ended, or got the same Ctrl-C."""


class StreamConfig(NamedTuple):
    """What a stream is told beside what a run is told."""

    base: RunConfig
    feeds_file: Path | None
    shards: int
    every_s: float | None
    flush_s: float


# fmt: off
def build(p: beam.Pipeline, config: StreamConfig, run: LiveRun) -> None:
    """Wire the stream. Nothing is windowed, so nothing is late; pages never cross a shuffle."""
    web, output, shards = config.base.web, config.base.output, config.shards
    listed, every_s     = config.feeds_file, config.every_s

    ticks              = p                | "Tick"          >> Tick(TICK_S, shards)
    rounds, entries    = ticks            | "PollHosts"     >> PollHosts(run, web, output, listed, shards, every_s)
    pages, bad_pages   = (entries, ticks) | "FetchHosts"    >> FetchHosts(run, web)
    articles, bad_html = pages            | "CleanArticles" >> CleanArticles(run, rules=config.base.site_rules, respect_tdm=config.base.respect_tdm)
    tagged, bad_tags   = articles         | "TagTopics"     >> TagTopics(run, config.base.taxonomy)

    rows = (tagged, bad_pages, bad_html, bad_tags)          | "AllRows" >> beam.Flatten()
    kept = rows                                             | "StoreText" >> StoreText(config.base.store_text)
    beat = p                                                | "Beat" >> Tick(TICK_S, shards=1)
    (kept, rounds, beat)                                    | "CommitRounds" >> CommitRounds(run, output, config.flush_s)
# fmt: on


def start(config: StreamConfig, run: LiveRun) -> PipelineResult:
    """Submit the stream to its engine. Returns at once; it ends when it is cancelled or fails."""
    pipeline = beam.Pipeline(options=PipelineOptions(["--streaming", *config.base.beam_args]))
    build(pipeline, config, run)
    return pipeline.run()


def state_of(job: PipelineResult) -> str:
    """The state that the engine gives; `UNREACHABLE` if it is gone."""
    try:
        return str(job.state)
    except _GONE:
        return "UNREACHABLE"


def id_of(job: PipelineResult) -> str:
    """The id that the engine gave the job; empty if it made none (a template, a dry run)."""
    if not getattr(job, "has_job", True):  # Dataflow's
        return ""
    named = getattr(job, "job_id", None)
    return str(named() if callable(named) else vars(job)["_job_id"])  # that of Beam's job server


def cancel(job: PipelineResult) -> None:
    """End the job, if it has not ended already, and this process's part in it."""
    threading.excepthook = _say_nothing  # Beam's threads die of the channels that close now
    with suppress(*_GONE):
        job.cancel()


def _say_nothing(_: threading.ExceptHookArgs) -> None:
    """The hook of a process that is ending."""
