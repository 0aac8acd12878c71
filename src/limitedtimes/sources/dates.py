"""Dates as publishers write them: ISO 8601, RFC 822 and relatives, with month names in the languages of the press."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from limitedtimes.model import Moment

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Anything older is a default value (1970, 1900, 0001), not a date of publication."""

TOLERANCE: Final = timedelta(days=1)
"""How far a date may lie ahead: local time labelled GMT is up to 14 hours ahead. Anything further is not believed."""

LENGTH: Final = 100
"""Characters of a date that are looked at."""

MONTHS: Final = """
en january february march april may june july august september october november december
de januar februar märz april mai juni juli august september oktober november dezember
de-at jänner feber maerz april mai juni juli august september oktober november dezember
nl januari februari maart april mei juni juli augustus september oktober november december
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ca gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
no januar februar mars april mai juni juli august september oktober november desember
is janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
pl-n styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
cs ledna února března dubna května června července srpna září října listopadu prosince
cs-n leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
sk januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
hu január február március április május június július augusztus szeptember október november december
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
lt sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
lv janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
et jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
fi tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
hr siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
bg януари февруари март април май юни юли август септември октомври ноември декември
el ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
id januari februari maret april mei juni juli agustus september oktober november desember
sw januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
fa ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
hi जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
"""
"""A language and its twelve months, as dates inflect them. Where two languages disagree, the line above wins."""

ZONES: Final = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST", "WAT"), 60),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST", "CAT"), 120),
    **dict.fromkeys(("EEST", "MSK", "TRT", "EAT"), 180),
    **dict.fromkeys(("ICT", "WIB"), 420),
    **dict.fromkeys(("JST", "KST"), 540),
    **{"IST": 330, "PKT": 300, "HKT": 480, "AEST": 600, "AEDT": 660, "BRT": -180, "ART": -180},
    **{"EDT": -240, "EST": -300, "CDT": -300, "CST": -360, "MDT": -360, "MST": -420, "PDT": -420, "PST": -480},
}
"""Minutes east of UTC. A source's own zone is asked first, so that IST is Israel's for an Israeli paper."""

CLOCK = re.compile(
    r"(?P<before>午前|午後|上午|下午|오전|오후)?\s*(?<!\d)(?P<hour>\d{1,2})\s?[:h時时시]\s?(?P<minute>\d{2})(?!\d)"
    r"(?:\s?[:分분]\s?(?P<second>\d{2})(?:[.,]\d{1,9})?)?[分분秒초]?\s*(?P<after>[ap]\.?m\b\.?)?"
    r"\s*(?:(?:UTC|GMT)?(?P<sign>[+\-−])(?P<ahead>\d{1,2}):?(?P<minutes>\d{2})?(?![\d./])|(?P<zone>[A-Z]{1,5})\b)?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)")
DAY_NAME = re.compile(
    r"(?<!\d)(\d{1,2})(?:º|er|st|nd|rd|th)?[\s.,-]{1,3}(?:de\s)?([^\s\d.,:/-]+)"
    r"[\s.,-]{1,3}(?:del?\s)?(\d{4}|\d{2})(?!\d)"
)
NAME_DAY = re.compile(r"([^\s\d.,:/-]+)[\s.-]{1,2}(\d{1,2})(?:st|nd|rd|th)?[\s,]{1,3}(\d{4})(?!\d)")


def moment(given: str, *, now: datetime, time_zone: str = "") -> Moment | None:
    """The time that a publisher's string stands for; None if it is no date, or not a believable one.

    A date without an offset is read on the clock of ``time_zone`` (IANA), else as UTC; a date without a time is the
    day's beginning there. Before 1990, or more than a day after ``now``, is not believed.
    """
    text = " ".join(given[:LENGTH].split())
    try:
        local = _iso(text) or _written(text, zone_of(time_zone))
        if local is None:
            return None
        aware = local if local.tzinfo else local.replace(tzinfo=zone_of(time_zone))
        at, offset = aware.astimezone(UTC), aware.utcoffset() or timedelta()
    except (ValueError, OverflowError):
        return None
    if not EARLIEST <= at <= now + TOLERANCE:
        return None
    return Moment(at=at, given=text, offset_minutes=round(offset.total_seconds() / 60))


def has_offset(given: str) -> bool:
    """Whether a date says how far it is from UTC."""
    iso = _iso(given)
    if iso is not None:
        return iso.tzinfo is not None
    clock = CLOCK.search(given)
    return bool(clock and (clock["ahead"] or (clock["zone"] or "").upper() in ZONES))


@lru_cache(maxsize=64)
def zone_of(time_zone: str) -> tzinfo:
    return ZoneInfo(time_zone) if time_zone else UTC


@lru_cache(maxsize=1)
def month_numbers() -> dict[str, int]:
    """Month names, then their first four and three letters where these are clear, to 1–12."""
    lines = [line.split()[1:] for line in MONTHS.strip().splitlines()]
    numbers: dict[str, int] = {}
    for length in (None, 4, 3):
        for names in lines:
            short = [name[:length] for name in names]
            for number, name in enumerate(short, start=1):
                if short.count(name) == 1:
                    numbers.setdefault(name, number)
    return numbers


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _written(text: str, zone: tzinfo) -> datetime | None:
    """Find the clock, take it out, and find the day in what remains."""
    clock = CLOCK.search(text)
    if clock is None:
        return _day(text)
    word = clock["zone"] or ""  # perhaps no zone but the month: "14:05 Nov 22, 2026"
    day = _day(f"{text[: clock.start()]} {'' if word.upper() in ZONES else word} {text[clock.end() :]}")
    if day is None:
        return None
    local = day.replace(hour=_hour(clock), minute=int(clock["minute"]), second=min(int(clock["second"] or 0), 59))
    return _with_offset(local, clock, zone)


def _day(text: str) -> datetime | None:
    if found := YEAR_FIRST.search(text):
        return datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - the zone comes later
    for pattern, (day, name) in ((DAY_NAME, (1, 2)), (NAME_DAY, (2, 1))):
        for found in pattern.finditer(text):
            word = found[name].lower()
            month = month_numbers().get(word) or month_numbers().get(word[:4])  # an ending: "marraskuuta"
            if month:
                return datetime(_year(found[3]), month, int(found[day]))  # noqa: DTZ001
    if found := DAY_FIRST.search(text):
        day, month = int(found[1]), int(found[2])
        day, month = (month, day) if month > 12 else (day, month)  # 11/23/2026 can only be American
        return datetime(_year(found[3]), month, day)  # noqa: DTZ001
    return None


def _year(digits: str) -> int:
    """RFC 2822's rule for years of two digits."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _hour(clock: re.Match[str]) -> int:
    hour, half = int(clock["hour"]), (clock["after"] or clock["before"] or "").lower()
    if half in {"午後", "下午", "오후"} or half.startswith("p"):
        return hour % 12 + 12
    return hour % 12 if half else hour


def _with_offset(local: datetime, clock: re.Match[str], zone: tzinfo) -> datetime:
    """The time with the offset that it names itself, if it does; else still without one."""
    if clock["ahead"]:
        ahead = timedelta(hours=int(clock["ahead"]), minutes=int(clock["minutes"] or 0))
        return local.replace(tzinfo=timezone(ahead if clock["sign"] == "+" else -ahead))
    name = (clock["zone"] or "").upper()
    if name == local.replace(tzinfo=zone).tzname() or name not in ZONES:
        return local
    return local.replace(tzinfo=timezone(timedelta(minutes=ZONES[name])))
