from datetime import datetime, timedelta, timezone

import pytest
from rows import RUN, entry

from schemas.errors import RowError
from transforms.failures import MAX_TRIES, failure_of, retry_at

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


def test_waits_grow_and_the_last_attempt_is_final():
    waits = [retry_at("http_503", tries, NOW) for tries in range(1, MAX_TRIES + 1)]
    hours = [None if wait is None else (wait - NOW) / timedelta(hours=1) for wait in waits]
    assert hours == [1, 6, 24, None]


@pytest.mark.parametrize("code", ["http_404", "robots_denied", "empty_text", "unexpected"])
def test_what_another_attempt_cannot_mend_is_final(code):
    assert retry_at(code, 1, NOW) is None


def test_a_server_can_make_the_wait_longer_but_not_shorter():
    assert retry_at("http_429", 1, NOW, retry_after_s=7200) == NOW + timedelta(hours=2)
    assert retry_at("http_429", 1, NOW, retry_after_s=5) == NOW + timedelta(hours=1)


def test_an_interrupted_entry_is_due_at_once_however_often_it_happens():
    assert retry_at("interrupted", MAX_TRIES + 5, NOW) == NOW


@pytest.mark.parametrize("unsent", [RowError("interrupted", ""), RowError("http_429", "not sent")])
def test_a_try_that_was_never_sent_does_not_count(unsent):
    row = entry()
    for attempt in range(1, 8):
        failure = failure_of(row, unsent, "fetch_articles", RUN)
        assert (failure.final, failure.entry.tries) == (False, 0)
        row = failure.entry._replace(attempt=attempt + 1)
    failure = failure_of(row, RowError("dns_failed", ""), "fetch_articles", RUN)
    assert (failure.final, failure.entry.tries, failure.attempt) == (False, 1, 8)
