"""deploy/systemd says what the command can do."""

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.cli import app

FOLDER = Path(__file__).resolve().parents[2] / "deploy/systemd"
STARTS = [
    line.split()[1:]
    for line in (FOLDER / "communique.service").read_text("utf-8").splitlines()
    if line.startswith("ExecStart=/opt/communique/bin/communique ")
]


@pytest.mark.parametrize("words", STARTS, ids=" ".join)
def test_each_start_is_a_command_with_its_options(words):
    command = get_command(app).commands[words[0]]
    known = {flag for parameter in command.params for flag in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_systemd_understands_the_units():
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    done = subprocess.run(
        ["systemd-analyze", "verify", *FOLDER.glob("communique.*")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if line.startswith("communique")]
    assert [line for line in said if "is not executable" not in line] == []
