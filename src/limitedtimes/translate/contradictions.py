"""The publisher's own slips in dates: a weekday and a date that never fell together, as in "Thursday 9 October" for
November; and a headline, standfirst or caption that names another date than the text for the same day.

They are said as they stand in the original; the reader is told what the calendar, or the rest of the article, says.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from limitedtimes.translate.lexicon import Lexicon, lexicon

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
_DIGIT: Final = re.compile(r"\d")
_DAY_WITHIN, _MONTH_WITHIN, _YEAR_WITHIN = 2, 2, 2
"""Words that may stand between: "el jueves, día 9 de octubre de 2023", "Donnerstag, den 9. Oktober"."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LINKS: Final = (["de"], ["er"], ["º"])
"""What may stand between a day and its month where no weekday leads: "9 de octubre", "1er mars"."""
_FRESH: Final = timedelta(days=7)
"""A date so near to the publication is the right one of two."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and a month as a text has them; the weekday (1 is Monday) and the year if it says them."""

    words: str
    weekday: int | None
    day: int
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clean sentence of an article. ``beside`` the text stand headline, standfirst and captions."""

    number: int
    text: str
    language: str
    beside: bool


@dataclass(frozen=True, slots=True)
class _Here:
    """A date and the sentence that has it."""

    spoken: Spoken
    dated: Dated


def slips(sentences: Iterable[Spoken], near: date) -> Mapping[int, str]:
    """One line for each sentence, by number, whose date cannot be right. ``near``: the day of publication."""
    found: dict[int, str] = {}
    here: list[_Here] = []
    for spoken in sentences:
        dates = list(dates_in(spoken.text, lexicon(spoken.language)))
        here += [_Here(spoken, dated) for dated in dates]
        if note := next(filter(None, (_impossible(dated, near) for dated in dates)), ""):
            found[spoken.number] = note
    if len(here) > 1:
        sound = [each for each in here if each.spoken.number not in found]
        found |= _weekdays(sound, near) | _months(sound, near)
    return found


def _impossible(dated: Dated, near: date) -> str:
    """A date without a year may be of the year of ``near``, the one before or the one after."""
    days = _days(dated, near)
    if dated.weekday is None or not days or any(day.isoweekday() == dated.weekday for day in days):
        return ""
    day = _nearest(days, near)
    real = f"{day.day} {calendar.month_name[day.month]} {day.year} is a {calendar.day_name[day.weekday()]}"
    return f"the publisher’s own slip: it says “{dated.words}”, but {real}"


def _weekdays(here: list[_Here], near: date) -> dict[int, str]:
    """Two days of a month with weekdays that no year has together: the one that the calendar is against is the slip."""
    found: dict[int, str] = {}
    named = [each for each in here if each.dated.weekday]
    for one, other in combinations(named, 2):
        if one.dated.month == other.dated.month and not _together(one.dated, other.dated, near):
            wrong, right = (other, one) if _holds(one.dated, near) else (one, other)
            found[wrong.spoken.number] = _note(wrong.dated, right.dated)
    return found


def _together(one: Dated, other: Dated, near: date) -> bool:
    """Whether there is a year in which both have their weekdays, or they are of years that they name."""
    if one.year or other.year:
        return True
    years = ({day.year for day in _days(each, near) if day.isoweekday() == each.weekday} for each in (one, other))
    return bool(set.intersection(*years))


def _holds(dated: Dated, near: date) -> bool:
    return _nearest(_days(dated, near), near).isoweekday() == dated.weekday


def _months(here: list[_Here], near: date) -> dict[int, str]:
    """Beside the text a day of one month, in the text the same day of the month next to it, and nowhere both."""
    text = [each.dated for each in here if not each.spoken.beside and each.dated.year in (None, near.year)]
    found: dict[int, str] = {}
    for each in here:
        dated = each.dated
        backed = (dated.weekday and _holds(dated, near)) or _times(dated, here) > 1
        if not each.spoken.beside or dated.year or backed:
            continue
        others = [other for other in text if other.day == dated.day and _next_to(other.month, dated.month)]
        same = {other.dated.month for other in here if other.spoken == each.spoken}
        if others and not _is_fresh(dated, near) and others[0].month not in same:
            found[each.spoken.number] = _note(dated, others[0])
    return found


def _times(dated: Dated, here: list[_Here]) -> int:
    return sum((other.dated.day, other.dated.month) == (dated.day, dated.month) for other in here)


def _next_to(month: int, other: int) -> bool:
    return (month - other) % 12 in (1, 11)


def _is_fresh(dated: Dated, near: date) -> bool:
    return any(abs(day - near) <= _FRESH for day in _days(dated, near))


def _note(here: Dated, there: Dated) -> str:
    return f"the publisher contradicts itself: it says “{here.words}” here and “{there.words}” elsewhere"


def dates_in(text: str, words: Lexicon) -> Iterator[Dated]:
    """Every day that has its month close behind; where a weekday leads, more may stand between."""
    if not _DIGIT.search(text):
        return
    tokens = list(_TOKEN.finditer(text))
    low = [token.group().lower() for token in tokens]
    if words.months.keys().isdisjoint(low):
        return
    taken: set[int] = set()
    for place, word in enumerate(low):
        found = _led(low, place, words) if word in words.weekdays else _alone(low, place, words)
        if found is None or found[0] in taken:
            continue
        day, month = found
        taken.add(day)
        year = _first(low, month + 1, _YEAR_WITHIN, lambda token: bool(_YEAR.fullmatch(token)))
        start, end = tokens[place].start(), tokens[year or month].end()
        end += "(" in text[start:end] and text[end : end + 1] == ")"
        weekday = words.weekdays.get(word)
        yield Dated(text[start:end], weekday, int(low[day]), words.months[low[month]], int(low[year]) if year else None)


def _led(tokens: list[str], weekday: int, words: Lexicon) -> tuple[int, int] | None:
    """The places of the day and the month behind a weekday."""
    day = _first(tokens, weekday + 1, _DAY_WITHIN, _is_day)
    month = _first(tokens, day + 1, _MONTH_WITHIN, lambda token: token in words.months) if day else 0
    return (day, month) if month else None


def _alone(tokens: list[str], day: int, words: Lexicon) -> tuple[int, int] | None:
    """The same for a day that its month follows at once."""
    month = day + 1 + (tokens[day + 1 : day + 2] in _LINKS)
    return (day, month) if _is_day(tokens[day]) and month < len(tokens) and tokens[month] in words.months else None


def _is_day(token: str) -> bool:
    return token.isdecimal() and 1 <= int(token) <= 31


def _first(tokens: list[str], start: int, within: int, wanted: Callable[[str], bool]) -> int:
    """The place of the first token that is wanted, with at most so many others before it; 0 if there is none."""
    return next((place for place in range(start, min(len(tokens), start + within + 1)) if wanted(tokens[place])), 0)


def _days(dated: Dated, near: date) -> list[date]:
    """The days that may be meant."""
    years = (dated.year,) if dated.year else (near.year - 1, near.year, near.year + 1)
    return [day for year in years if (day := _day(year, dated.month, dated.day))]


def _nearest(days: list[date], near: date) -> date:
    return min(days, key=lambda day: abs(day - near))


def _day(year: int, month: int, day: int) -> date | None:
    """None where there is no such day in that year (29 February, 31 June)."""
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None
