"""What was handed on lately, so that it is not handed on twice before the tables know of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

HANDED_FOR = timedelta(hours=1)
"""An item that is not in the tables so long after it was handed on is handed on again: the
committer drops what is committed, so that a late one costs a request and never a row."""


def not_forgotten(handed: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    """Those of the keys that were handed on less than an hour before `now`; this bounds them."""
    return {key: at for key, at in handed.items() if at > now - HANDED_FOR}
