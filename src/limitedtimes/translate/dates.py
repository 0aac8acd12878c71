"""Whether the months, days and weekdays of a translation are those of the original."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from limitedtimes.translate.reading import Reading


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Months (or weekdays) by number, with the word that names them."""

    missing: Mapping[int, str]  # in the original, not in the translation
    invented: Mapping[int, str]  # in the translation, not in the original

    @property
    def changed(self) -> bool:
        """Whether one of the original has become another one."""
        return bool(self.missing and self.invented)

    @property
    def note(self) -> str:
        """One line for the reader; "" when both agree."""
        missing, invented = " and ".join(self.missing.values()), " and ".join(self.invented.values())
        if missing and invented:
            return f"says {invented} where the original has {missing}"
        if missing:
            return f"{missing} is missing"
        return f"{invented} is not in the original" if invented else ""


def months(original: Reading, english: Reading) -> Disagreement:
    """How the months of two readings disagree."""
    return Disagreement(
        {month: word for month, word in original.months.items() if month not in english.perhaps_months},
        {month: word for month, word in english.months.items() if month not in original.perhaps_months},
    )


def weekdays(original: Reading, english: Reading) -> Disagreement:
    """How the weekdays of two readings disagree."""
    return Disagreement(
        {day: word for day, word in original.weekdays.items() if day not in english.perhaps_weekdays},
        {day: word for day, word in english.weekdays.items() if day not in original.perhaps_weekdays},
    )


def days(original: Reading, english: Reading) -> str:
    """One line about a day of a month that is another day of it here, where both sides name days of that month."""
    for month, found in english.days.items():
        given = original.days.get(month, set())
        if given and not found & given and not original.values.issuperset(found):
            word = english.months[month]
            return f"says {word} {_listed(found)} where the original has {_listed(given)}"
    return ""


def _listed(numbers: set[int]) -> str:
    return " and ".join(map(str, sorted(numbers)))
