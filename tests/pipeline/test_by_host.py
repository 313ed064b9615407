import subprocess
import sys
from operator import attrgetter

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to
from rows import entry

from transforms.by_host import ByHost, shard_of


def test_all_rows_of_a_host_are_in_one_shard():
    urls = [f"http://{host}.example/{i}" for host in "abcd" for i in range(3)]
    with BeamPipeline(runner="FnApiRunner") as p:
        rows = p | beam.Create([entry(url=url) for url in urls])
        shards = rows | ByHost(attrgetter("url"), shards=3)
        places = shards | beam.FlatMap(lambda kv: {(row.url[7], kv[0]) for row in kv[1]})
        assert_that(
            places, equal_to([(host, shard_of(f"http://{host}.example/", 3)) for host in "abcd"])
        )


def test_a_host_has_the_same_shard_in_every_process():
    code = (
        "from transforms.by_host import shard_of; print(shard_of('http://www.one.example/x', 97))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert int(other) == shard_of("http://www.one.example/y?z", 97)


@pytest.mark.parametrize(
    ("one", "other"),
    [("news.example", "NEWS.example."), ("münchen.example", "xn--mnchen-3ya.example")],
)
def test_a_host_has_one_shard_in_every_spelling(one, other):
    assert shard_of(f"http://{one}/a", 10**6) == shard_of(f"https://{other}/b", 10**6)


@pytest.mark.parametrize("url", ["", "no url", "http://[broken", "mailto:a@b.example"])
def test_rows_without_a_host_share_shard_zero(url):
    assert shard_of(url, 7) == 0
