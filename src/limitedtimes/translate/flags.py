"""Doubts about one translated sentence, found without a model: by what both sides say in figures, dates and words.

A *grave* doubt means that the English must not be shown as it is: the station tries again, mends, or shows the
original instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from limitedtimes.model import FlagKind
from limitedtimes.translate import dates, figures, repetition
from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon
from limitedtimes.translate.reading import Reading, read

SHORT: Final = 0.68
"""Shorter than this share of what is usual: about 2 % of reference translations, 95 % of those cut at 60 %."""
LONG: Final = 1.55
LOST: Final = 0.4
"""Shorter than this, a translation has lost more than half: grave."""
ENOUGH: Final = 40
"""Characters from which a length says something."""

_MARKUP: Final = re.compile(
    r"</?[a-z][^<>]{0,200}>|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|\{\{|\}\}|⁇|\ufffd", re.IGNORECASE
)
_END: Final = re.compile(r"[.!?…:;。！？।؟][\"'”’»“)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Doubt:
    kind: FlagKind
    note: str  # one line for the reader
    grave: bool = False


def doubts(original: str, english: str, language: str) -> list[Doubt]:
    """Every doubt about ``english`` as a rendering of ``original``."""
    if not english.strip():
        return [Doubt(FlagKind.LENGTH, "the engine gave nothing", grave=True)]
    words = lexicon(language)
    there, here = read(original, words), read(english, lexicon(ENGLISH))
    return [
        *_numbers(there, here),
        *_dates(there, here),
        *_repetition(there, here),
        *_length(original, english, words),
        *_untranslated(there, here, words),
        *_markup(original, english),
    ]


def _numbers(original: Reading, english: Reading) -> Iterator[Doubt]:
    """A figure that became another one is grave: it changes a fact, and looks right."""
    if disagreement := figures.compare(original, english):
        yield Doubt(FlagKind.NUMBER, disagreement.note, grave=disagreement.changed)


def _dates(original: Reading, english: Reading) -> Iterator[Doubt]:
    for found in (dates.months(original, english), dates.weekdays(original, english)):
        if found.note:
            yield Doubt(FlagKind.DATE, found.note, grave=found.changed)
    if note := dates.days(original, english):
        yield Doubt(FlagKind.DATE, note)


def _repetition(original: Reading, english: Reading) -> Iterator[Doubt]:
    """A single word said twice is a slip of style ("time time trial"); more is an engine in a loop."""
    found = repetition.find(english.words)
    if found and (found.times > 2 or len(found.phrase) > 3) and not repetition.find(original.words):
        grave = found.times > repetition.ENDLESS
        yield Doubt(FlagKind.REPETITION, f"says “{found.phrase[:60]}” {found.times} times", grave=grave)


def _length(original: str, english: str, words: Lexicon) -> Iterator[Doubt]:
    usual = len(original) * words.length
    ratio = len(english) / usual
    if len(original) < ENOUGH:
        return
    if ratio < SHORT or (ratio < 1 and _END.search(original) and not _END.search(english)):
        yield Doubt(FlagKind.LENGTH, "shorter than the original: something may be missing", grave=ratio < LOST)
    elif ratio > LONG:
        yield Doubt(FlagKind.LENGTH, "much longer than the original: something may be added", grave=ratio > 2 * LONG)


def _untranslated(original: Reading, english: Reading, words: Lexicon) -> Iterator[Doubt]:
    """Words of the original's language that are no English words, or no English words at all."""
    lower = [word.lower() for word in english.words]
    left = [word for word in lower if word in words.function_words]
    if not left:
        same = len(lower) > 3 and lower == [word.lower() for word in original.words]
        common = lexicon(ENGLISH).function_words
        if same and not common.intersection(lower):
            yield Doubt(FlagKind.UNTRANSLATED, "the same as the original", grave=len(lower) > 6)
        return
    copied = {word.lower() for word in original.words}
    if len(left) > 1 or left[0] in copied:
        grave = len(left) > 2 and len(left) * 5 > len(lower)
        yield Doubt(FlagKind.UNTRANSLATED, f"words left as they were: {', '.join(dict.fromkeys(left))}", grave=grave)


def _markup(original: str, english: str) -> Iterator[Doubt]:
    found = {mark for mark in _MARKUP.findall(english) if mark not in original}
    if found:
        yield Doubt(FlagKind.MARKUP, f"odd characters: {' '.join(sorted(found))[:60]}")
