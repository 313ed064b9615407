"""Fixtures that several folders of tests share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# A shared machine may stop a process for longer than any limit that means something.
settings.register_profile("communique", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("communique")


@pytest.fixture(scope="session")
def sample_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of one `communique run --sample`, made once for all tests: only read them."""
    output = tmp_path_factory.mktemp("sample") / "news"
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "run", "--sample", "--output", str(output)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"exit status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return output
