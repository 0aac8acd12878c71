"""Dates as pages write them for readers, in words or figures, in the languages of the press.

A month is known by the start of its name; of several that fit, the longest counts: Finnish "marraskuuta" is November,
"maaliskuuta" and "mars" are March. Accents and capitals are folded first, and other scripts' figures are made plain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

NAMED_ZONES: Final = {
    name: round(hours * 3600)
    for name, hours in {
        "GMT": 0, "UTC": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2,
        "EEST": 3, "MSK": 3, "МСК": 3, "TRT": 3, "EAT": 3, "SAST": 2, "CAT": 2, "WAT": 1, "IST": 5.5, "PKT": 5,
        "WIB": 7, "WITA": 8, "WIT": 9, "ICT": 7, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "EST": -5, "EDT": -4,
        "CST": -6, "PST": -8, "PDT": -7, "BRT": -3, "ART": -3,
    }.items()
}  # fmt: skip
"""Seconds east of Greenwich."""

_MONTHS: Final = (
    "jan jaan xan gen ene ian ιαν янв яну јан січ sty led oca tam sau sij sijec يناير ינו ژانوی जन জানু",
    "feb fev veeb phe peb φεβ фев феб лют lut uno sub hel vas velj فبراير פבר فوری फर फ़र ফেব",
    "mar mrz mrt maa mas mat mac μαρ мар бер bre kov ozu مارس مارچ מרץ मार्च মার্চ",
    "apr avr abr ep eph απρ апр кві kwi dub nis huh bal tra أبريل ابريل אפר آوریل अप्रैल এপ্রি",
    "mai may mag mei mey maj maaj μαι маи мај мая тра kve tou geg svi مايو מאי مه मई মে",
    "jun juun xun juin iun giu hun ιουν июн юни јун чер cze cer haz kes bir lipnj يونيو יוני ژوئن जून জুন",
    "jul juul xul juil iul lug hul ιουλ июл юли јул лип lip cervenc cvc tem hei lie srpnj يوليو יולי ژوئیه जुल জুল",
    "aug aou ago agu avg aga agg og αυγ авг сер sie srp elo rugp kol أغسطس اغسطس אוג اوت अग আগ",
    "sep set sze szep σεπ сеп сен вер wrz zar eyl syy rugs ruj سبتمبر ספט سپتامبر सित সেপ",
    "oct okt ott out οκτ окт жов paz rij eki lok spa .listopada أكتوبر اكتوبر אוק اکتبر अक्टू अक्तू অক্টো",
    "nov noi nob nop νοε ноя ное нов лис lis kas marr lap stu نوفمبر נוב نوامبر नव নভে",
    "dec dez dic des det dis diy δεκ дек дец гру gru grd pro ara jou ديسمبر דצמ دسامبر दिस ডিসে",
)
"""How months start, after folding. With a dot before it, a word is only meant behind an ordinal: "10. listopada" is
Croatian and October, "10 listopada" is Polish and November."""

_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY: Final = r"(?<!\d)(?P<day>[0-3]?\d)"
_WORD: Final = r"(?P<month>[^\s\d.,:;()|/–-]{2,14})"
_OF: Final = r"(?:de\s|del\s|d['’]\s?|ב)?"
_PATTERNS: Final = tuple(
    map(
        re.compile,
        (
            r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<month>\d\d?)\s?[-/.月월]\s?(?P<day>\d\d?)(?!\d)",
            rf"{_DAY}[./-]\s?(?P<month>\d\d?)[./-]\s?{_YEAR}",
            rf"{_DAY}(?P<dot>\.?)(?:er|ro|[oaº°ª]|th|st|nd|rd|-?го)?\.?[\s/-]?\s?{_OF}{_WORD}[.,،]?[\s/-]{_OF}{_YEAR}",
            rf"{_DAY}\s(?:thang|thg)\s?(?P<month>\d\d?)\s?,?\s(?:nam\s)?{_YEAR}",
            rf"(?<!\d){_YEAR}\.?(?:\sm\.)?\s{_WORD}\.?\s(?P<day>\d\d?)(?!\d)",
            rf"(?<!\d){_YEAR}\.\sgada\s{_DAY}\.\s{_WORD}",
            rf"(?<!\w){_WORD}\.?\s{_DAY}(?:th|st|nd|rd)?,?\s(?:at\s)?{_YEAR}",
        ),
    )
)
_CLOCK = re.compile(
    r"(?P<before>오후|午後|下午|오전|午前|上午)?\s?(?<![\d.:/])(?P<hour>[01]?\d|2[0-3])"
    r"(?:(?:[:.]|\s?h\s?|[時时点點]|시\s?)(?P<minute>[0-5]\d)(?!\d|[.,]\d)|\s?h\b(?!\s?\d))(?::[0-5]\d)?"
    r"(?:\s?(?P<after>[ap]\.?\s?m|[πμ]\.?\s?μ)\b)?"
)
_AFTERNOON: Final = frozenset(("오후", "午後", "下午", "p", "μ"))
_OFFSET = re.compile(r"(?:GMT|UTC)\s?([+-])(\d\d?)(?![\d:])")
_CAPITALS = re.compile(r"[A-ZА-Я]{3,5}")


def in_text(line: str) -> str:
    """A date that a short line shows, as "2024-05-03 15:42+02:00", the clock and zone where it names them; else "".

    Reads "Stand: 3. Mai 2024, 15.42 Uhr", "10 de novembro de 2025 às 17h51", "2025. november 10.", "2025年11月10日".
    """
    folded = _fold(line)
    for pattern in _PATTERNS:
        for found in pattern.finditer(folded):
            said = found.groupdict()
            month = int(said["month"]) if said["month"].isdigit() else _month(said["month"], said.get("dot") or "")
            if 1 <= month <= 12:
                clock = _clock(folded[found.end() :]) or _clock(folded[: found.start()])
                zone = _zone(line) if clock else ""
                return f"{said['year']}-{month:02}-{int(said['day']):02}{clock}{zone}"
    return ""


def _fold(line: str) -> str:
    """Lower case, figures 0–9, no accents on Latin, Greek and Cyrillic letters."""
    apart = unicodedata.normalize("NFD", line.casefold())
    return unicodedata.normalize("NFC", "".join(_figures(apart)))


def _figures(text: str) -> Iterator[str]:
    for letter in text:
        if not "\u0300" <= letter <= "\u036f":
            yield str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


_STARTS: Final = {_fold(start): at for at, starts in enumerate(_MONTHS, 1) for start in starts.split()}


def _month(word: str, dot: str) -> int:
    """The number of a month by the longest start of its name that is known; 0 for what is none."""
    if dot and f".{word}" in _STARTS:
        return _STARTS[f".{word}"]
    return next((_STARTS[word[:size]] for size in range(len(word), 1, -1) if word[:size] in _STARTS), 0)


def _clock(text: str) -> str:
    """ " 17:51", with a space before it, for the first time of day in folded text; "" where there is none."""
    found = _CLOCK.search(text)
    if not found:
        return ""
    hour, half = int(found["hour"]), (found["before"] or found["after"] or "")
    if half and hour <= 12:
        afternoon = half in _AFTERNOON or half[0] in _AFTERNOON
        hour = hour % 12 + 12 * afternoon
    return f" {hour:02}:{found['minute'] or '00'}"


def _zone(line: str) -> str:
    """The offset that a line names, as "+07:00"; "" where it names none."""
    if offset := _OFFSET.search(line):
        return f"{offset[1]}{int(offset[2]):02}:00"
    seconds = next((NAMED_ZONES[name] for name in _CAPITALS.findall(line) if name in NAMED_ZONES), None)
    if seconds is None:
        return ""
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"
