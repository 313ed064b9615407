"""Rows and findings as JSON, one object a line."""

import json
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


def json_line(value: Any) -> str:
    """The value on one line, without the line feed. Named tuples become objects."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """A value as JSON knows it.

    Times are ISO 8601 with `Z` for UTC, intervals ISO 8601 durations, bytes hex digits, NaN and the
    infinities null, whole decimals integers.
    """
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case tuple() | list():
            return _plain_sequence(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, datetime | time | date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():g}S"
    return value.hex() if isinstance(value, bytes) else value


def _plain_sequence(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: plain(item) for name, item in value._asdict().items()}
    if hasattr(value, "nanoseconds"):  # Arrow's MonthDayNano
        return f"P{value.months}M{value.days}DT{value.nanoseconds / 1e9:g}S"
    if isinstance(value, list) and value and type(value[0]) is tuple:  # Arrow's map: pairs
        return {str(key): plain(item) for key, item in value}
    return [plain(item) for item in value]
