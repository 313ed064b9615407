from functools import partial
from operator import attrgetter

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import FixedWindows, TimestampedValue
from rows import RUN, entry, page

from transforms import clean_articles
from transforms.articles import Waiting
from transforms.by_host import ByHost
from transforms.clean_articles import CleanArticles

BOX = "Readers who support our newsroom with a small gift each month keep it open to all."
NAMES = ("grain", "border", "fishing")


def story(name):
    return [
        f"On day {i} of the {name} talks the envoys of both sides met again and parted again."
        for i in range(8)
    ]


def page_of(name, host="one.example"):
    """An article with a box in the middle that each page of the site has."""
    body = [f"<p>{line}</p>" for line in story(name)]
    box = f"<section><div><p>{BOX}</p></div></section>"
    html = f"<title>{name}</title><main><article>{''.join([*body[:5], box, *body[5:]])}</article>"
    return page(html, entry(f"{host}/{name}", url=f"http://{host}/{name}"))


def with_box(name):
    return "\n\n".join([*story(name)[:5], BOX, *story(name)[5:]])


def without_box(name):
    return "\n\n".join(story(name))


def test_what_three_pages_of_a_host_have_in_common_is_taken_off():
    pages = [*map(page_of, NAMES), page_of("grain", "two.example")]
    expected = [without_box(name) for name in NAMES] + [with_box("grain")]
    with BeamPipeline(runner="FnApiRunner") as p:
        articles, failures = p | beam.Create(pages, reshuffle=False) | CleanArticles(RUN)
        assert_that(articles | beam.Map(attrgetter("text")), equal_to(expected), label="articles")
        assert_that(failures, equal_to([]), label="failures")


def test_two_workers_find_what_one_finds():
    hosts = [f"{letter}.example" for letter in "abcd"]
    pages = [page_of(name, host) for name in NAMES for host in hosts]
    options = PipelineOptions(["--direct_num_workers=2", "--direct_running_mode=multi_threading"])
    with beam.Pipeline(runner=FnApiRunner(), options=options) as p:
        shards = p | beam.Create(pages) | ByHost(attrgetter("url"), shards=2)
        pages_again = shards | beam.FlatMap(lambda shard: shard[1])  # where a fetch would be
        articles, _ = pages_again | CleanArticles(RUN)
        expected = [without_box(name) for name in NAMES for _ in hosts]
        assert_that(articles | beam.Map(attrgetter("text")), equal_to(expected))


def test_a_page_that_fails_is_a_failure_and_its_neighbours_go_on():
    pages = [page_of("grain"), page("<title>Talks</title><p>Envoys met.", entry("thin"))]
    with BeamPipeline(runner="FnApiRunner") as p:
        articles, failures = p | beam.Create(pages) | CleanArticles(RUN)
        texts = articles | beam.Map(attrgetter("text"))
        ends = failures | beam.Map(attrgetter("stage", "code"))
        assert_that(texts, equal_to([with_box("grain")]), label="articles")
        assert_that(ends, equal_to([("clean_articles", "empty_text")]), label="failures")


def test_articles_keep_their_time_and_window():
    stamped = [
        TimestampedValue(page_of(name), at) for name, at in zip(NAMES, (1, 2, 61), strict=True)
    ]
    with BeamPipeline(runner="FnApiRunner") as p:
        pages = p | beam.Create(stamped, reshuffle=False) | beam.Map(lambda value: value)
        articles, _ = pages | beam.WindowInto(FixedWindows(60)) | CleanArticles(RUN)
        seen = articles | beam.Map(
            lambda row, at=beam.DoFn.TimestampParam, window=beam.DoFn.WindowParam: (
                row.text,
                float(at),
                float(window.start),
            )
        )
        # a window's articles are no witnesses in the next
        times = ((1.0, 0.0), (2.0, 0.0), (61.0, 60.0))
        expected = [(with_box(name), *time) for name, time in zip(NAMES, times, strict=True)]
        assert_that(seen, equal_to(expected))


def test_what_does_not_fit_goes_on_early_and_none_is_lost(monkeypatch):
    monkeypatch.setattr(clean_articles, "Waiting", partial(Waiting, max_chars=5000))
    with BeamPipeline(runner="FnApiRunner") as p:
        pages = p | beam.Create(list(map(page_of, NAMES)), reshuffle=False)
        articles, _ = pages | CleanArticles(RUN)
        expected = [with_box(name) for name in NAMES]
        assert_that(articles | beam.Map(attrgetter("text")), equal_to(expected))


def broken(site):
    raise ZeroDivisionError("one of ours")


def test_a_fault_of_ours_at_the_end_is_the_failure_of_the_sites_articles(monkeypatch):
    monkeypatch.setattr(clean_articles, "settle", broken)
    with BeamPipeline(runner="FnApiRunner") as p:
        articles, failures = p | beam.Create([page_of("grain")]) | CleanArticles(RUN)
        ends = failures | beam.Map(attrgetter("article_id", "stage", "code", "final"))
        expected = [(page_of("grain").entry.article_id, "clean_articles", "unexpected", True)]
        assert_that(articles, equal_to([]), label="articles")
        assert_that(ends, equal_to(expected), label="failures")


def test_a_demand_of_no_words_is_refused():
    with pytest.raises(ValueError, match="min_words must be at least 1, got 0"):
        CleanArticles(RUN, min_words=0)
