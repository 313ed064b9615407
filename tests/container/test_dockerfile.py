"""The Dockerfile takes what the distribution needs, locked, and does not run as root."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from setuptools import find_packages

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy/container"
LINES = (FOLDER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def values(instruction):
    return [line.partition(" ")[2] for line in LINES if line.startswith(f"{instruction} ")]


def test_what_is_copied_is_there_and_all_that_is_shipped():
    copied = [value.split()[:-1] for value in values("COPY") if not value.startswith("--from")]
    sources = {name for names in copied for name in names}
    assert not [name for name in sources if not (ROOT / name).exists()]
    packages = find_packages(str(ROOT), include=["pipelines", "schemas", "transforms"])
    assert {*packages, "setup.py", "MANIFEST.in", "constraints.txt"} <= sources


def test_the_context_of_the_build_is_what_is_copied():
    ignore = (FOLDER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in ignore if line.startswith("!")}
    copied = [value.split()[:-1] for value in values("COPY") if not value.startswith("--from")]
    assert kept == {name for names in copied for name in names}
    assert "*" in ignore


def test_the_packages_are_the_locked_ones_on_an_exact_python():
    steps = " ".join(values("RUN")).split("&&")
    installs = [step for step in steps if re.search(r"\binstall\b", step)]
    assert installs
    assert all("--constraint constraints.txt" in step for step in installs)
    assert all(value.split()[0] == "${PYTHON}" for value in values("FROM"))
    assert re.fullmatch(r"PYTHON=python:3\.1[0-3]\.\d+-slim-\w+", *values("ARG"))


def test_the_program_is_not_run_as_root():
    last_stage = "\n".join(LINES).rpartition("\nFROM ")[2]
    (user,) = re.findall(r"^USER (\d+):\d+$", last_stage, re.MULTILINE)
    assert int(user) > 0
    assert values("ENTRYPOINT") == ['["/opt/communique/bin/communique"]']


@pytest.mark.parametrize("dockerfile", sorted(ROOT.glob("deploy/**/Dockerfile")), ids=str)
def test_hadolint_finds_nothing(dockerfile):
    hadolint = shutil.which("hadolint") or ROOT / "build/hadolint/bin/hadolint"
    if not Path(hadolint).exists():
        pytest.skip("hadolint is not installed; `make hadolint` brings it")
    done = subprocess.run([hadolint, dockerfile], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
