"""The bill of materials names what is installed, and that is what constraints.txt says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
OF_THE_ENVIRONMENT = {"pip", "communique"}
"""What no constraint names: the installer, and what is being billed."""

pytestmark = pytest.mark.slow


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(python):
    """{name: version} of constraints.txt for a Python such as `3.11`."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {
        canonical(one.name): next(iter(one.specifier)).version
        for one in found
        if one.marker is None or one.marker.evaluate({"python_version": python})
    }


@pytest.fixture(scope="module")
def bill():
    """(components by name, version of the Python they are for) of `make sbom`."""
    if not (ROOT / "build" / "sbom" / "installed").exists():
        pytest.skip("`make sbom` was never run here: it installs the program that writes the bill")
    subprocess.run(["make", "--silent", "sbom"], cwd=ROOT, check=True, timeout=900)
    found = json.loads((ROOT / "build" / "sbom.json").read_text("utf-8"))
    assert found["bomFormat"] == "CycloneDX"
    billed = subprocess.run(
        [ROOT / ".venv" / "bin" / "python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()  # fmt: skip
    return {canonical(c["name"]): c["version"] for c in found["components"]}, billed


def test_every_component_has_the_version_that_is_locked(bill):
    components, python = bill
    named = {n: v for n, v in components.items() if n not in OF_THE_ENVIRONMENT}
    expected = locked(python)
    assert {n: v for n, v in named.items() if expected.get(n) != v} == {}


def test_every_dependency_of_the_distribution_is_billed(bill):
    components, _ = bill
    source = (ROOT / "setup.py").read_text("utf-8")
    wanted = {canonical(n) for n in re.findall(r'"([A-Za-z][\w.-]*)(?:\[[^\]]*\])?[<>=~]', source)}
    wanted &= locked(f"{sys.version_info[0]}.{sys.version_info[1]}").keys()
    assert {"aiohttp", "apache-beam", "deltalake", "pyarrow", "selectolax"} <= wanted
    assert wanted - components.keys() == set()
