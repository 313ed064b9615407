"""The numbered hostile feeds and pages, through the real command, as their manifest says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "measure" / "hostile"


@pytest.mark.slow
def test_every_hostile_case_ends_as_it_should_within_memory_and_time():
    if not (CORPUS / "server.py").exists():
        pytest.skip(f"{CORPUS} is not here: the hostile web is not part of the project")
    command = [sys.executable, "-m", "benchmarks.hostile"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    cost = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stdout + done.stderr
    assert cost["passed"]
