"""Broken at random: a short turn of `benchmarks.feeds.mutate`, and what longer ones have found."""

import random
import time
from contextlib import suppress

import pytest

from benchmarks.feeds.documents import made, others
from benchmarks.feeds.mutate import mutated
from schemas.errors import RowError
from transforms.feeds import ParsedFeed, parse_feed

DOCUMENTS = [*made(items=2), *others()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_mutations_are_read_or_refused_in_time(document):
    rng = random.Random(document.name)
    started = time.process_time()
    for _ in range(60):
        body = mutated(document.body, rng)
        with suppress(RowError):
            assert isinstance(parse_feed(body, document.url), ParsedFeed)
    assert time.process_time() - started < 20  # measured: 0.2 s


def test_made_feeds_are_read_whole():
    for document in made(items=3):
        entries = parse_feed(document.body, document.url).entries
        assert len(entries) == 3
        assert all(e.title and e.link and e.published and e.summary_html for e in entries)
        assert all(bool(e.content_html) == ("articles" in document.name) for e in entries)
    assert [len(parse_feed(d.body, d.url).entries) for d in others()] == [1, 0, 1, 1, 1]
