"""A reader that never stops, and what a crash leaves behind."""

import threading
from collections import Counter
from pathlib import Path

from transforms.tables import TableError, open_dataset

KEYS = {
    "articles": ("article_id", "version"),
    "failures": ("article_id", "url", "attempt"),
    "entries": ("article_id", "feed_url", "entry_key"),
    "polls": ("feed_url", "run_id"),
}
"""What no two rows of a table have in common; an article's id comes first."""


class Reader(threading.Thread):
    """Reads all tables over and over: no row may vanish, come twice, or come before its cause."""

    def __init__(self, output: Path, pause_s: float = 0.02) -> None:
        super().__init__(daemon=True)
        self._output, self._ended, self._pause_s = str(output), threading.Event(), pause_s
        self.reads, self.faults = 0, Counter()

    def run(self) -> None:
        before: dict[str, int] = {}
        while not self._ended.wait(self._pause_s):
            try:  # the last that is committed first: what it names must be in those read later
                rows = {table: rows_in(self._output, table) for table in reversed(KEYS)}
            except TableError as error:
                if "is not a table" not in str(error):
                    self.faults["torn"] += 1
                continue
            self.reads += 1
            ids = {table: {row[0] for row in read} for table, read in rows.items()}
            for table, read in rows.items():
                self.faults["doubled"] += len(read) != len(set(read))
                self.faults["vanished"] += len(read) < before.get(table, 0)
                before[table] = len(read)
            self.faults["early entries"] += not ids["entries"] <= ids["articles"] | ids["failures"]

    def stop(self) -> Counter:
        """What it found, and how often it read."""
        self._ended.set()
        self.join()
        return self.faults + Counter(reads=self.reads)


def rows_in(output: str, table: str) -> list[tuple]:
    """The keys of a table, as far as it is committed. Raises: TableError."""
    read = open_dataset(output, table).to_table(columns=list(KEYS[table]))
    return list(zip(*(read.column(name).to_pylist() for name in KEYS[table]), strict=True))


def unnamed_files(output: Path) -> int:
    """Parquet files that no version names: a crash leaves them, a sweep takes them after a day."""
    named = sum(len(open_dataset(str(output), table).files) for table in KEYS)
    return len(list(output.glob("*/ingest_date=*/*.parquet"))) - named
