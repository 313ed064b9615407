from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds import months
from transforms.feeds.dates import is_ahead, parse_date

# Instant -> spellings of it, as feeds have them.
SPELLINGS = {
    "2026-05-03T08:20:30": """
        Sun, 03 May 2026 10:20:30 +0200
        Sun, 3 May 2026 10:20:30 +0200
        Sun, 03 May 2026 10:20:30 +02:00
        Sun, 03 May 2026 08:20:30 GMT
        Sun, 03 May 2026 08:20:30 UT
        Sun, 03 May 2026 08:20:30 UTC
        Sun, 03 May 2026 08:20:30 Z
        Sun, 03 May 2026 08:20:30 z
        Sun, 03 May 2026 08:20:30 -0000
        Sun, 03 May 2026 08:20:30
        Sun, 03 May 2026 04:20:30 EDT
        Sun, 03 May 2026 03:20:30 EST
        Sun, 03 May 2026 01:20:30 PDT
        Sun, 03 May 2026 02:20:30 MDT
        Sun, 03 May 2026 02:20:30 CST
        Sun, 03 May 2026 03:20:30 CDT
        Sun, 03 May 2026 10:20:30 CEST
        Sun, 03 May 2026 09:20:30 CET
        Sun, 03 May 2026 09:20:30 BST
        Sun, 03 May 2026 11:20:30 EEST
        Sun, 03 May 2026 11:20:30 MSK
        Sun, 03 May 2026 17:20:30 JST
        Sun, 03 May 2026 17:20:30 KST
        Sun, 03 May 2026 18:20:30 AEST
        Sun, 03 May 2026 16:20:30 HKT
        Sun, 03 May 2026 10:20:30 SAST
        Sun, 03 May 2026 13:50:30 +0530
        Sun, 03 May 2026 05:46:30 -0234
        Sun, 03 May 2026 10:20:30 GMT+2
        Sun, 03 May 2026 10:20:30 GMT+02:00
        Sun, 03 May 2026 10:20:30 UTC+0200
        Sun, 03 May 2026 03:20:30 GMT-0500
        Sun, 03 May 2026 10:20:30 +0200 (CEST)
        Sun, 03 May 2026 08:20:30 +0000 (UTC)
        Sun , 03  May  2026  10:20:30  +0200
        Sun,03 May 2026 08:20:30 GMT
        Sunday, 03 May 2026 08:20:30 GMT
        Sunday, 03-May-26 08:20:30 GMT
        Sun, 03-May-2026 08:20:30 GMT
        03 May 2026 08:20:30 GMT
        3 May 2026 08:20:30 +0000
        3 May 26 08:20:30 GMT
        Sun, 03 MAY 2026 08:20:30 gmt
        sUN, 03 mAY 2026 08:20:30 Gmt
        Mon, 03 May 2026 08:20:30 GMT
        Sun May  3 08:20:30 2026
        Sun May  3 08:20:30 UTC 2026
        Sun May  3 10:20:30 CEST 2026
        Sun May 03 2026 10:20:30 GMT+0200 (Central European Summer Time)
        Sun, May 3, 2026 08:20:30 GMT
        May 3, 2026 8:20:30 AM
        May 3, 2026, 8:20:30 a.m.
        Sunday, May 3, 2026 at 8:20:30 AM UTC
        2026-05-03T08:20:30Z
        2026-05-03t08:20:30z
        2026-05-03T10:20:30+02:00
        2026-05-03T10:20:30+0200
        2026-05-03T10:20:30+02
        2026-05-03T10:20:30 +02:00
        2026-05-03 10:20:30 +0200
        2026-05-03 08:20:30
        2026-05-03 08:20:30 UTC
        2026-05-03T08:20:30
        2026-05-03T08:20:30.25Z
        2026-05-03T08:20:30,25Z
        2026-05-03T08:20:30.123456789Z
        2026-05-03T10:20:30.000+0200
        2026-05-03T08:20:30-00:00
        2026-05-03T08:20:30Z[UTC]
        2026-05-03T10:20:30+02:00[Europe/Berlin]
        2026-5-3 8:20:30
        2026/05/03 08:20:30
        2026.05.03 08:20:30
        20260503T082030Z
        20260503T102030+0200
        20260503T102030+02:00
        2026-05-03T082030Z
        20260503T10:20:30+02:00
        2026-05-03 T 10:20:30+02:00
        dim., 3 mai 2026 10:20:30 +0200
        So, 03 Mai 2026 10:20:30 +0200
        So., 3. Mai 2026 10:20:30 +0200
        dom, 03 may 2026 10:20:30 +0200
        dom, 03 mag 2026 10:20:30 +0200
        dom, 3 de mayo de 2026 10:20:30 +0200
        3 de maio de 2026 08:20:30
        niedz., 3 maja 2026 10:20:30 +0200
        zo, 03 mei 2026 10:20:30 +0200
        Вс, 03 мая 2026 11:20:30 +0300
        нд, 03 травня 2026 11:20:30 +0300
        Paz, 03 Mayıs 2026 11:20:30 +0300
        Κυρ, 03 Μαΐου 2026 11:20:30 +0300
        الأحد، 03 مايو 2026 08:20:30
        日, 03 May 2026 17:20:30 +0900
    """,
    "2026-05-03T10:20:00": """
        Sun, 03 May 2026 10:20 GMT
        3 May 26 10:20 UT
        2026-05-03T10:20Z
        2026-05-03T10:20
        2026-05-03 10:20
        2026/05/03 10:20
        202605031020
        2026年5月3日 10:20
        2026年05月03日 10時20分
        2026年5月3日10时20分
        2026년 05월 03일 10:20
        May 3 2026 10:20
        3rd May 2026 10:20
    """,
    "2026-05-03T00:00:00": """
        2026-05-03
        2026/5/3
        20260503
        3 May 2026
        3 May, 2026
        Sun, 3 May 2026
        May 3, 2026
        May 3rd, 2026
        3rd of May 2026
        2026年5月3日
        2026년 5월 3일
        2026-05-02T24:00:00Z
    """,
    "2026-05-23T10:20:00": """
        23/05/2026 10:20
        05/23/2026 10:20
        23.05.2026, 10:20
        23-05-2026 10:20
        05/23/2026 10:20 AM
    """,
    "2026-12-03T12:20:00": """
        Dec. 3, 2026 12:20 PM
        3 déc. 2026 12:20
        3. Dez. 2026 12:20
        3 Aralık 2026 12:20
        3 декабря 2026 12:20
        3 ديسمبر 2026 12:20
        3 desember 2026 12:20
    """,
    "2026-09-03T00:20:00": """
        Thu, 03 Sept 2026 00:20:00 GMT
        Sept. 3, 2026 12:20 AM
        3 settembre 2026 00:20
        3 września 2026 00:20
    """,
    "2024-02-29T10:00:00": "Thu, 29 Feb 2024 10:00:00 GMT",
    "2016-12-31T23:59:59": "2016-12-31T23:59:60Z\nSat, 31 Dec 2016 23:59:60 GMT",
    "1998-05-03T10:20:30": "Sunday, 03-May-98 10:20:30 GMT",
    "2021-11-18T23:45:08": "Fri, 19 Nov 2021 01:45:08 +02:00",
    "2026-05-02T20:20:30": "Sun, 03 May 2026 10:20:30 +1400",
    "1990-01-01T00:00:00": "1990-01-01",
}
READABLE = [
    (line.strip(), instant)
    for instant, lines in SPELLINGS.items()
    for line in lines.splitlines()
    if line.strip()
]
UNREADABLE = """
    yesterday
    Today, 10:20
    soon
    3 May
    May 2026
    2026
    2026-05
    --05
    -1
    10:20:30
    03/05/2024
    05-03-2026
    3.5.2026
    03.05.26
    23/05/26
    26-07-30  12:15
    13/13/2026
    10:20, 3 May 2026
    Sun, 03 5 2026 10:20:30 +0200
    Sun, 03 Foo 2026 10:20:30 GMT
    3 listopada 2026
    Sun, 03 May 126 10:20:30 GMT
    Sun, 03 May 20266 10:20:30 GMT
    Tue, 31 Feb 2026 10:00:00 GMT
    Sun, 29 Feb 2025 10:20:30 GMT
    Sun, 00 May 2026 10:20:30 GMT
    2026-02-30
    2026-13-01
    2026-00-10
    2026-123
    2026-W18-7
    Sun, 03 May 2026 10:60:30 GMT
    Sun, 03 May 2026 10:20:61 GMT
    Sun, 03 May 2026 25:00:00 GMT
    2026-05-03T25:00:00Z
    2026-05-03T24:00:01Z
    3 May 2026 13:20 PM
    3 May 2026 00:20 AM
    Sun, 03 May 2026 10.20.30 GMT
    Tue, 03 Nov 2026 10:00:00 +9930
    Sun, 03 May 2026 10:20:30 +1430
    2026-05-03T10:20:30+25:00
    2026-05-03T10:20:30+02:75
    Sun, 03 May 2026 10:20:30 +
    Sun, 03 May 2026 10:20:30 G
    Sun, 03 May 2026 10:20:30 EST5EDT
    Mon, 3 Nov 2026 10:00:00 IST
    Sun May 3 10:20:30 CST 2026
    2026-05-03T10:20:30 Europe/Berlin
    2026-05-03T10:20:30ZZ
    0000-00-00T00:00:00
    0001-01-01T00:00:00Z
    Mon, 01 Jan 0001 00:00:00 +0000
    Sat, 01 Jan 0000 00:00:00 GMT
    1970-01-01T00:00:00Z
    Thu, 01 Jan 1970 00:00:00 +0000
    1989-12-31
    9999-12-31T23:59:59-10:00
    1777803630
    1793700000000
    ٢٠٢٦-١١-٠٣
    ١٤٠٥
    <time>2026-05-03</time>
    2026-05-03T10:20:30Z and more
"""


