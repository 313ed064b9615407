"""WriteTables: files by the workers, one committer."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection
from apache_beam.transforms.window import GlobalWindow
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.windowed_value import WindowedValue

from schemas.run import Run
from transforms.tables import DataFile, TableWriter, commit_pass


class Rows(NamedTuple):
    """What a pass writes: a collection for each table, and the entries it had admitted."""

    articles: PCollection
    failures: PCollection
    entries: PCollection
    polls: PCollection
    new: PCollection


class WriteTables(beam.PTransform):
    """Rows -> one Receipt. Exactly once: what is committed already is dropped by its key.

    Nothing is visible before the commit, and nothing is committed unless every admitted entry is
    an article, a failure, or was committed by another run (LedgerError).
    """

    def __init__(self, run: Run, output: str) -> None:
        super().__init__()
        self.run = run
        self.output = output

    @no_annotations
    def expand(self, rows: Rows) -> PCollection:
        """Writes each table's rows to files, brings the files' names together, commits."""
        files = [
            getattr(rows, table)
            | f"Write_{table}" >> beam.ParDo(_Write(self.run, self.output, table))
            for table in ("articles", "failures", "entries", "polls")
        ]
        together = {
            "files": files | "Files" >> beam.Flatten() | "KeyFiles" >> beam.WithKeys(None),
            "admitted": rows.new
            | "Ids" >> beam.Map(attrgetter("article_id"))
            | beam.WithKeys(None),
        }
        commit = beam.ParDo(_CommitFn(self.run, self.output))
        return together | "Together" >> beam.CoGroupByKey() | "Commit" >> commit


class _Write(beam.DoFn):
    def __init__(self, run: Run, output: str, table: str) -> None:
        self._run = run
        self._output = output
        self._table = table

    def start_bundle(self) -> None:
        self._writer = TableWriter(self._output, self._table, self._run)

    def process(self, row: Any) -> Iterator[DataFile]:
        file = self._writer.add(row)
        if file is not None:
            yield file

    def finish_bundle(self) -> Iterator[WindowedValue]:
        file = self._writer.flush()
        if file is not None:
            window = GlobalWindow()
            yield WindowedValue(file, window.max_timestamp(), (window,))


class _CommitFn(beam.DoFn):
    def __init__(self, run: Run, output: str) -> None:
        self._run = run
        self._output = output

    def process(self, together: tuple[None, dict[str, Iterable[Any]]]) -> Iterator[Any]:
        files, admitted = together[1]["files"], together[1]["admitted"]
        yield commit_pass(self._output, self._run, list(files), list(admitted))
