"""A publisher's date string → Moment, or nothing where it cannot be believed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser as dateutil

from limitedtimes.extract.written_dates import NAMED_ZONES, in_text
from limitedtimes.model import Moment

_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_FUTURE: Final = timedelta(days=1)
_MAX_LINE: Final = 200  # characters that are looked at
_MAX_GIVEN: Final = 80  # characters that are kept

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T\s]+(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?(?:\[.*\])?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


def moment(given: str, *, zone: str = "", now: datetime) -> Moment | None:
    """The time that a string names; without an offset it is read on the clock of ``zone`` (IANA name, else UTC).

    None for what is no date, is before 1900, or lies more than a day after ``now`` (when the page was fetched).
    """
    line = " ".join(given.split())[:_MAX_LINE]
    read = _iso(line) or _epoch(line) or _other(line) or _written(line)
    if read is None:
        return None
    try:
        local = read if read.tzinfo else read.replace(tzinfo=_zone(zone))
        at = local.astimezone(UTC)
        offset = local.utcoffset() or timedelta()
    except (OverflowError, ValueError):
        return None
    if not _EARLIEST <= at <= now + _FUTURE:
        return None
    return Moment(at=at, given=line[:_MAX_GIVEN], offset_minutes=round(offset.total_seconds() / 60))


def first_moment(candidates: Iterable[str], *, zone: str = "", now: datetime) -> Moment | None:
    """The first candidate that names a time of day; else the first that names a day."""
    found = [read for given in candidates if given and (read := moment(given, zone=zone, now=now))]
    return next((read for read in found if has_time(read.given)), found[0] if found else None)


def has_time(given: str) -> bool:
    """Whether a date string names a time of day: midnight sharp, in UTC or without a zone, is a day and no time."""
    if _EPOCH.fullmatch(given):
        return True
    iso = _ISO.fullmatch(given)
    named = bool(iso[4]) if iso else ":" in given or ":" in in_text(given)
    return named and not re.search(r"[T ]00:00(?::00(?:\.0+)?)?Z?$", given)


def _iso(given: str) -> datetime | None:
    found = _ISO.fullmatch(given)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        naive = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(int(second or 0), 59))  # noqa: DTZ001
        naive = naive.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))
        return naive.replace(tzinfo=_offset(zone)) if zone else naive
    except ValueError:
        return None


def _offset(zone: str) -> tzinfo | None:
    return (
        datetime.strptime(f"{zone[:3]}{zone[-2:] if len(zone) > 3 else '00'}", "%z").tzinfo if zone[0] in "+-" else UTC
    )


def _epoch(given: str) -> datetime | None:
    if not _EPOCH.fullmatch(given):
        return None
    return datetime.fromtimestamp(int(given[:10]), UTC)


def _other(given: str) -> datetime | None:
    """RFC 2822 and other shapes that name year, month and day; day before month, as everywhere outside America."""
    if not re.search(r"(?:19|20)\d\d", given):
        return None
    try:
        return dateutil.parse(given, dayfirst=True, default=datetime(1, 1, 1), tzinfos=_named_zone)  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def _written(given: str) -> datetime | None:
    """A date in words, or among other words."""
    text = in_text(given)
    return _iso(text) if text else None


def _named_zone(name: str | None, offset: int | None) -> tzinfo | None:
    """The zone of a date that names it ("CEST") or gives its seconds east of UTC; None for a name that is not known."""
    seconds = offset if offset is not None else NAMED_ZONES.get(name or "", None)
    return None if seconds is None else timezone(timedelta(seconds=seconds))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
