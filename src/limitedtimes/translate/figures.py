"""Whether the numbers of a translation are those of the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.translate import calendars, equivalents, scripts
from limitedtimes.translate.lexicon import Lexicon
from limitedtimes.translate.notes import cited, differing
from limitedtimes.translate.reading import Figure, Reading

HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures, or number words, that one side has and the other has not, as they are written."""

    missing: tuple[str, ...]  # in the original, not in the translation
    invented: tuple[str, ...]  # in the translation, not in the original
    sure: bool = True  # that none of the words beside them explains it

    def __bool__(self) -> bool:
        return bool(self.missing or self.invented)

    @property
    def changed(self) -> bool:
        """Whether a number of the original has become another one."""
        return bool(self.missing and self.invented) and self.sure

    @property
    def note(self) -> str:
        """One line for the reader."""
        if self.missing and self.missing == self.invented:
            return f"{cited(self.missing)} may be thousands, millions or a part of them on one side only"
        return differing(self.missing, self.invented)


def compare(original: Reading, english: Reading, words: Lexicon) -> Disagreement:
    """The disagreement between two readings; falsy when there is none. ``words``: the original's."""
    missing, invented = (
        _unsupported(original, english, english.values),
        _unsupported(english, original, original.values),
    )
    if missing or invented:
        missing = _unsupported(original, english, english.values | equivalents.values(english, original))
        invented = _unsupported(english, original, original.values | equivalents.values(original, english))
    if words.known:
        return Disagreement(missing, invented)
    if not missing and not scripts.writes_numbers(original.text):
        invented = ()  # it may stand there in a word
    return Disagreement(missing, invented, sure=_is_sure((*missing, *invented), original.text))


def _is_sure(figures: Sequence[str], original: str) -> bool:
    """Whether figures of a language whose words are not known must be others: whole numbers, for a half may stand there
    in a word, and none that its own calendar may explain."""
    numbers = [int(plain) for text in figures if (plain := text.replace(",", "")).isdecimal()]
    days = calendars.LAST_DAY if calendars.may_count(original) else 0
    return len(numbers) == len(figures) and any(number > days for number in numbers)


def _unsupported(side: Reading, other: Reading, values: set[float]) -> tuple[str, ...]:
    """What a side says that the other, with these values, does not."""
    figures = [figure.text for figure in side.figures if not _is_found(figure, values) and figure.text != "00"]
    said = [word for word, value in side.said if not _is_said(word, value, other, values)]
    return tuple(dict.fromkeys(figures + said))


def _is_said(word: str, value: float, other: Reading, values: set[float]) -> bool:
    """Whether the other side has the number in some way; or the word itself, as in "Top Ten"; or a half (siete días y
    medio)."""
    halved = value % 1 == HALF and values.issuperset((value - HALF, HALF))
    return value in values or halved or word.lower() in other.low


def _is_found(figure: Figure, values: set[float]) -> bool:
    return any(values.issuperset(alternative) for alternative in figure.alternatives)
