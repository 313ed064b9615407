"""The batch job: one pass from feeds to committed tables. This is the screen to read first."""

from collections.abc import Callable, Sequence

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner

from pipelines.job_server import named_runner
from pipelines.options import RunConfig
from schemas.feed import Feed
from schemas.run import Run
from transforms.clean_articles import CleanArticles
from transforms.fetch_articles import FetchArticles
from transforms.keep_new import KeepNew
from transforms.poll_feeds import PollFeeds
from transforms.store_text import StoreText
from transforms.tag_topics import TagTopics
from transforms.write_tables import Rows, WriteTables


# fmt: off
def build(
    p: beam.Pipeline, feeds: Sequence[Feed], config: RunConfig, run: Run, stop: Callable[[], bool]
) -> None:
    """Wire one pass. Pages never cross a shuffle: all from the fetch to the files is one stage."""
    web, output, shards = config.web, config.output, config.workers

    listed                    = p               | "ReadFeeds"     >> beam.Create(feeds)
    polls, entries, bad_feeds = listed          | "PollFeeds"     >> PollFeeds(run, web, output, shards, stop)
    new, offered, settled     = (entries, polls)| "KeepNew"       >> KeepNew(run, output, config.items_per_pass)
    pages,    bad_pages       = new             | "FetchArticles" >> FetchArticles(run, web, shards, stop)
    articles, bad_html        = pages           | "CleanArticles" >> CleanArticles(run, rules=config.site_rules, respect_tdm=config.respect_tdm)
    tagged,   bad_tags        = articles        | "TagTopics"     >> TagTopics(run, config.taxonomy)

    failures = (bad_feeds, bad_pages, bad_html, bad_tags)         | "AllFailures" >> beam.Flatten()
    kept     = tagged                                             | "StoreText"   >> StoreText(config.store_text)
    waiting  = failures                                           | "StoreEntry"  >> StoreText(config.store_text)
    Rows(kept, waiting, offered, settled, new)                    | "WriteTables" >> WriteTables(run, output)
# fmt: on


def run_pass(feeds: Sequence[Feed], config: RunConfig, run: Run, stop: Callable[[], bool]) -> None:
    """Run one pass to its commit. Blocks. Raises what a stage raised: then nothing is committed.

    Without a `--runner` among the Beam options this is FnApiRunner by name: Beam's default would
    try to download another engine first, and behave differently where it succeeds.
    """
    options = PipelineOptions([*_worker_options(config.workers), *config.beam_args])
    named = any(arg.startswith("--runner") for arg in config.beam_args)
    with beam.Pipeline(
        runner=named_runner(options) if named else FnApiRunner(), options=options
    ) as p:
        build(p, feeds, config, run, stop)


def _worker_options(workers: int) -> list[str]:
    if workers == 1:
        return []
    return [f"--direct_num_workers={workers}", "--direct_running_mode=multi_processing"]
