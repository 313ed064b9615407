"""The committer: one pass into the four tables, once and only once, whatever happens around it."""

import random
import time
from collections.abc import Collection, Iterable

from deltalake import DeltaTable

from schemas.arrow import ROWS
from schemas.run import Run
from transforms.tables import faults, log
from transforms.tables.errors import LedgerError, TableError, explained
from transforms.tables.ledger import check_ledger, read_offers
from transforms.tables.parquet import DataFile
from transforms.tables.plan import PassPlanner
from transforms.tables.receipt import Receipt, commit_metadata, pass_id
from transforms.tables.ruler import TABLE as TAGGED
from transforms.tables.ruler import check_ruler

APP_ID = "ingest"

MAX_TRIES = 50
"""Each refusal means that another commit got through, so many writers wait, but nobody starves."""

MAX_UNCLEAR = 3
MAX_WAIT_S = 1.0
_FIRST_WAIT_S = 0.005


def commit_pass(
    output: str, run: Run, files: Iterable[DataFile], admitted: Collection[str]
) -> Receipt:
    """Commits what the workers wrote in one pass: articles, failures, entries, polls, in order.

    `admitted` are the article_ids that KeepNew let in; `files` all files of the pass. May be called
    again with the same files after any crash: what is committed is dropped by its key, never by a
    file name. Nothing is committed to a table for which nothing is left.

    Raises: LedgerError if rows and admitted items do not match, with nothing committed; TableError
    if the output cannot be read or written, or articles do not have the ruler of the table.
    """
    offered = list(dict.fromkeys(files))
    if foreign := sorted({file.table for file in offered} - ROWS.keys()):
        raise ValueError(f"no such table: {', '.join(foreign)}; the tables are {', '.join(ROWS)}")
    log.add_actions(output, offered)  # all files are there, before anything is read or written
    offers = read_offers(output, offered)
    check_ledger(admitted, offers)
    handles = log.prepare(output)
    planner = PassPlanner(output, run, offers, handles)
    receipt = Receipt(run.run_id, len(set(admitted)))
    for table in ROWS:
        receipt = _commit_table(output, handles[table], table, planner, receipt, pass_id(offered))
    accounted = receipt.articles + receipt.failures + receipt.already_committed
    if accounted != receipt.admitted:
        raise LedgerError(f"{receipt.admitted} admitted but {accounted} accounted for: {receipt}")
    return receipt


def _commit_table(
    output: str,
    handle: DeltaTable | None,
    table: str,
    planner: PassPlanner,
    before: Receipt,
    pass_key: str,
) -> Receipt:
    """The receipt once what is left of the pass is in `table`, by us or by anybody.

    A handle that is stale is refused, and what was planned on it is planned again on a fresh one.
    """
    unclear = 0
    for tried in range(MAX_TRIES):
        if handle is None:
            raise TableError(f"{output}/{table} has vanished; run again")
        files, receipt = planner.plan(table, handle, before)
        if not files:
            return receipt
        if table == TAGGED:
            check_ruler(output, handle, files)
        actions = log.add_actions(output, files)
        try:
            with explained("commit to", f"{output}/{table}"):
                faults.reach(f"before_commit:{table}")
                metadata = commit_metadata(receipt, table, pass_key)
                log.commit(output, table, handle, actions, APP_ID, metadata)
                faults.reach(f"after_commit:{table}")
        except log.ConflictError:
            pass
        except TableError:
            unclear += 1
            if unclear == MAX_UNCLEAR:
                raise
        else:
            return receipt
        _wait(tried)
        handle = log.open_table(output, table)
    raise TableError(f"{output}/{table}: {MAX_TRIES} commits were refused, others were first")


def _wait(tried: int) -> None:
    """Lets other committers through: a random time that grows with the number of refusals."""
    longest = min(MAX_WAIT_S, _FIRST_WAIT_S * 2**tried)
    time.sleep(random.uniform(0, longest))  # noqa: S311  (not a secret)
