from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds.dates import parse_date


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Sun, 03 May 2026 10:20:30 +0200", "2026-05-03T08:20:30"),
        ("Fri, 19 Nov 2021 01:45:08 +02:00", "2021-11-18T23:45:08"),
        ("3 May 26 10:20 EST", "2026-05-03T15:20:00"),
        ("Sunday, 03-May-98 10:20:30 GMT", "1998-05-03T10:20:30"),
        ("Sun, 03 May 2026 10:20:30 GMT+1", "2026-05-03T09:20:30"),
        ("Sun, 03 May 2026 10:20:30 +0000 (UTC)", "2026-05-03T10:20:30"),
        ("Sun May  3 10:20:30 CEST 2026", "2026-05-03T08:20:30"),
        ("May 3, 2026 12:20 AM", "2026-05-03T00:20:00"),
        ("dim., 3 févr. 2026 10:20:30 +0100", "2026-02-03T09:20:30"),
        ("2026-05-03T10:20:30.25Z", "2026-05-03T10:20:30"),
        ("2026-05-03 10:20 +0200", "2026-05-03T08:20:00"),
        ("2026/05/03 10:20", "2026-05-03T10:20:00"),
        ("20260503T102030Z", "2026-05-03T10:20:30"),
        ("2026-05-03", "2026-05-03T00:00:00"),
        ("2024年5月3日", "2024-05-03T00:00:00"),
        ("2026-12-31T24:00:00Z", "2027-01-01T00:00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
    ],
)
def test_dates_with_one_reading_are_read(text, instant):
    assert parse_date(text) == datetime.fromisoformat(instant).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", " ", "yesterday", "03/05/2024", "26-07-30  12:15", "2026", "2026-05", "--05"),
        *("0001-01-01T00:00:00Z", "Sat, 01 Jan 0000 00:00:00 GMT", "1989-12-31", "1793700000000"),
        *("Tue, 31 Feb 2026 10:00:00 GMT", "Tue, 03 Nov 2026 10:00:00 +9930", "٢٠٢٦-١١-٠٣", "-1"),
        *("Mon, 3 Nov 2026 10:00:00 IST", "Sun May 3 10:20:30 CST 2026", "2026-05-03T25:00:00Z"),
        *("2026-05-03T24:00:01Z", "9999-12-31T23:59:59-10:00", "3 May 2026 13:20 PM", "9" * 5000),
    ],
)
def test_what_can_be_read_in_no_way_or_in_several_is_unknown(text):
    assert parse_date(text) is None


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_rfc_822_and_iso_8601_come_back_as_they_were_written(moment):
    moment = moment.replace(microsecond=0, tzinfo=timezone.utc)
    assert parse_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")) == moment
    assert parse_date(moment.isoformat()) == moment


@given(st.text(alphabet="0123456789-/:. TZ+年月日MayAPM,", max_size=40))
def test_any_text_is_a_date_from_1990_on_or_nothing(text):
    date = parse_date(text)
    assert date is None or (date.year >= 1990 and date.tzinfo is timezone.utc)
