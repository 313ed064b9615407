from datetime import timedelta

import pytest
from rows import NOW, RUN

from schemas.errors import RowError
from schemas.feed import Feed, FeedState
from transforms.attempt import attempted
from transforms.polling import Offer, failed_poll, poll_of, read_offer, request_of
from transforms.web import Response

FEED = Feed("http://one.example/feed")
STATE = FeedState(etag='"old"', last_modified="yesterday", body_sha256="0" * 64)
DOCUMENT = (
    b"<rss version='2.0'><channel><item><link>http://one.example/a</link></item></channel></rss>"
)


def answer(status=200, body=DOCUMENT, **headers):
    return Response(FEED.url, FEED.url, status, headers, body, None, NOW, 5)


def test_a_document_is_offered_once_and_the_same_bytes_offer_nothing():
    offer = read_offer(FEED, FeedState(), answer(), RUN)
    assert [entry.url for entry in offer.entries] == ["http://one.example/a"]
    known = FeedState(body_sha256=poll_of(FEED, FeedState(), answer(), offer, RUN).body_sha256)
    assert read_offer(FEED, known, answer(), RUN) is None


def test_a_304_keeps_the_validators_it_confirmed():
    poll = poll_of(FEED, STATE, answer(304, b"", etag='"new"'), None, RUN)
    assert (poll.outcome, poll.etag, poll.last_modified, poll.body_sha256) == (
        "not_modified",
        STATE.etag,
        STATE.last_modified,
        STATE.body_sha256,
    )


def test_the_validators_of_a_document_that_was_not_read_whole_are_not_kept():
    poll = poll_of(FEED, STATE, answer(etag='"new"'), Offer([], 45), RUN)
    assert (poll.etag, poll.last_modified, poll.body_sha256) == (None, None, None)
    assert poll.left_out == 45


def test_a_failed_poll_keeps_the_validators_and_rests_from_its_answer_on():
    at = NOW + timedelta(minutes=3)
    poll = failed_poll(FEED, STATE, RowError("http_503", "busy", 503, 60.0), RUN, at)
    assert (poll.etag, poll.polled_at) == (STATE.etag, at)
    assert poll.rest_until == at + timedelta(seconds=60)


def test_a_poll_says_what_the_answer_shows_of_the_next_one():
    items = "".join(
        f"<item><link>http://one.example/{n}</link><pubDate>Fri, 20 Nov 2026 {n:02}:00:00 GMT"
        "</pubDate></item>"
        for n in range(6, 12)
    )
    head = "<ttl>30</ttl><skipHours><hour>3</hour></skipHours>"
    body = f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()
    response = answer(body=body, **{"cache-control": "max-age=600"})
    response = response._replace(moved_to="https://one.example/feed")
    poll = poll_of(FEED, FeedState(), response, read_offer(FEED, FeedState(), response, RUN), RUN)
    assert (poll.window, poll.rhythm_s, poll.newest_at) == (6, 3600.0, NOW - timedelta(hours=1))
    assert (poll.refresh_s, poll.skip) == (1800.0, "3")
    assert poll.rest_until == NOW + timedelta(minutes=10)
    assert (poll.moved_to, poll.next_poll_at) == ("https://one.example/feed", None)


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address():
    state = FeedState(etag='"1"', ask_url="https://one.example/new")
    assert (request_of(FEED, state).url, request_of(FEED, state).etag) == (state.ask_url, '"1"')
    assert request_of(FEED, None).url == FEED.url


def test_a_fault_while_a_feed_is_read_is_that_feeds_failure():
    def broken(*_):
        raise KeyError("ours")

    with pytest.raises(RowError, match="unexpected"):
        attempted(broken, FEED)
