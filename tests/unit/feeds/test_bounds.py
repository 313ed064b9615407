"""The most that is read of one feed, each bound just above itself."""

import gzip

import pytest
from rows import RUN, entry

from schemas.errors import RowError
from transforms.failures import failure_of
from transforms.feeds import parse_feed

URL = "http://a.example/feed"


def rss(items, head=""):
    return (
        f"<?xml version='1.0'?>{head}<rss version='2.0'><channel>{items}</channel></rss>".encode()
    )


def item(number, title="t"):
    return f"<item><title>{title}</title><link>http://a.example/{number}</link></item>"


def refused(body):
    with pytest.raises(RowError) as error:
        parse_feed(body, URL)
    return error.value.code


def test_of_a_gzip_file_32_mb_are_unpacked_and_one_layer():
    assert refused(gzip.compress(bytes(32_000_001), 1)) == "too_large"
    assert refused(gzip.compress(gzip.compress(rss(item(1))))) == "bad_encoding"
    assert len(parse_feed(gzip.compress(rss(item(1))), URL).entries) == 1


def test_entities_may_add_100_000_characters():
    head = f"<!DOCTYPE rss [<!ENTITY a '{'a' * 1000}'>]>"
    assert len(parse_feed(rss(item(1, "&a;" * 90), head), URL).entries) == 1
    assert refused(rss(item(1, "&a;" * 110), head)) == "not_a_feed"


def test_5_000_entries_are_read_and_the_others_counted():
    found = parse_feed(rss("".join(map(item, range(5_010)))), URL)
    assert (len(found.entries), found.left_out) == (5_000, 10)


def test_titles_have_2_000_characters_and_details_as_many():
    (found,) = parse_feed(rss(item(1, "word " * 1000)), URL).entries
    assert len(found.title) <= 2_000
    failure = failure_of(entry(), RowError("unexpected", "x" * 5_000), "fetch_articles", RUN)
    assert len(failure.detail) == 2_000
