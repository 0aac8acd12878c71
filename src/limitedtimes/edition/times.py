"""Times as a page shows them: always ISO 8601 in UTC for the record, and in words on a clock that is named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from limitedtimes.model import Moment


def iso(at: datetime) -> str:
    """``2023-11-10T17:51:00Z``"""
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def clock(at: datetime) -> str:
    """``17:51``: the 24-hour clock, so that no afternoon is both 18:51 and PM."""
    return at.strftime("%H:%M")


def day(at: date) -> str:
    """``10 November 2023``"""
    return f"{at.day} {at:%B} {at.year}"


def month(at: date) -> str:
    """``November 2023``"""
    return f"{at:%B} {at.year}"


def weekday(at: date) -> str:
    """``Friday, 10 November 2023``"""
    return f"{at:%A}, {day(at)}"


def offset(at: datetime) -> str:
    """``UTC+01:00``, or ``UTC``"""
    minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours:02}:{rest:02}"


def zone(name: str) -> tzinfo | None:
    """The IANA zone, or None where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def on_publishers_clock(moment: Moment, time_zone: str) -> str:
    """``Friday, 10 November 2023, 18:51 (UTC+01:00)`` in the source's zone, else at the page's offset."""
    place = zone(time_zone) if time_zone not in ("", "UTC") else None
    local = moment.at.astimezone(place) if place else moment.local
    return f"{weekday(local)}, {clock(local)} ({offset(local)})"


def span(seconds: float) -> str:
    """``42 s``, ``3.5 min``, ``2.1 h``, ``4.0 days``: a duration to two figures or so."""
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length or (unit != "days" and seconds >= length):
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.0f} s"
