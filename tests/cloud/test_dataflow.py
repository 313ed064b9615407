"""Both graphs go through DataflowRunner up to the point where they would be sent."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "build/dataflow/bin/python"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["batch", "stream"])
def test_dataflow_takes_the_graph(kind, tmp_path):
    if not PYTHON.exists():
        pytest.skip("Beam's part for Google Cloud is not installed; `make test-dataflow` brings it")
    done = subprocess.run(
        [PYTHON, Path(__file__).with_name("dry_run.py"), kind, tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    state, transforms = done.stdout.split()[-2:]
    assert (state, int(transforms) > 30) == ("DONE", True)
