"""The publisher's own slips: a weekday and a date that never fell together, as in "Thursday 9 October" for November.

They are said as they stand in the original; the reader is told that the calendar knows better.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from limitedtimes.translate.lexicon import Lexicon

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
_DIGIT: Final = re.compile(r"\d")
_DAY_WITHIN, _MONTH_WITHIN, _YEAR_WITHIN = 2, 2, 2
"""Words that may stand between: "el jueves, día 9 de octubre de 2023", "Donnerstag, den 9. Oktober"."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Dated:
    """A weekday (1 is Monday) with a day and a month, as a text has them; the year if it says one."""

    words: str
    weekday: int
    day: int
    month: int
    year: int | None


def contradiction(text: str, words: Lexicon, near: date) -> str:
    """One line on the first date whose weekday it cannot be, else "". ``near``: the day of publication.

    A date without a year may be of the year of ``near``, the one before or the one after.
    """
    for dated in dated_weekdays(text, words):
        days = _days(dated, near)
        if days and all(day.isoweekday() != dated.weekday for day in days):
            day = min(days, key=lambda day: abs(day - near))
            real = f"{day.day} {calendar.month_name[day.month]} {day.year} is a {calendar.day_name[day.weekday()]}"
            return f"the publisher’s own slip: it says “{dated.words}”, but {real}"
    return ""


def dated_weekdays(text: str, words: Lexicon) -> Iterator[Dated]:
    """Every weekday that has a day and a month close behind."""
    if not _DIGIT.search(text):
        return
    tokens = list(_TOKEN.finditer(text))
    low = [token.group().lower() for token in tokens]
    for place, word in enumerate(low):
        if word not in words.weekdays:
            continue
        day = _first(low, place + 1, _DAY_WITHIN, lambda token: token.isdecimal() and 1 <= int(token) <= 31)
        month = _first(low, day + 1, _MONTH_WITHIN, lambda token: token in words.months) if day else 0
        if not month:
            continue
        year = _first(low, month + 1, _YEAR_WITHIN, lambda token: bool(_YEAR.fullmatch(token)))
        said = text[tokens[place].start() : tokens[year or month].end()]
        yield Dated(
            said, words.weekdays[word], int(low[day]), words.months[low[month]], int(low[year]) if year else None
        )


def _first(tokens: list[str], start: int, within: int, wanted: Callable[[str], bool]) -> int:
    """The place of the first token that is wanted, with at most so many others before it; 0 if there is none."""
    return next((place for place in range(start, min(len(tokens), start + within + 1)) if wanted(tokens[place])), 0)


def _days(dated: Dated, near: date) -> list[date]:
    """The days that may be meant."""
    years = (dated.year,) if dated.year else (near.year - 1, near.year, near.year + 1)
    return [day for year in years if (day := _day(year, dated.month, dated.day))]


def _day(year: int, month: int, day: int) -> date | None:
    """None where there is no such day in that year (29 February, 31 June)."""
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None
