"""The stream on a real engine: Prism, which `make prism` builds where Go can be had."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from transforms.tables import open_dataset, verify

ROOT = Path(__file__).resolve().parents[2]
PRISM = Path(os.environ.get("PRISM", ROOT / "build" / "prism" / "prism"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PRISM.exists(), reason=f"{PRISM} is not built; see `make prism`"),
]

FAULTS = [
    ("before_publish=enospc", 1),  # a full disk ends the stream, with a message
    ("after_write", -signal.SIGKILL),
    ("after_commit:articles", -signal.SIGKILL),
    ("after_commit:failures", -signal.SIGKILL),
    ("before_commit:polls", -signal.SIGKILL),
]
"""What the stream is made to meet, and the status it ends with (transforms/tables/faults.py)."""


def test_the_rows_of_a_stream_are_those_of_a_run(
    communique, start_communique, wait_until, run_options, rows_of, polled, tmp_path
):
    batch, streamed = tmp_path / "batch", tmp_path / "streamed"
    assert communique("run", *run_options, "--output", batch)[0] == 0
    options = [option for option in run_options if option not in ("--json", "--poll", "all")]
    engine = ["--", "--runner=PrismRunner", f"--prism_location={PRISM}"]
    log = tmp_path / "stream.jsonl"
    settings = ["--output", streamed, "--flush", "2s", "--log", log]
    stream = start_communique("stream", *options, *settings, *engine)
    try:
        wait_until(lambda: polled(streamed) == polled(batch), 180)
    finally:
        stream.send_signal(signal.SIGINT)
        _, err = stream.communicate(timeout=30)
    assert stream.returncode == 0, err
    assert rows_of(streamed) == rows_of(batch)
    assert verify(str(streamed)).problems == ()
    told = [json.loads(line) for line in log.read_text().splitlines()]
    assert {line["stage"] for line in told if "stage" in line} == {"poll", "fetch", "commit"}
    flushes = [line for line in told if line["message"].startswith("flush")]
    assert sum(flush["articles"] for flush in flushes) == len(rows_of(batch)["articles"])
    assert "fetch_articles.http_404" in {code for flush in flushes for code in flush["failed"]}
    said = log.read_text() + err
    texts = open_dataset(str(streamed), "articles").to_table(columns=["text"])["text"].to_pylist()
    assert not [text for text in texts if text.strip()[:40] in said]


def test_kills_and_a_second_stream_lose_and_double_nothing():
    command = [
        sys.executable,
        "-m",
        "benchmarks.streaming.soak",
        "--prism",
        PRISM,
        "--twice",
    ]
    command += ["--seconds", "60", "--kills", "3", "--seed", "5"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    account = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stdout + done.stderr
    assert account["published"] > 100
    assert (account["lost"], account["doubled"], account["verify"]) == (0, 0, 0)


def test_a_death_between_any_two_steps_of_a_commit_loses_and_doubles_nothing(
    communique, start_communique, wait_until, run_options, rows_of, polled, monkeypatch, tmp_path
):
    batch, streamed = tmp_path / "batch", tmp_path / "streamed"
    assert communique("run", *run_options, "--output", batch)[0] == 0
    options = [option for option in run_options if option not in ("--json", "--poll", "all")]
    engine = ["--", "--runner=PrismRunner", f"--prism_location={PRISM}"]
    command = ["stream", *options, "--output", streamed, "--flush", "2s", *engine]
    for fault, status in FAULTS:  # each gets one step further than the one before
        monkeypatch.setenv("COMMUNIQUE_FAULT", fault)
        stream = start_communique(*command, start_new_session=True)
        try:
            assert stream.wait(120) == status, fault
        finally:
            with suppress(ProcessLookupError):
                os.killpg(stream.pid, signal.SIGKILL)  # the engine, where it was left behind
            stream.communicate()
    monkeypatch.delenv("COMMUNIQUE_FAULT")
    stream = start_communique(*command)
    try:
        wait_until(lambda: polled(streamed) == polled(batch), 180)
    finally:
        stream.send_signal(signal.SIGINT)
        stream.communicate(timeout=30)
    assert rows_of(streamed) == rows_of(batch)
    assert verify(str(streamed)).problems == ()
