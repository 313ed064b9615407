"""Rows that need the network, brought to the one worker that may ask their host."""

import atexit
import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection

from schemas.errors import RowError
from transforms.web import WebSettings, split_link
from transforms.web.client import Client


class ByHost(beam.PTransform):
    """Row -> (shard, all rows of its hosts). All rows of one host are in one shard.

    So politeness holds however many workers there are: one worker asks a host, and its client
    spaces the requests. (Where a link redirects to a host of another worker, each of the two spaces
    its own requests to it.) `url_of` has to be picklable.
    """

    def __init__(self, url_of: Callable[[Any], str], shards: int) -> None:
        super().__init__()
        if shards < 1:
            raise ValueError(f"shards must be at least 1, got {shards}")
        self.url_of = url_of
        self.shards = shards

    def expand(self, rows: PCollection) -> PCollection:
        """Keys by a hash of the host that is the same in every process, and groups."""
        url_of, shards = self.url_of, self.shards
        keyed = rows | "Key" >> beam.Map(lambda row: (shard_of(url_of(row), shards), row))
        return keyed | "Group" >> beam.GroupByKey()


def shard_of(url: str, shards: int) -> int:
    """The shard of a URL's host, from 0; rows without a host share shard 0."""
    try:
        host = split_link(url).host  # in one spelling: `news.example.` and `NEWS.example` are one
    except RowError:
        return 0
    # Python's hash() of a string differs from process to process
    return int.from_bytes(hashlib.blake2b(host.encode(), digest_size=8).digest(), "big") % shards


@cache
def worker_client(settings: WebSettings) -> Client:
    """The one client of this process: what it knows of a host outlives a stage and a pass.

    It is never closed by a stage, but when the process ends.
    """
    client = Client(settings)
    atexit.register(client.close)
    return client


def never() -> bool:
    """The stop of a run that nobody stops."""
    return False
