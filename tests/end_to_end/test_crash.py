"""The short form of benchmarks/crash: kills, faults and races, compared row by row."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_kills_faults_and_races_lose_and_double_nothing():
    command = [sys.executable, "-m", "benchmarks.crash", "--committer-kills", "30", "--kills", "3"]
    command += ["--run-pairs", "2", "--compaction-pairs", "3", "--seed", "7"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900
    )
    cases = [json.loads(line) for line in done.stdout.splitlines()]
    said = done.stdout + done.stderr
    assert [case["problems"] for case in cases[:-1]] == [[]] * (len(cases) - 1), said
    assert cases[-1] == {"cases": 13, "bad": 0}
    assert done.returncode == 0
    (killed,) = [case for case in cases[:-1] if case["case"].startswith("committer, 1")]
    assert (killed["kills"] >= 30, killed["reads"] > 0) == (True, True)
