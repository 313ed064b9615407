"""Rows as NamedTuples again, from what Arrow returns."""

from datetime import datetime, timezone
from typing import Any

from schemas.entry import Entry


def entry_of(values: dict[str, Any]) -> Entry:
    """The Entry of a struct as pyarrow returns it: times aware in UTC, lists as tuples.

    A field that the file does not have yet keeps its default; TypeError if it has none.
    """
    fields = {name: _plain(values[name]) for name in Entry._fields if name in values}
    return Entry(**fields)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc)
    return tuple(value) if isinstance(value, list) else value
