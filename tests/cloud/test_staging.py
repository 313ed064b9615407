"""A worker that has nothing of ours but what --setup_file stages can do its part of both graphs."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.portability.api import beam_runner_api_pb2
from apache_beam.runners.portability.stager import Stager

from pipelines import batch, stream
from pipelines.options import RunConfig
from pipelines.passes import new_run, utc_now
from schemas.feed import Feed
from transforms.live_run import live_run
from transforms.web import WebSettings

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    """The package that Beam makes of a checkout, as it does for workers."""
    checkout = tmp_path_factory.mktemp("checkout") / "communique"
    made = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "tests")
    shutil.copytree(ROOT, checkout, ignore=made)
    folder = tmp_path_factory.mktemp("staged")
    options = PipelineOptions([f"--setup_file={checkout / 'setup.py'}"])
    Stager.create_job_resources(options, str(folder), log_submission_env_dependencies=False)
    (sdist,) = folder.glob("communique-*.tar.gz")
    return sdist


@pytest.fixture(scope="module")
def worker(staged, tmp_path_factory):
    """An environment that has what we need, and ours from the staged package alone."""
    home = tmp_path_factory.mktemp("worker")
    venv.create(home / "venv", with_pip=False, symlinks=True)
    python = home / "venv/bin/python"
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout
    # A line of a .pth is a folder to look into; the .pth files within it are not obeyed, so that
    # an editable install of this repository is not found there.
    Path(site.strip(), "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--ignore-installed",
    ]
    done = subprocess.run(
        [*pip, "--no-build-isolation", "--no-index", staged], cwd=home, env=bare(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return python


def bare():
    ours = ("PYTHON", "VIRTUAL_ENV", "COMMUNIQUE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def graph(kind, folder):
    """The graph as it is sent, in a file; and how many functions it holds."""
    config = RunConfig(
        output=str(folder / "news"),
        feeds=(Feed("https://paper.example/feed.xml"),),
        web=WebSettings(user_agent="Communique/0 (+mailto:you@example.org)"),
    )
    pipeline = beam.Pipeline(runner="PrismRunner", options=PipelineOptions(["--streaming"]))
    if kind == "stream":
        settings = stream.StreamConfig(config, None, shards=4, every_s=None, flush_s=60.0)
        stream.build(pipeline, settings, live_run("0"))
    else:
        batch.build(pipeline, config.feeds, config, new_run(utc_now(), "0"), bool)
    proto = pipeline.to_runner_api()
    file = folder / f"{kind}.graph"
    file.write_bytes(proto.SerializeToString())
    specs = [transform.spec for transform in proto.components.transforms.values()]
    pardos = [spec.payload for spec in specs if spec.urn == "beam:transform:pardo:v1"]
    return file, len([beam_runner_api_pb2.ParDoPayload.FromString(found) for found in pardos])


def test_the_staged_package_is_enough_to_unpickle_both_graphs_and_to_do_their_work(
    worker, tmp_path
):
    files = [graph(kind, tmp_path) for kind in ("batch", "stream")]
    script = shutil.copy(Path(__file__).with_name("worker.py"), tmp_path)
    done = subprocess.run(
        [worker, script, *(file for file, _ in files)], cwd=tmp_path, env=bare(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {file.stem: many for file, many in files} == {
        kind: len(found) for kind, found in told["functions"].items()
    }
    assert {"_PollHostsFn", "_FetchHostsFn", "_CommitRoundsFn"} <= {*told["functions"]["stream"]}
    assert told["words"] > 40
    assert told["topics"]
    assert all(str(worker.parents[1]) in place for place in told["places"].values())
