import pytest

from pipelines.engines import stream_engine


@pytest.mark.parametrize(
    ("options", "runner"),
    [
        (["--runner=PrismRunner"], "PrismRunner"),
        (["--runner", "FlinkRunner", "--flink_master=host:8081"], "FlinkRunner"),
        (["--runner=prism"], "PrismRunner"),
        (["--runner=FnApiRunner", "--runner=DataflowRunner"], "DataflowRunner"),
    ],
)
def test_engines_for_unbounded_input_are_taken(options, runner):
    assert stream_engine(options) == runner


@pytest.mark.parametrize(
    "runner",
    [
        "FnApiRunner",
        "DirectRunner",
        "directrunner",
        "SwitchingDirectRunner",
        "BundleBasedDirectRunner",
        "apache_beam.runners.portability.fn_api_runner.fn_runner.FnApiRunner",
    ],
)
def test_a_runner_that_is_wrong_on_unbounded_input_is_refused_by_name(runner):
    with pytest.raises(ValueError, match=r"Runner (is silently wrong|falls back|cannot run)"):
        stream_engine([f"--runner={runner}"])


def test_an_unknown_runner_is_not_trusted():
    with pytest.raises(ValueError, match="OtherRunner is not known to be right"):
        stream_engine(["--runner=OtherRunner"])


@pytest.mark.parametrize("options", [[], ["--job_name=news"]])
def test_a_stream_without_an_engine_is_refused(options):
    with pytest.raises(ValueError, match="no --runner is named"):
        stream_engine(options)
