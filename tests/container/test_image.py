"""The image of the Dockerfile, built and run without an engine: as nobody, on a read-only root."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REHEARSE = Path(__file__).with_name("rehearse.py")
UNREACHABLE = ("No matching distribution", "NewConnectionError", "Temporary failure in name")

pytestmark = pytest.mark.slow

RUNS = [
    ["run", "--sample", "--json", "--output", "/tmp/news"],
    ["verify", "--output", "/tmp/news"],
    ["run", "--sample", "--output", "/opt/news"],
    [],
]


@pytest.fixture(scope="module")
def runs():
    """What the program of the image said to each of RUNS."""
    if os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")):
        pytest.skip("needs root, unshare and setpriv to mount a root and to give it up")
    unshare = ("unshare", "--mount")
    if subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let its root make a mount namespace")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*unshare, sys.executable, REHEARSE, ROOT / "deploy/container/Dockerfile", ROOT,
             folder, json.dumps(RUNS)],
            capture_output=True, text=True, check=False, timeout=2400,  # a minute of work, and 150 MB fetched
        )  # fmt: skip
    if "CI" not in os.environ and any(sign in done.stderr for sign in UNREACHABLE):
        pytest.skip("the package index cannot be reached to build the image")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_sample_job_runs_and_its_tables_verify(runs):
    assert (runs[0]["status"], runs[1]["status"]) == (0, 0), runs[0]["stderr"] + runs[1]["stderr"]
    account = json.loads(runs[0]["stdout"])
    assert account["items"] == account["articles"] + account["failures"] > 0


def test_nothing_but_tmp_can_be_written_to(runs):
    assert runs[2]["status"] == 1
    assert "/opt/news" in runs[2]["stderr"]


def test_without_arguments_it_shows_its_help(runs):
    assert "communique run --sample" in runs[3]["stdout"]
