"""No dependency that we lock or allow is older than the fix of a fault that strangers can reach."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]

# Package -> first version without the fault. Where a package is not there, nothing is wrong.
FIXED_IN = {
    "aiohttp": ("3.14.1", "CVE-2026-54278, CVE-2025-69223: decompression bombs"),
    "brotli": ("1.2.0", "CVE-2025-6176: unbounded decompression"),
    "idna": ("3.7", "CVE-2024-3651: quadratic encoding"),
    "lxml": ("6.1.0", "CVE-2026-41066: external entities in iterparse"),
    "lxml-html-clean": ("0.4.0", "CVE-2024-52595: scripts get through"),
    "pyarrow": (
        "23.0.1",
        "CVE-2026-25087, CVE-2023-47248: use after free, code in extension types",
    ),
    "requests": ("2.32.4", "CVE-2024-47081: netrc passwords to other hosts"),
    "scrapy": ("2.13.4", "CVE-2025-6176, CVE-2024-3572: limits on decoded size without effect"),
    "urllib3": ("2.6.3", "CVE-2025-66418, CVE-2025-66471, CVE-2026-21441: bombs"),
}
# What fetches or parses what strangers send: its range in setup.py must not allow a bad version.
DIRECT = {"aiohttp", "idna", "pyarrow"}


def requirements(text):
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [Requirement(line) for line in lines if line]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


LOCKED = [ROOT / "constraints.txt", *sorted((ROOT / "benchmarks").rglob("*.txt"))]
LOCKED = [path for path in LOCKED if re.search(r"^[\w-]+==", path.read_text("utf-8"), re.MULTILINE)]


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("name", FIXED_IN)
def test_locked_versions_have_the_fixes(name, path):
    locked = requirements(path.read_text("utf-8"))
    versions = [
        Version(next(iter(line.specifier)).version)
        for line in locked
        if canonical(line.name) == name
    ]
    first, why = FIXED_IN[name]
    assert all(version >= Version(first) for version in versions), why


@pytest.mark.parametrize("name", sorted(DIRECT))
def test_the_ranges_of_the_distribution_do_not_allow_older_ones(name):
    source = (ROOT / "setup.py").read_text("utf-8")
    allowed = [Requirement(text) for text in re.findall(rf'"({name}[^"]*)"', source)]
    assert allowed
    first, why = FIXED_IN[name]
    lows = [Version(s.version) for r in allowed for s in r.specifier if s.operator == ">="]
    assert min(lows) >= Version(first), why


def test_every_locked_version_is_exact():
    locked = requirements((ROOT / "constraints.txt").read_text("utf-8"))
    assert {next(iter(line.specifier)).operator for line in locked} == {"=="}
