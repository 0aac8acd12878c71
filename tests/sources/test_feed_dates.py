"""Dates as publishers write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.sources.dates import EARLIEST, MONTHS, TOLERANCE, has_offset, moment, month_numbers

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

WRITTEN = {  # all are 22 November 2026, 14:05 in Berlin
    "Sun, 22 Nov 2026 14:05:00 +0100": True,
    "Sun, 22 Nov 2026 13:05 GMT": True,
    "Sun, 22 Nov 26 08:05:00 EST": True,
    "Sun, 22 Nov 2026 14:05:00 MEZ": True,
    "Sun, 22 Nov 2026 15:05:00 UTC+2": True,
    "Sun, 22 Nov 2026 14:05:00": False,
    "22 Nov 2026 14:05": False,
    "22-Nov-2026 14:05:00": False,
    "2026-11-22T14:05:00+01:00": True,
    "2026-11-22T13:05:00Z": True,
    "2026-11-22T13:05:00.000Z": True,
    "2026-11-22 14:05:00 +0100": True,
    "2026-11-22 14:05": False,
    "20261122T130500Z": True,
    "2026/11/22 14:05": False,
    "22. November 2026, 14:05 Uhr": False,
    "Sonntag, 22.11.2026 - 14:05": False,
    "22/11/2026 14h05": False,
    "11/22/2026 2:05 PM": False,
    "dim., 22 nov. 2026 14:05:00 +0100": True,
    "22 de noviembre de 2026 14:05": False,
    "domingo, 22 de novembro de 2026 14:05": False,
    "22 novembre 2026 14:05": False,
    "22 ноября 2026 г., 14:05": False,
    "22 листопада 2026, 14:05": False,
    "22 listopada 2026 14:05": False,
    "22. listopadu 2026 14:05": False,
    "22 Kasım 2026 14:05": False,
    "22. nóvember 2026 14:05": False,
    "22. marraskuuta 2026 14:05": False,
    "22 Νοεμβρίου 2026 14:05": False,
    "٢٢ نوفمبر ٢٠٢٦ 14:05": False,
    "22 नवंबर 2026 14:05": False,
    "2026年11月22日 14時05分": False,
    "2026/11/22 午後2:05": False,
    "2026. 11. 22. 오후 2:05": False,
    "November 22, 2026 2:05 pm": False,
    "Sun Nov 22 14:05:00 2026": False,
    "14:05 Nov 22, 2026": False,
}


@pytest.mark.parametrize(("written", "offset"), WRITTEN.items())
def test_a_date_is_read_in_the_languages_of_the_press(written: str, offset: bool) -> None:
    read = moment(written, now=NOW, time_zone="Europe/Berlin")
    assert read is not None
    assert read.at == datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert read.given == written
    assert has_offset(written) == offset


def test_a_zones_name_is_first_of_all_the_publishers_own() -> None:
    written = "Sun, 22 Nov 2026 14:05:00 IST"
    in_israel, elsewhere = (moment(written, now=NOW, time_zone=zone) for zone in ("Asia/Jerusalem", "Asia/Kolkata"))
    assert in_israel is not None and elsewhere is not None
    assert (in_israel.offset_minutes, elsewhere.offset_minutes) == (120, 330)


def test_summer_time_is_that_of_the_date_not_of_today() -> None:
    read = moment("22.07.2026 14:05", now=NOW, time_zone="Europe/Berlin")
    assert read is not None and read.offset_minutes == 120


def test_a_day_without_a_time_begins_on_the_publishers_clock() -> None:
    read = moment("2026-11-22", now=NOW, time_zone="Asia/Tokyo")
    assert read is not None
    assert read.at == datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "gestern",
            "2026-13-45",
            "32. Mai 2026",
            "0000-00-00 00:00:00",
            "0001-01-01T00:00:00+14:00",
            "2026",
            "1/2",
        ),
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 01 Jan 2099 00:00:00 GMT",
        "9999-12-31T23:59:59-12:00",
        "25:61",
        "9" * 99,
    ],
)
def test_what_is_no_believable_date_is_none(written: str) -> None:
    assert moment(written, now=NOW) is None


def test_a_date_within_a_day_ahead_is_believed_and_one_beyond_is_not() -> None:
    near, far = NOW + TOLERANCE, NOW + TOLERANCE + timedelta(minutes=1)
    assert moment(near.isoformat(), now=NOW) is not None
    assert moment(far.isoformat(), now=NOW) is None


def test_every_months_name_stands_for_one_month_only() -> None:
    for line in MONTHS.strip().splitlines():
        language, *names = line.split()
        assert len(names) == 12, language
        if language != "hr":  # Croatian October has the name of Polish and Czech November, which are asked first
            assert [month_numbers()[name] for name in names] == list(range(1, 13)), language


@given(st.integers(0, int((NOW - EARLIEST).total_seconds())), st.integers(-12 * 60, 14 * 60))
def test_every_iso_and_rfc_822_date_is_read_exactly(seconds: int, offset: int) -> None:
    aware = EARLIEST + timedelta(seconds=seconds)
    sign, minutes = ("+" if offset >= 0 else "-"), abs(offset)
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    instant = aware - timedelta(minutes=offset)
    mail = format_datetime(aware).replace("+0000", zone.replace(":", ""))
    for written in (f"{aware:%Y-%m-%dT%H:%M:%S}{zone}", mail):
        read = moment(written, now=NOW)
        expected = (instant, offset) if EARLIEST <= instant <= NOW + TOLERANCE else None
        assert (read and (read.at, read.offset_minutes)) == expected


@given(st.text(alphabet="0123456789 :.-/+TZapmNov,年月日時", max_size=120))
def test_no_string_makes_the_reader_of_dates_fail(written: str) -> None:
    read = moment(written, now=NOW, time_zone="Europe/Berlin")
    assert read is None or EARLIEST <= read.at <= NOW + TOLERANCE
