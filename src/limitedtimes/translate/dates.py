"""Whether the months, days and weekdays of a translation are those of the original."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from limitedtimes.translate.lexicon import Lexicon
from limitedtimes.translate.notes import differing
from limitedtimes.translate.reading import Reading

WITHIN: Final = 6
"""Letters of a month or weekday that is looked for inside of words; "mai" is in many."""


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
        return differing(self.missing.values(), self.invented.values())


def months(original: Reading, english: Reading, words: Lexicon) -> Disagreement:
    """How the months of two readings disagree; ``words``: the original's lexicon."""
    added = {month: word for month, word in english.months.items() if month not in original.perhaps_months}
    return Disagreement(
        {month: word for month, word in original.months.items() if month not in english.perhaps_months},
        {month: word for month, word in added.items() if not _within(month, original, words.months)},
    )


def weekdays(original: Reading, english: Reading, words: Lexicon) -> Disagreement:
    """How the weekdays of two readings disagree; ``words``: the original's lexicon."""
    added = {day: word for day, word in english.weekdays.items() if day not in original.perhaps_weekdays}
    return Disagreement(
        {day: word for day, word in original.weekdays.items() if day not in english.perhaps_weekdays},
        {day: word for day, word in added.items() if not _within(day, original, words.weekdays)},
    )


def _within(number: int, original: Reading, names: Mapping[str, int]) -> bool:
    """Whether a month or weekday is part of a longer word: Freitagsgebet, Ostermontag, Sonntage."""
    parts = [name for name, value in names.items() if value == number and len(name) >= WITHIN]
    return any(part in word for word in original.low for part in parts)


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
