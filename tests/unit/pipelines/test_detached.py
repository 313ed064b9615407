import pytest

from pipelines.detached import check_detached, describe_job

PLACE = ["--project=p", "--region", "europe-west1"]


@pytest.mark.parametrize(
    ("runner", "options", "output"),
    [
        ("DataflowRunner", [], "gs://bucket/news"),
        ("PortableRunner", ["--job_endpoint=host:8099"], "/srv/news"),
        ("FlinkRunner", ["--job_endpoint=h:1", "--flink_master=h:2"], "s3://bucket/news"),
        ("FlinkRunner", ["--job_endpoint=h:1", "--environment_type=EXTERNAL"], "/srv/news"),
        ("FlinkRunner", ["--flink_master=h:2", "--flink_submit_uber_jar"], "/srv/news"),
    ],
)
def test_a_job_that_its_engine_keeps_may_be_left_alone(runner, options, output):
    check_detached(runner, options, output)


@pytest.mark.parametrize(
    ("runner", "options", "reason"),
    [
        ("PrismRunner", ["--job_endpoint=h:1"], "Prism and its workers are processes"),
        ("PortableRunner", [], "the job server would be a process of this command"),
        ("PortableRunner", ["--job_endpoint=embed"], "the job server would be a process"),
        ("PortableRunner", ["--job_endpoint=h:1", "--environment_type=LOOPBACK"], "LOOPBACK"),
        ("FlinkRunner", ["--flink_master=h:2"], "the job server would be a process"),
        ("FlinkRunner", ["--flink_submit_uber_jar"], "LOOPBACK"),
        ("FlinkRunner", ["--job_endpoint=h:1"], "LOOPBACK"),
        ("DataflowRunner", [], '--output is "/srv/news", a folder'),
    ],
)
def test_a_job_that_would_end_with_its_command_is_refused_with_the_reason(runner, options, reason):
    with pytest.raises(ValueError, match="--detach is not possible: ") as refused:
        check_detached(runner, options, "/srv/news")
    assert reason in str(refused.value)


def test_a_job_on_dataflow_is_named_with_its_page_and_the_command_that_ends_it():
    assert describe_job("DataflowRunner", "2026-11-24_1", PLACE) == {
        "engine": "DataflowRunner",
        "job": "2026-11-24_1",
        "look": "https://console.cloud.google.com/dataflow/jobs/europe-west1/2026-11-24_1?project=p",
        "stop": "gcloud dataflow jobs cancel 2026-11-24_1 --project=p --region=europe-west1",
    }


def test_a_template_has_no_job_yet():
    told = describe_job("DataflowRunner", "", PLACE)
    assert told["job"] == "none yet: the template's launcher sends it"
    assert "stop" not in told
