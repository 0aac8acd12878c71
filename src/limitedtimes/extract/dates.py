"""A publisher's date string → Moment, or nothing where it cannot be believed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser as dateutil

from limitedtimes.model import Moment

_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_FUTURE: Final = timedelta(days=1)

_NAMED_ZONES: Final = {
    name: round(hours * 3600)
    for name, hours in {
        "GMT": 0, "UTC": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2,
        "EEST": 3, "MSK": 3, "TRT": 3, "EAT": 3, "SAST": 2, "CAT": 2, "WAT": 1, "IST": 5.5, "PKT": 5, "WIB": 7,
        "WITA": 8, "ICT": 7, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "EST": -5, "EDT": -4, "CST": -6, "PST": -8,
        "PDT": -7, "BRT": -3, "ART": -3,
    }.items()
}  # fmt: skip

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T\s]+(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?(?:\[.*\])?",
    re.IGNORECASE,
)
_SHOWN: Final = (
    (re.compile(r"\b((?:19|20)\d\d)\s?[-/.年년]\s?(\d\d?)\s?[-/.月월]\s?(\d\d?)(?!\d)"), ("year", "month", "day")),
    (re.compile(r"(?<!\d)(\d\d?)[./-]\s?(\d\d?)[./-]\s?((?:19|20)\d\d)(?!\d)"), ("day", "month", "year")),
    (
        re.compile(r"(?<!\d)(\d\d?)\.?(?:er|º|ª)?\s(?:de\s)?([^\W\d_]{3,12})\.?,?\s(?:de\s)?((?:19|20)\d\d)"),
        ("day", "month", "year"),
    ),
)
_TIME = re.compile(r"(?<![\d.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?![\d.])")
_MONTHS: Final = (
    ("jan", "jän", "gen", "ene", "янв", "січ", "sty", "led", "ocak", "ιαν", "tammi", "saus", "yan"),
    ("feb", "fév", "fev", "фев", "лют", "lut", "úno", "şub", "φεβ", "helmi", "vas", "pebr"),
    ("mar", "mär", "mrz", "maa", "мар", "бер", "bře", "μαρ", "kov", "mac"),
    ("apr", "avr", "abr", "апр", "кві", "kwi", "dub", "nis", "απρ", "huhti", "bal"),
    ("mai", "may", "mag", "mei", "maj", "мая", "май", "тра", "kvě", "μαΐ", "μαϊ", "touko", "geg", "maí"),
    ("jun", "juin", "giu", "июн", "чер", "cze", "čer", "haz", "ιουν", "kesä", "bir", "jún"),
    ("jul", "juil", "lug", "июл", "лип", "lip", "tem", "ιουλ", "heinä", "lie", "júl"),
    ("aug", "aoû", "ago", "авг", "сер", "sie", "srp", "ağu", "αυγ", "elo", "rugp", "ágú", "agu"),
    ("sep", "set", "сен", "вер", "wrz", "zář", "eyl", "σεπ", "syys", "rugs"),
    ("oct", "okt", "ott", "out", "окт", "жов", "paź", "říj", "eki", "οκτ", "loka", "spal"),
    ("nov", "ноя", "лис", "lis", "kas", "νοε", "marras", "lap", "nóv", "nop"),
    ("dec", "dez", "déc", "dic", "des", "дек", "гру", "gru", "pro", "ara", "δεκ", "joulu", "gruo"),
)

_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


def moment(given: str, *, zone: str = "", now: datetime) -> Moment | None:
    """The time that a string names; without an offset it is read on the clock of ``zone`` (IANA name, else UTC).

    None for what is no date, is before 1900, or lies more than a day after ``now`` (when the page was fetched).
    """
    given = " ".join(given.split())[:80]
    read = _iso(given) or _epoch(given) or _other(given)
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
    return Moment(at=at, given=given, offset_minutes=round(offset.total_seconds() / 60))


def first_moment(candidates: Iterable[str], *, zone: str = "", now: datetime) -> Moment | None:
    """The first candidate that names a time of day; else the first that names a day."""
    found = [read for given in candidates if given and (read := moment(given, zone=zone, now=now))]
    return next((read for read in found if has_time(read.given)), found[0] if found else None)


def has_time(given: str) -> bool:
    """Whether a date string names a time of day: midnight sharp, in UTC or without a zone, is a day and no time."""
    if _EPOCH.fullmatch(given):
        return True
    return bool(re.search(r"\d\d?[:h.]?\d\d", given[8:])) and not re.search(r"[T ]00:00(?::00(?:\.0+)?)?Z?$", given)


def in_text(line: str) -> str:
    """A date that a short line shows, as a string that ``moment`` reads: "Stand: 3. Mai 2024, 15.42 Uhr"; else ""."""
    for pattern, order in _SHOWN:
        if found := pattern.search(line.lower()):
            parts = dict(zip(order, found.groups(), strict=True))
            month = parts["month"] if parts["month"].isdigit() else _month(parts["month"])
            time = _TIME.search(line[found.end() :]) or _TIME.search(line[: found.start()])
            clock = f" {int(time[1]):02}:{time[2]}" if time else ""
            return f"{parts['year']}-{int(month):02}-{int(parts['day']):02}{clock}" if month else ""
    return ""


def _month(word: str) -> str:
    """The number of a month by the start of its name, in the languages that write it in letters with a day."""
    return next((str(at) for at, starts in enumerate(_MONTHS, 1) if word.startswith(starts)), "")


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


def _named_zone(name: str | None, offset: int | None) -> tzinfo | None:
    """The zone of a date that names it ("CEST") or gives its seconds east of UTC; None for a name that is not known."""
    seconds = offset if offset is not None else _NAMED_ZONES.get(name or "", None)
    return None if seconds is None else timezone(timedelta(seconds=seconds))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
