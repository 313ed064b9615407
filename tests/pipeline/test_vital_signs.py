"""What the stages of a stream report: numbers, codes and host names, and never a row."""

import json
import logging
from datetime import datetime, timedelta, timezone

import apache_beam as beam
import pytest
from apache_beam.metrics.metric import MetricsFilter
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner

from pipelines.stage_log import LOGGERS, JsonLines, log_to
from schemas.article import Article
from transforms.vital_signs import VitalSigns, lag_s, oldest_s

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)


def test_a_shard_is_told_at_once_and_then_not_before_its_time(caplog):
    caplog.set_level(logging.INFO, logger="communique")
    signs = VitalSigns("fetch")
    assert signs.due(0)
    signs.tell(0, {"queued": 3, "longest": {"a.example": 3}})
    assert not signs.due(0)
    assert signs.due(1)
    assert [record.fields for record in caplog.records] == [
        {"stage": "fetch", "shard": 0, "queued": 3, "longest": {"a.example": 3}}
    ]


def test_each_number_is_a_gauge_of_its_stage_and_shard():
    def tell(_):
        VitalSigns("fetch").tell(2, {"queued": 7, "longest": {"a.example": 7}})

    p = beam.Pipeline(runner=FnApiRunner())
    _ = p | beam.Create([0]) | beam.Map(tell)
    found = p.run().metrics().query(MetricsFilter().with_namespace("communique"))["gauges"]
    assert {(g.key.metric.name, g.result.value) for g in found} == {("fetch.queued.2", 7)}


@pytest.mark.parametrize(
    ("published", "precision", "expected"),
    [
        (NOW - timedelta(seconds=90), "second", 90.0),
        (NOW + timedelta(seconds=5), "second", 0.0),  # a clock that is ahead
        (NOW - timedelta(days=2), "second", None),
        (NOW - timedelta(seconds=90), "day", None),
        (None, None, None),
    ],
)
def test_the_lag_is_that_of_what_was_published_today_at_a_known_time(
    published, precision, expected
):
    nothing = dict.fromkeys(Article._fields)
    row = Article(**{**nothing, "published_at": published, "published_precision": precision})
    assert lag_s(row, NOW) == expected


def test_no_round_that_waits_is_no_age():
    assert oldest_s([], NOW) == 0


def test_a_record_is_one_json_line_with_its_fields():
    record = logging.LogRecord("communique.signs", logging.INFO, "", 1, "signs %s", ("{}",), None)
    record.fields = {"queued": 3}
    line = json.loads(JsonLines().format(record))
    assert (line["message"], line["queued"], line["severity"]) == ("signs", 3, "INFO")


def test_an_error_is_named_and_its_text_left_out():
    error = ValueError("<html>all of a page</html>")
    caught = (type(error), error, None)
    record = logging.LogRecord("communique", logging.ERROR, "", 1, "it failed", (), caught)
    line = JsonLines().format(record)
    assert json.loads(line)["error"] == "ValueError"
    assert "all of a page" not in line


def test_the_log_is_appended_to_and_holds_our_own_records_only(tmp_path):
    path = tmp_path / "stream.jsonl"
    log_to(path)
    try:
        logging.getLogger("communique.signs").info("ours")
        logging.getLogger("apache_beam").warning("of the engine")
    finally:
        for name in LOGGERS:
            for handler in list(logging.getLogger(name).handlers):
                handler.close()
                logging.getLogger(name).removeHandler(handler)
            logging.getLogger(name).setLevel(logging.NOTSET)
    assert [json.loads(line)["message"] for line in path.read_text().splitlines()] == ["ours"]
