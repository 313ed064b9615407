"""The one place where an error becomes a failure row: no row can stop its neighbours."""

import traceback
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.typehints.decorators import no_annotations

from schemas.errors import RowError
from schemas.run import Run
from transforms.failures import failure_of
from transforms.tally import count

FAILURES = "failures"


class Outcome(NamedTuple):
    """What came out of a stage, and what did not."""

    rows: PCollection
    failures: PCollection


class Attempt(beam.PTransform):
    """Row -> function(row), or a Failure of `stage` with the code of the RowError it raised.

    Any other exception is our fault, not the row's: it becomes the failure `unexpected`, with the
    traceback as its detail. `function` has to be picklable and pure: safe to retry.
    """

    def __init__(self, stage: str, function: Callable[[Any], Any], run: Run) -> None:
        super().__init__()
        self.stage = stage
        self.function = function
        self.run = run

    @no_annotations  # Beam cannot check a pair of outputs; mypy can
    def expand(self, rows: PCollection) -> Outcome:
        """Wires the one DoFn."""
        attempt = _AttemptFn(self.stage, self.function, self.run)
        return outcome(rows | self.stage >> beam.ParDo(attempt).with_outputs(FAILURES, main="rows"))


class _AttemptFn(beam.DoFn):
    def __init__(self, stage: str, function: Callable[[Any], Any], run: Run) -> None:
        self._stage = stage
        self._function = function
        self._run = run

    def process(self, row: Any) -> Iterator[Any]:
        try:
            result = attempted(self._function, row)
        except RowError as error:
            yield failed(self._stage, error, row, self._run)
        else:
            count(self._stage)
            yield result


def attempted(function: Callable[..., Any], *arguments: Any) -> Any:
    """function(*arguments). Raises: RowError alone; any other exception as `unexpected`."""
    try:
        return function(*arguments)
    except RowError:
        raise
    except Exception as fault:  # the one broad except: a fault of ours is this row's failure
        raise RowError("unexpected", traceback.format_exc()) from fault


def failed(stage: str, error: RowError, row: Any, run: Run) -> TaggedOutput:
    """The failure of `row` as the tagged output that `outcome` splits off; counted by its code."""
    count(f"failed:{error.code}")
    count(f"{stage}.{error.code}")
    return TaggedOutput(FAILURES, failure_of(row, error, stage, run))


def outcome(outputs: Any) -> Outcome:
    """The two outputs of a ParDo with `with_outputs(FAILURES, main="rows")`."""
    return Outcome(outputs.rows, outputs[FAILURES])
