from datetime import datetime, timedelta, timezone

import pytest

from transforms.failures import MAX_ATTEMPTS, retry_at

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


def test_waits_grow_and_the_last_attempt_is_final():
    waits = [retry_at("http_503", attempt, NOW) for attempt in range(1, MAX_ATTEMPTS + 1)]
    hours = [None if wait is None else (wait - NOW) / timedelta(hours=1) for wait in waits]
    assert hours == [1, 6, 24, None]


@pytest.mark.parametrize("code", ["http_404", "robots_denied", "empty_text", "unexpected"])
def test_what_another_attempt_cannot_mend_is_final(code):
    assert retry_at(code, 1, NOW) is None


def test_a_server_can_make_the_wait_longer_but_not_shorter():
    assert retry_at("http_429", 1, NOW, retry_after_s=7200) == NOW + timedelta(hours=2)
    assert retry_at("http_429", 1, NOW, retry_after_s=5) == NOW + timedelta(hours=1)


def test_an_interrupted_entry_is_due_at_once_however_often_it_happens():
    assert retry_at("interrupted", MAX_ATTEMPTS + 5, NOW) == NOW
