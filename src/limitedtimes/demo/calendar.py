"""Dates in the words of each language, for the pages of the press and for dates within its texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from string import Template
from typing import Any, Final

from limitedtimes.demo.texts import TEXTS

_DAY: Final = re.compile(r"\{(?P<form>\w+) (?P<days>[+-]\d+)\}")


@cache
def _calendar() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((TEXTS / "calendar.toml").read_text(encoding="utf-8"))


def words(language: str, day: date) -> dict[str, str]:
    """What the pattern of a date may name: $day, $dd, $mm, $month, $year, $weekday and $on ("am Montag")."""
    names = _calendar()[language]
    return {
        "day": names["first"] if day.day == 1 else str(day.day),
        "dd": f"{day:%d}",
        "mm": f"{day:%m}",
        "month": names["months"][day.month - 1],
        "year": str(day.year),
        "weekday": names["weekdays"][day.weekday()],
        "on": names["on"][day.weekday()],
    }


def visible(pattern: str, language: str, moment: datetime) -> str:
    """A date and time as a page shows it; beside the words of the day, $hour and $minute."""
    clock = {"hour": f"{moment:%H}", "minute": f"{moment:%M}"}
    return Template(pattern).substitute(words(language, moment) | clock)


def fill(text: str, language: str, today: date) -> str:
    """Put dates into a text: ``{date -2}`` is the day before yesterday.

    The forms are those of ``words``, ``date`` ("9. November") and ``On`` (``on`` at the start of a sentence).
    """

    def form(found: re.Match[str]) -> str:
        forms = words(language, today + timedelta(days=int(found["days"])))
        forms["date"] = Template(_calendar()[language]["date"]).substitute(forms)
        forms["On"] = forms["on"][0].upper() + forms["on"][1:]
        return forms[found["form"]]

    return _DAY.sub(form, text)


def days_named(text: str) -> list[int]:
    """The days that a text names, counted from today."""
    return [int(found["days"]) for found in _DAY.finditer(text)]
