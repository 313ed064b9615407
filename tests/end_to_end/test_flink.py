"""A real Flink cluster on loopback, as `make test-flink` fetches it."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "deploy" / "flink" / "flink.sh"
HOME = ROOT / "build" / "flink"
JOB_SERVER = HOME / "job-server.jar"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java here"),
    pytest.mark.skipif(
        not (HOME / "flink").exists(), reason="Flink is not fetched; see `make test-flink`"
    ),
]
needs_job_server = pytest.mark.skipif(
    not JOB_SERVER.exists(),
    reason="Beam's Flink job server is not fetched: build/flink/maven.log says why",
)


def flink(command):
    environment = {**os.environ, "PYTHON": sys.executable, "PORT": "18081", "POOL_PORT": "50077"}
    done = subprocess.run(
        [SCRIPT, command], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def cluster():
    """The options by which Beam finds the cluster."""
    options = shlex.split(flink("start"))
    yield options
    flink("stop")


def test_a_cluster_of_two_task_managers_starts_and_stops(cluster):
    assert "--flink_master=localhost:18081" in cluster
    assert len((HOME / "pids").read_text().splitlines()) == 4


@needs_job_server
def test_the_rows_of_a_run_on_flink_are_those_of_one_on_the_local_runner(
    cluster, communique, run_options, rows_of, tmp_path
):
    here, there = tmp_path / "here", tmp_path / "there"
    assert communique("run", *run_options, "--output", here)[0] == 0
    status, _, err = communique("run", *run_options, "--output", there, "--", *cluster)
    assert status == 0, err
    assert rows_of(there) == rows_of(here)


@needs_job_server
def test_a_stream_survives_a_task_manager(
    cluster, start_communique, communique, wait_until, run_options, rows_of, polled, tmp_path
):
    here, there = tmp_path / "here", tmp_path / "there"
    assert communique("run", *run_options, "--output", here)[0] == 0
    options = [option for option in run_options if option not in ("--json", "--poll", "all")]
    settings = ["--output", there, "--flush", "2s"]
    stream = start_communique(
        "stream", *options, *settings, "--", "--checkpointing_interval=2000", *cluster
    )
    try:
        pids = dict(line.split()[::-1] for line in (HOME / "pids").read_text().splitlines())
        wait_until(lambda: polled(there), 120)
        os.kill(int(pids["taskmanager-1"]), signal.SIGKILL)
        wait_until(lambda: polled(there) == polled(here), 120)
    finally:
        stream.send_signal(signal.SIGINT)
        stream.communicate(timeout=60)
    assert rows_of(there) == rows_of(here)
    assert communique("verify", "--output", there)[0] == 0
