import json
from datetime import datetime, timedelta, timezone

import pytest

from pipelines.commands.status import conditions_of, holds, span
from pipelines.health import health_of, lag_s, status_of
from pipelines.results import Gap
from schemas.errors import UsageError
from schemas.feed import FeedState
from transforms.tables import TableError

FIRST = datetime(2026, 11, 16, 8, 30, tzinfo=timezone.utc)
SECOND = FIRST + timedelta(days=1)
NOW = SECOND + timedelta(hours=3)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FEED = "https://paper.example/feed.xml"


def test_the_status_counts_what_came_of_the_items_of_a_time(tables):
    found = status_of(tables, NOW, timedelta(days=3))
    assert (found.articles, found.failures) == (1, 2)  # one failed first and is an article now
    assert found.codes == {"http_410": 1, "read_timeout": 1}
    assert [line.outlet for line in found.outlets] == ["paper.example"]
    recent = status_of(tables, NOW, timedelta(hours=4))
    assert recent.codes == {"read_timeout": 1}


def test_the_status_knows_the_last_run_and_for_how_long_nobody_came(tables):
    found = status_of(tables, NOW, DAY)
    assert found.last_run == ("run-2", SECOND, {"fetched": 1}, 1, 1)
    assert found.lag_s == 3 * 3600
    assert [(feed.feed_url, feed.health, feed.polls) for feed in found.feeds] == [(FEED, "ok", 1)]


def test_only_listed_feeds_count(tables):
    (feed,) = status_of(tables, NOW, DAY, ["https://new.example/feed"]).feeds
    assert (feed.health, feed.polls) == ("unanswered", 0)


def test_without_tables_there_is_no_status(tmp_path, communique):
    with pytest.raises(TableError):
        status_of(str(tmp_path), NOW, DAY)
    assert communique("status", "-o", tmp_path).status == 1


@pytest.mark.parametrize(
    ("state", "health"),
    [
        (FeedState(polled_before=True, newest_at=NOW - HOUR, rhythm_s=600), "ok"),
        (FeedState(polled_before=True, newest_at=NOW - 4 * DAY, rhythm_s=600), "silent"),
        (FeedState(polled_before=True, failures_in_row=2, code="http_500"), "ok"),
        (FeedState(polled_before=True, failures_in_row=3, code="http_500"), "failing"),
        (
            FeedState(failures_in_row=3, code="http_410", repeated=3, repeated_since=NOW - 2 * DAY),
            "retired",
        ),
        (FeedState(failures_in_row=1), "unanswered"),
    ],
)
def test_the_health_of_a_feed_is_the_worst_that_is_true_of_it(state, health):
    assert health_of(state, NOW) == health


def test_lag_counts_from_the_first_feed_that_was_due_after_the_newest_poll():
    on_time = FeedState(polled_at=NOW, next_poll_at=NOW + HOUR)
    delisted = FeedState(polled_at=NOW - 9 * DAY, next_poll_at=NOW - 8 * DAY)
    states = [on_time, delisted]
    assert lag_s(states, NOW + HOUR / 2) == 0
    assert lag_s(states, NOW + 3 * HOUR) == 2 * 3600
    assert lag_s([FeedState()], NOW) == 0


def test_a_condition_says_why_it_holds(tables):
    found = status_of(tables, NOW, timedelta(days=3))
    assert holds("failures>66%", found) == "66.7 % of the items failed, more than 66 %"
    assert holds("failures > 67 %", found) is None
    assert holds("lag>2h", found) == "feeds have been due for 3.0 h, longer than 2h"
    assert holds("lag>4h", found) is None
    assert holds("silent", found) is None
    assert holds("gaps", found) is None
    assert holds("gaps", found._replace(gaps=(Gap(FEED, None, NOW),))) == "1 gaps are suspected"
    silent = found.feeds[0]._replace(health="silent")
    assert FEED in holds("silent", found._replace(feeds=(silent,)))


@pytest.mark.parametrize("text", ["", "silence", "failures>many", "failures<5%", "silent,,gaps"])
def test_a_condition_that_is_none_is_refused(text):
    with pytest.raises(UsageError, match="no condition"):
        conditions_of(text)


def test_a_lag_without_a_unit_is_refused(communique, tables):
    answer = communique("status", "-o", tables, "--fail-on", "lag>2")
    assert answer.status == 2
    assert '"2m"' in answer.err


def test_conditions_end_with_status_3_and_the_others_with_0(communique, tables):
    always = ["status", "-o", tables, "--since", "9000d"]
    answer = communique(*always, "--fail-on", "silent, failures>50%")
    assert answer.status == 3
    assert answer.err == "communique: 66.7 % of the items failed, more than 50 %\n"
    assert "last run" in answer.out
    assert "paper.example: 67 % failed (1 http_410, 1 read_timeout)" in answer.out
    assert communique(*always, "--fail-on", "failures>70%").status == 0
    found = json.loads(communique(*always, "--json", "--fail-on", "gaps").out)
    assert (found["failure_rate"], found["failed_on"]) == (0.6667, [])
    assert found["last_run"]["run_id"] == "run-2"
    assert found["feeds"][0]["health"] in {"ok", "silent"}


@pytest.mark.parametrize(
    ("seconds", "text"), [(42, "42 s"), (1020, "17 min"), (18_720, "5.2 h"), (267_840, "3.1 d")]
)
def test_a_duration_is_told_in_the_unit_that_fits(seconds, text):
    assert span(seconds) == text
