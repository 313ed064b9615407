"""deploy/dataflow: a template whose parameters are the command's options, on images that agree."""

import inspect
import json
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest
from apache_beam.runners.runner import PipelineResult, PipelineRunner

from pipelines.commands.stream import stream
from pipelines.flex_template import LEFT_OUT, command_of, launch, metadata

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy/dataflow"
DOCKERFILE = (FOLDER / "Dockerfile").read_text("utf-8")
GOOGLES = ROOT / "build/dataflow/bin/python"
FROM_LAUNCHER = [
    *("--contact=me@paper.example", "--store_text=none", "--accept_break=false"),
    *("--shards=3", "--taxonomy=", "--job_name=news"),
]


def test_the_committed_template_is_what_the_command_says_now():
    written = json.loads((FOLDER / "metadata.json").read_text("utf-8"))
    assert written == metadata(), "make docs writes it anew"


def test_every_option_of_the_command_is_a_parameter_or_left_out_with_a_reason():
    names = {parameter["name"] for parameter in metadata()["parameters"]}
    options = set(inspect.signature(stream).parameters) - {"beam_options"}
    assert options == (names - {"sdk_container_image"}) | LEFT_OUT.keys()
    assert not names & LEFT_OUT.keys()


def test_what_the_launcher_gives_becomes_a_call_of_the_command():
    assert command_of([*FROM_LAUNCHER, "--accept_break=true", "--runner=DataflowRunner"]) == [
        *("stream", "--detach", "--verbose"),
        *("--contact=me@paper.example", "--store-text=none", "--shards=3", "--accept-break"),
        *("--", "--job_name=news", "--runner=DataflowRunner"),
    ]


def test_a_launch_sends_the_job_and_does_not_wait_for_it(monkeypatch, tmp_path):
    sent = []

    class Template(PipelineResult):
        has_job = False  # as DataflowRunner answers when it wrote a template

        def wait_until_finish(self, duration=None):
            raise AssertionError("a launcher that waits never ends")

    class PortableRunner(PipelineRunner):
        def run_pipeline(self, pipeline, options):
            sent.append(options.get_all_options())
            return Template("DONE")

    module = types.ModuleType("launching")
    module.PortableRunner = PortableRunner
    monkeypatch.setitem(sys.modules, "launching", module)
    beams = ["--runner=launching.PortableRunner", "--job_endpoint=h:1"]
    assert launch([*FROM_LAUNCHER, f"--output={tmp_path / 'news'}", *beams]) == 0
    ((options),) = sent
    assert (options["job_name"], options["streaming"]) == ("news", True)


def test_the_images_are_of_one_python_and_of_the_locked_beam():
    images = dict(re.findall(r"^ARG (\w+)=(\S+)$", DOCKERFILE, re.MULTILINE))
    locked = (ROOT / "constraints.txt").read_text()
    (beam,) = re.findall(r"^apache-beam==(\S+)", locked, re.MULTILINE)
    minor = re.match(r"python:3\.(\d+)\.\d+-slim-\w+$", images["PYTHON"])[1]
    assert images["BEAM"] == f"apache/beam_python3.{minor}_sdk:{beam}"
    name = f"gcr.io/dataflow-templates-base/python3{minor}-template-launcher-base"
    assert re.fullmatch(rf"{name}:\d{{8}}_RC\d\d", images["LAUNCHER"])
    assert f"ARG PYTHON={images['PYTHON']}\n" in (ROOT / "deploy/container/Dockerfile").read_text()


def test_the_context_of_the_build_is_what_is_copied():
    lines = DOCKERFILE.splitlines()
    copied = [line.split()[1:-1] for line in lines if re.match(r"COPY (?!--from)", line)]
    sources = {name for names in copied for name in names}
    ignore = (FOLDER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert {line[1:] for line in ignore if line.startswith("!")} == sources
    assert not [name for name in sources if not (ROOT / name).exists()]


@pytest.mark.slow
def test_googles_own_class_for_a_template_takes_ours():
    if not GOOGLES.exists():
        pytest.skip("Google's client is not installed; `make test-dataflow` brings it")
    code = (
        "import sys; from google.cloud.dataflow_v1beta3 import types;"
        "print(len(types.TemplateMetadata.from_json(sys.stdin.read()).parameters))"
    )
    done = subprocess.run(
        [GOOGLES, "-c", code], input=json.dumps(metadata()),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(metadata()["parameters"])