def test_the_table_is_long_enough_to_mean_something():
    assert len(READABLE) >= 130
    assert len(UNREADABLE.strip().splitlines()) >= 60


@pytest.mark.parametrize(("text", "instant"), READABLE)
def test_dates_with_one_reading_are_read(text, instant):
    assert parse_date(text) == datetime.fromisoformat(instant).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text", [None, "", " ", "9" * 5000, *map(str.strip, UNREADABLE.strip().splitlines())]
)
def test_what_can_be_read_in_no_way_or_in_several_is_unknown(text):
    assert parse_date(text) is None


def test_no_name_means_two_months():
    words = [word for names in months._NAMES for word in set(names.split())]
    assert len(words) == len(set(words)) == len(months.MONTHS)


def test_a_day_ahead_is_the_most_that_is_believed():
    now = datetime(2026, 5, 3, tzinfo=timezone.utc)
    assert not is_ahead(now + timedelta(hours=24), now)
    assert is_ahead(now + timedelta(hours=24, seconds=1), now)
    assert not is_ahead(None, now)


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_rfc_822_and_iso_8601_come_back_as_they_were_written(moment):
    moment = moment.replace(microsecond=0, tzinfo=timezone.utc)
    assert parse_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")) == moment
    assert parse_date(moment.isoformat()) == moment


@given(st.text(alphabet="0123456789-/:. TZ+年月日MayAPM,", max_size=40))
def test_any_text_is_a_date_from_1990_on_or_nothing(text):
    date = parse_date(text)
    assert date is None or (date.year >= 1990 and date.tzinfo is timezone.utc)
