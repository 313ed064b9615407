"""The distribution, as somebody gets it who has never seen the repository."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from deltalake import DeltaTable

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"pipelines", "schemas", "transforms"}
UNREACHABLE = ("No matching distribution", "NewConnectionError", "Temporary failure in name")

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess:
    """Run a command as a stranger would: nothing of this environment leads to the repository."""
    ours = ("PYTHON", "VIRTUAL_ENV", "COMMUNIQUE")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        command,
        cwd=cwd,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


def package_files(root: Path) -> set[str]:
    """Every file of the packages that is worth shipping, relative to `root`."""
    return {
        path.relative_to(root).as_posix()
        for package in PACKAGES
        for path in (root / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the repository without anything that was built in it."""
    copy = tmp_path_factory.mktemp("checkout") / "communique"
    made = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=made)
    return copy


@pytest.fixture(scope="module")
def distributions(checkout):
    """The sdist, and the wheel that was built from it."""
    done = run(sys.executable, "-m", "build", "--no-isolation", cwd=checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Deprecat" not in done.stdout + done.stderr
    (sdist,) = (checkout / "dist").glob("*.tar.gz")
    (wheel,) = (checkout / "dist").glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def installed(distributions, tmp_path_factory):
    """The folder of an empty environment's programs, after the wheel was installed there."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "venv", with_pip=True, symlinks=True)
    programs = home / "venv" / "bin"
    pip = (programs / "python", "-m", "pip", "install", "--quiet")
    done = run(*pip, "--constraint", ROOT / "constraints.txt", distributions[1], cwd=home)
    offline = any(sign in done.stderr for sign in UNREACHABLE)
    if done.returncode != 0 and offline and "CI" not in os.environ:
        pytest.skip("the package index cannot be reached to fill an empty environment")
    assert done.returncode == 0, done.stderr
    return programs


def test_the_wheel_holds_the_three_packages_and_all_their_data(checkout, distributions):
    with zipfile.ZipFile(distributions[1]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == package_files(checkout)


def test_the_sdist_holds_what_the_wheel_needs_and_no_tests(checkout, distributions):
    with tarfile.open(distributions[0]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    top = {"LICENSE", "README.md", "CHANGELOG.md", "constraints.txt", "setup.py", "pyproject.toml"}
    assert package_files(checkout) | top <= names
    assert not [name for name in names if name.startswith(("tests", "docs", "benchmarks"))]


def test_the_metadata_say_what_it_is_and_needs(distributions):
    with zipfile.ZipFile(distributions[1]) as wheel:
        (path,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = wheel.read(path).decode().splitlines()
    assert "Name: communique" in metadata
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Python: >=3.10,<3.14" in metadata


def test_each_package_belongs_to_this_distribution_alone(installed, tmp_path):
    code = (
        "import json, importlib.metadata as m; d = m.packages_distributions();"
        "print(json.dumps({n: d[n] for n in ('pipelines', 'schemas', 'transforms')}))"
    )
    done = run(installed / "python", "-c", code, cwd=tmp_path)
    owners = {name: sorted(set(found)) for name, found in json.loads(done.stdout).items()}
    assert owners == {name: ["communique"] for name in PACKAGES}


def test_the_installed_command_runs_the_sample_far_from_the_repository(installed, tmp_path):
    output = tmp_path / "news"
    done = run(installed / "communique", "run", "--sample", "--output", output, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert DeltaTable(str(output / "articles")).to_pyarrow_dataset().count_rows() > 0
    sources = "import pipelines, schemas, transforms; print(transforms.__file__)"
    place = run(installed / "python", "-c", sources, cwd=tmp_path).stdout
    assert str(ROOT) not in place
