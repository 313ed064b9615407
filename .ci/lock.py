#!/usr/bin/env python3
"""Write constraints.txt: the newest versions that setup.py allows, for every Python we support.

Asks pip, under each of python3.10 to python3.13 on the path, what it would install, and installs
nothing. A package that needs an older version under an older Python gets a line for each, with a
marker. Refuses a package without a wheel: an installation must not need a compiler.
"""

import json
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Exact versions that `make` and CI install; setup.py has the ranges. Written by `make constraints`.
"""


def resolve(python: str) -> dict[str, str]:
    """Name -> version of everything that `.[dev]` needs under one Python."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([f"python{python}", "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--upgrade", "pip"], check=True)
        report = subprocess.run(
            [*pip, "install", "--dry-run", "--quiet", "--report=-", "--ignore-installed",
             "--only-binary=:all:", "--editable", f"{ROOT}[dev]"],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip
    packages = (item["metadata"] for item in json.loads(report)["install"])
    return {p["name"].lower().replace("_", "-"): p["version"] for p in packages}


def lines(resolved: dict[str, dict[str, str]]) -> list[str]:
    """The constraints: one line a package, or one a run of Pythons that share a version."""
    names = sorted(set().union(*resolved.values()) - {"communique"})
    return [line for name in names for line in _lines_of(name, resolved)]


def _lines_of(name: str, resolved: dict[str, dict[str, str]]) -> list[str]:
    versions = [(python, resolved[python].get(name)) for python in PYTHONS]
    found = {version for _, version in versions if version}
    if len(found) == 1:
        return [f"{name}=={found.pop()}"]
    runs = [(version, [p for p, _ in run]) for version, run in groupby(versions, lambda v: v[1])]
    return [f"{name}=={version}; {_marker(pythons)}" for version, pythons in runs if version]


def _marker(pythons: list[str]) -> str:
    bounds = []
    if pythons[0] != PYTHONS[0]:
        bounds.append(f'python_version >= "{pythons[0]}"')
    if pythons[-1] != PYTHONS[-1]:
        after = PYTHONS[PYTHONS.index(pythons[-1]) + 1]
        bounds.append(f'python_version < "{after}"')
    return " and ".join(bounds)


def main() -> None:
    """Resolve under every Python, then write the file in one go."""
    resolved = {}
    for python in PYTHONS:
        print(f"resolving for Python {python}", file=sys.stderr)
        resolved[python] = resolve(python)
    (ROOT / "constraints.txt").write_text(HEAD + "\n".join(lines(resolved)) + "\n")


if __name__ == "__main__":
    main()
