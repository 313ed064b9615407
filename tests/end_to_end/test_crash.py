"""The short forms of benchmarks/crash and benchmarks/day."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lines_of(*arguments):
    """The JSON lines that a benchmark prints, its exit status, and all that it said."""
    command = [sys.executable, "-m", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900
    )
    said = done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, said


@pytest.mark.slow
def test_kills_faults_and_races_lose_and_double_nothing():
    clocks = 1 if shutil.which("cc") else 0
    options = ["--committer-kills", 30, "--forked-kills", 4, "--clocks", clocks, "--kills", 1]
    options += ["--run-pairs", 2, "--exports", 1, "--compaction-pairs", 3, "--seed", 7]
    lines, status, said = lines_of("benchmarks.crash", *options)
    cases = [line for line in lines if "case" in line]
    assert [case["problems"] for case in cases] == [[]] * len(cases), said
    assert lines[-1] == {"cases": 16 + clocks, "bad": 0}
    assert status == 0
    (killed,) = [case for case in cases if case["case"].startswith("committer, 1")]
    assert (killed["kills"] >= 30, killed["reads"] > 0) == (True, True)


@pytest.mark.slow
def test_runs_again_and_again_account_for_every_story_and_leave_no_file_open():
    lines, status, said = lines_of("benchmarks.day", "--runs", 8)
    assert (lines[-1]["problems"], lines[-1]["runs"], status) == ([], 8, 0), said
