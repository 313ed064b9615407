import pytest

from pipelines.options import RunConfig, parse_duration, unknown_beam_options
from pipelines.schedule import repeat
from transforms.web import WebSettings


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86400), ("0s", 0)]
)
def test_a_duration_has_a_number_and_a_unit(text, seconds):
    assert parse_duration(text, "--every") == seconds


@pytest.mark.parametrize(
    ("text", "remedy"), [("5", 'write "5m"'), ("", "15m"), ("soon", "15m"), ("-5m", "15m")]
)
def test_a_duration_without_a_unit_is_refused_with_the_way_to_write_it(text, remedy):
    with pytest.raises(ValueError, match="--every") as refusal:
        parse_duration(text, "--every")
    assert remedy in str(refusal.value)


def test_an_option_that_beam_does_not_know_is_found():
    known = ["--job_name=x", "--runner=FlinkRunner", "--flink_master=localhost:8081"]
    assert unknown_beam_options(known) == []
    assert unknown_beam_options([*known, "--runer=Flink", "stray"]) == ["--runer=Flink", "stray"]


def test_a_run_without_feeds_is_refused():
    with pytest.raises(ValueError, match="--feeds"):
        RunConfig("news", (), WebSettings("Test/1 (+mailto:t@t.example)"))


def test_without_every_there_is_one_run():
    assert list(repeat(None, lambda: False, None)) == [1]
