"""The Dockerfile takes what the distribution needs, locked, and does not run as root."""

import re
from pathlib import Path

from setuptools import find_packages

ROOT = Path(__file__).resolve().parents[1]
LINES = (ROOT / "deploy/container/Dockerfile").read_text(encoding="utf-8").splitlines()


def values(instruction):
    return [line.partition(" ")[2] for line in LINES if line.startswith(f"{instruction} ")]


def test_what_is_copied_is_there_and_all_that_is_shipped():
    copied = [value.split()[:-1] for value in values("COPY") if not value.startswith("--from")]
    sources = {name for names in copied for name in names}
    assert not [name for name in sources if not (ROOT / name).exists()]
    packages = find_packages(str(ROOT), include=["pipelines", "schemas", "transforms"])
    assert {*packages, "setup.py", "MANIFEST.in", "constraints.txt"} <= sources


def test_the_packages_are_the_locked_ones_on_an_exact_python():
    installs = [value for value in values("RUN") if "pip install" in value]
    assert installs
    assert all("--constraint constraints.txt" in value for value in installs)
    bases = [value.split()[0] for value in values("FROM")]
    assert all(re.fullmatch(r"python:3\.1[0-3]\.\d+-slim-\w+", base) for base in bases)


def test_the_program_is_not_run_as_root():
    last_stage = "\n".join(LINES).rpartition("\nFROM ")[2]
    (user,) = re.findall(r"^USER (\d+):\d+$", last_stage, re.MULTILINE)
    assert int(user) > 0
    assert values("ENTRYPOINT") == ['["/opt/communique/bin/communique"]']
