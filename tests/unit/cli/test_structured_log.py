import json
import logging
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from pipelines.report import log_summary
from pipelines.results import Gap, Results
from pipelines.structured_log import VARIABLE, LineLog, _Records, log_line

WHEN = datetime(2026, 11, 16, 8, 30, tzinfo=timezone.utc)
ROOT = Path(__file__).resolve().parents[3]


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def structured(monkeypatch):
    monkeypatch.setenv(VARIABLE, "json")


def test_a_line_has_the_fields_that_a_collector_lifts_out():
    told = json.loads(log_line("ERROR", "no room\nleft", WHEN, run={"articles": 3}))
    assert told == {
        "severity": "ERROR",
        "time": "2026-11-16T08:30:00Z",
        "message": "no room\nleft",
        "run": {"articles": 3},
    }


@pytest.mark.parametrize("call", [["run", "--nonsense"], ["status", "--output", "/nowhere"]])
def test_complaints_are_entries_of_the_log(communique, structured, call):
    done = communique(*call)
    (entry,) = lines(done.err)
    assert done.status in {1, 2}
    assert (entry["severity"], call[1] in entry["message"] or "/nowhere" in entry["message"]) == (
        "ERROR",
        True,
    )


def test_the_option_does_what_the_variable_does(communique):
    done = communique("--log-format", "json", "verify", "--output", "/nowhere")
    assert {entry["severity"] for entry in lines(done.err)} == {"ERROR"}


def test_a_format_it_does_not_know_is_bad_usage(communique, monkeypatch):
    monkeypatch.setenv(VARIABLE, "yaml")
    done = communique("verify")
    assert (done.status, "yaml" in done.err) == (2, True)


def test_the_choice_does_not_outlive_the_command(communique):
    communique("--log-format", "json", "verify", "--output", "/nowhere")
    assert communique("verify", "--output", "/nowhere").err.startswith("communique: ")


def test_the_summary_is_one_line_whose_size_does_not_grow_with_the_feeds(capsys):
    feeds = [f"https://paper{n}.example/feed" for n in range(5000)]
    log_summary(
        Results(
            run_id="r", output="news", items=2, articles=1, failures=1, already_committed=0,
            failure_codes={"http_404": 1}, feeds={"fetched": 1, "failed": 5000},
            feed_failures=dict.fromkeys(feeds, "http_410"),
            gaps=tuple(Gap(feed, None, WHEN) for feed in feeds),
            silent=dict.fromkeys(feeds, WHEN), left_out=dict.fromkeys(feeds, 1),
            retries_waiting=0, next_retry_at=WHEN, outlets=(), lines=(),
        )
    )  # fmt: skip
    (entry,) = lines(capsys.readouterr().err)
    assert entry["message"].startswith("Ledger: 2 items = 1 articles + 1 failures. Feeds: ")
    assert entry["run"]["feed_failures"] == {"http_410": 5000}
    assert (entry["run"]["gaps"], entry["run"]["silent"]) == (5000, 5000)
    assert len(json.dumps(entry)) < 1000


def test_progress_becomes_a_line_each(capsys):
    log = LineLog()
    log.write("feeds 1/2 | new ")
    log.write("3\n\nfeeds 2/2\nhalf")
    assert [e["message"] for e in lines(capsys.readouterr().err)] == [
        "feeds 1/2 | new 3",
        "feeds 2/2",
    ]


def test_a_record_with_a_traceback_is_one_line():
    with pytest.raises(ValueError) as caught:
        int("of the engine")
    cause = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("beam", logging.WARNING, "f", 1, "odd %s", ("x",), cause)
    text = _Records().format(record)
    told = json.loads(text)
    assert "\n" not in text
    assert (told["severity"], told["logger"], told["message"][:5]) == ("WARNING", "beam", "odd x")
    assert "of the engine" in told["message"]


def test_a_fault_of_the_program_is_one_critical_line():
    code = "from pipelines import structured_log as s; s.choose(s.LogFormat.json); 1 / 0"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    (entry,) = lines(done.stderr)
    assert (done.returncode, entry["severity"]) == (1, "CRITICAL")
    assert entry["message"].endswith("ZeroDivisionError: division by zero")
