"""The published tables: Parquet written by the workers, committed to Delta logs by one committer.

articles, failures, entries, polls are Delta tables under one output folder. `TableWriter` makes
whole files that nobody sees; `commit_pass` checks the ledger and commits them by content, so that
no crash, retry or second run loses or doubles a row; `History` derives from the committed rows what
was seen; `keep_ruler` lets no other taxonomy or model in. `compact`, `sweep`, `verify` and `export`
are the upkeep; `open_dataset` and `connect` read. The log is the table: a glob over the files also
sees what no version names.
"""

from transforms.tables.commit import commit_pass
from transforms.tables.compact import Compaction, compact
from transforms.tables.errors import LedgerError, TableError
from transforms.tables.export import export
from transforms.tables.history import POLL_LOOK_BACK, History
from transforms.tables.log import prepare as prepare_tables
from transforms.tables.parquet import DataFile
from transforms.tables.read import connect, open_dataset
from transforms.tables.receipt import Receipt, receipts
from transforms.tables.ruler import (
    Break,
    BreakError,
    Ruler,
    RulerRecord,
    breaks,
    keep_ruler,
    rulers,
)
from transforms.tables.sweep import sweep
from transforms.tables.verify import Verification, verify
from transforms.tables.writer import TableWriter

__all__ = [
    "POLL_LOOK_BACK",
    "Break",
    "BreakError",
    "Compaction",
    "DataFile",
    "History",
    "LedgerError",
    "Receipt",
    "Ruler",
    "RulerRecord",
    "TableError",
    "TableWriter",
    "Verification",
    "breaks",
    "commit_pass",
    "compact",
    "connect",
    "export",
    "keep_ruler",
    "open_dataset",
    "prepare_tables",
    "receipts",
    "rulers",
    "sweep",
    "verify",
]
