import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from transforms.tables.merge import merge_sorted

STREAMS = st.lists(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=4), max_size=5)


def batches(numbers):
    return iter([pa.record_batch({"n": pa.array(part, pa.int64())}) for part in numbers])


def merged(streams):
    tables = merge_sorted([batches(stream) for stream in streams], ("n",))
    return [n for table in tables for n in table["n"].to_pylist()]


@given(STREAMS)
def test_no_row_is_lost_or_doubled_whatever_the_order(streams):
    rows = [n for stream in streams for part in stream for n in part]
    assert sorted(merged(streams)) == sorted(rows)


@given(STREAMS)
def test_sorted_streams_come_out_sorted(streams):
    ordered = []
    for stream in streams:
        rows = iter(sorted(n for part in stream for n in part))
        ordered.append([[next(rows) for _ in part] for part in stream])
    found = merged(ordered)
    assert found == sorted(found)
