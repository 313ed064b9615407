"""`communique stream --detach`: an engine is played by a runner that keeps what it is given."""

import sys
import types

import pytest
from apache_beam.runners.runner import PipelineResult, PipelineRunner

from pipelines.__main__ import main
from pipelines.stream import StreamConfig, build
from transforms.tables import open_dataset

ASKED = ["--contact", "me@paper.example", "--detach"]


class Job(PipelineResult):
    """A job that knows its id and fails the test if the command looks at it again."""

    def __init__(self):
        super().__init__("RUNNING")

    def job_id(self):
        return "2026-11-24_1"

    @property
    def state(self):
        raise AssertionError("a detached command does not watch its job")

    def cancel(self):
        raise AssertionError("a detached command does not end its job")


@pytest.fixture
def engine(monkeypatch):
    """A module whose runner is named as a real one and records the graphs and options it got."""
    module = types.ModuleType("recording")

    class PortableRunner(PipelineRunner):
        sent = []  # noqa: RUF012 - Beam makes the instance

        def run_pipeline(self, pipeline, options):
            self.sent.append((pipeline.to_runner_api(), options.get_all_options()))
            return Job()

    module.PortableRunner = PortableRunner
    monkeypatch.setitem(sys.modules, "recording", module)
    return PortableRunner.sent


def beam(*options):
    return ["--", "--runner=recording.PortableRunner", *options]


def test_the_job_is_sent_once_named_and_left_to_its_engine(engine, tmp_path, capsys):
    output = str(tmp_path / "news")
    command = ["stream", *ASKED, "--output", output, "--flush", "2m"]
    assert main([*command, *beam("--job_endpoint=host:8099", "--job_name=news")]) == 0
    ((graph, options),) = engine
    names = {found.unique_name for found in graph.components.transforms.values()}
    assert {"PollHosts", "FetchHosts", "CommitRounds"} <= names
    assert (options["streaming"], options["job_name"]) == (True, "news")
    told = dict(line.split(None, 1) for line in capsys.readouterr().out.splitlines())
    assert told == {
        "engine": "PortableRunner",
        "job": "2026-11-24_1",
        "look": "host:8099",
        "stop": "cancel it in the engine",
        "tables": output,
        "upkeep": f"communique compact --output {output} (hourly, by cron)",
    }
    assert open_dataset(output, "articles").count_rows() == 0  # made before the workers start


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--sample", *beam("--job_endpoint=h:1")], "the site of --sample is part of this"),
        (["--log", "log", *beam("--job_endpoint=h:1")], "no process is left to write --log"),
        (["--", "--runner=PrismRunner"], "Prism and its workers are processes of this command"),
        (["--", "--runner=DataflowRunner"], "workers of Dataflow do not share: name gs://"),
    ],
)
def test_what_would_die_with_the_command_ends_with_2_and_leaves_nothing(
    options, reason, engine, tmp_path, capsys
):
    output = tmp_path / "news"
    at = options.index("--")
    command = ["stream", *ASKED, "--output", str(output), *options[:at], *options[at:]]
    assert main(command) == 2
    assert reason in capsys.readouterr().err
    assert (engine, output.exists()) == ([], False)


def test_the_options_reach_the_stages_that_a_detached_job_runs(engine, tmp_path, monkeypatch):
    wired = []

    def wire(pipeline, config, run):
        wired.append(config)
        build(pipeline, config, run)

    monkeypatch.setattr("pipelines.stream.build", wire)
    given = ["--every", "15m", "--flush", "2m", "--shards", "3", "--store-text", "none"]
    command = ["stream", *ASKED, "--output", str(tmp_path / "news"), *given]
    assert main([*command, *beam("--job_endpoint=host:8099")]) == 0
    (config,) = wired
    assert isinstance(config, StreamConfig)
    assert (config.every_s, config.flush_s, config.shards) == (900.0, 120.0, 3)
    assert config.base.store_text == "none"
