import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.commands.json_lines import json_line, plain


class Pair(NamedTuple):
    a: str
    b: tuple[int, ...]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 11, 16, 8, 30, tzinfo=timezone.utc), "2026-11-16T08:30:00Z"),
        (date(2026, 11, 16), "2026-11-16"),
        (time(8, 30), "08:30:00"),
        (timedelta(minutes=1, seconds=30), "PT90S"),
        (Decimal(12), 12),
        (Decimal("1.50"), 1.5),
        (float("nan"), None),
        (float("inf"), None),
        (b"\x00\xff", "00ff"),
        (True, True),
        (None, None),
        ([("a", 1), ("b", 2)], {"a": 1, "b": 2}),
        ([], []),
        (pa.scalar((1, 2, 3_000_000_000), pa.month_day_nano_interval()).as_py(), "P1M2DT3S"),
    ],
)
def test_values_become_what_json_knows(value, expected):
    assert plain(value) == expected


def test_named_tuples_become_objects_at_every_depth():
    assert json_line({"pairs": [Pair("x", (1, 2))]}) == '{"pairs": [{"a": "x", "b": [1, 2]}]}'


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(_VALUES)
def test_whatever_comes_is_one_line_of_valid_json(value):
    line = json_line(value)
    assert "\n" not in line
    json.loads(line, parse_constant=pytest.fail)
