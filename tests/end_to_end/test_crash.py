"""The short form of benchmarks/crash.py: kills and races of real runs, compared row by row."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "crash.py"


@pytest.mark.slow
def test_kills_and_races_lose_and_double_nothing():
    command = [sys.executable, BENCHMARK, "--kills", "4", "--run-pairs", "2"]
    command += ["--compaction-pairs", "3", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    cases = [json.loads(line) for line in done.stdout.splitlines()]
    assert [case["problems"] for case in cases[1:-1]] == [[]] * 9, done.stdout + done.stderr
    assert cases[-1] == {"cases": 9, "bad": 0}
    assert done.returncode == 0
