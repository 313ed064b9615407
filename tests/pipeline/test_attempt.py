import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to
from rows import RUN, entry

from schemas.errors import RowError
from transforms.attempt import Attempt


def title_of(row):
    if row.title == "broken":
        raise RowError("not_html", "no title")
    if row.title == "bug":
        raise ZeroDivisionError("one of ours")
    return row.title


def test_an_error_is_its_rows_failure_and_the_neighbours_go_on():
    rows = [entry(title="good"), entry(title="broken"), entry(title="bug"), entry(title="fine")]
    with BeamPipeline(runner="FnApiRunner") as p:
        titles, failures = p | beam.Create(rows) | Attempt("read_titles", title_of, RUN)
        ends = failures | beam.Map(lambda f: (f.stage, f.code, f.final, f.run_id))
        assert_that(titles, equal_to(["good", "fine"]), label="titles")
        expected = [("read_titles", code, True, RUN.run_id) for code in ("not_html", "unexpected")]
        assert_that(ends, equal_to(expected), label="failures")


def test_a_fault_of_ours_keeps_its_traceback():
    with BeamPipeline(runner="FnApiRunner") as p:
        outcome = p | beam.Create([entry(title="bug")]) | Attempt("read_titles", title_of, RUN)
        told = outcome.failures | beam.Map(lambda f: "ZeroDivisionError: one of ours" in f.detail)
        assert_that(told, equal_to([True]))


def test_a_code_that_is_not_on_the_list_cannot_be_raised():
    with pytest.raises(ValueError, match="'oops' is not a failure code"):
        RowError("oops", "")
