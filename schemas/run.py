"""Run: which run a row was made by. Times inside a pass come from here, never from a clock."""

from datetime import date, datetime
from typing import NamedTuple


class Run(NamedTuple):
    """One pass of one run."""

    run_id: str
    started_at: datetime
    pipeline_version: str

    @property
    def ingest_date(self) -> date:
        """The partition that the rows of this pass go to: its start, in UTC."""
        return self.started_at.date()
