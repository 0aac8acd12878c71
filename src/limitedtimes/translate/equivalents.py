"""What a number also says by what it is of: two decades are twenty years, a fifth is 20 per cent, halb drei is 2.30.

Only for what two sentences seem to disagree about: each of these values may explain a number of the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from limitedtimes.translate import measures, shares
from limitedtimes.translate.notes import differing
from limitedtimes.translate.reading import Placed, Reading

_DECADES: Final = ("decade", "jahrzehnt", "decenn", "decad", "décad", "decên", "décenn", "десятилет")
_HALF_HOUR: Final = frozenset(("halb", "half"))
"""In German and Dutch half of the hour before: halb drei, half acht."""
_HALF_PAST: Final = re.compile(r"(\d\d?)[.:]30")
"""2.30 may be read as 2 and 30, or as a decimal."""
_HOURS: Final = 12


def values(reading: Reading, other: Reading) -> frozenset[float]:
    """What the numbers of a sentence are in the other ways to say them, as far as the other side says it in that way:
    50 years may be 5 beside decades, and 20 per cent may be 5 beside fifths, but else they are not."""
    ways = _Ways(
        decades=any(token.startswith(_DECADES) for token in other.tokens),
        fractions=not shares.PARTS.keys().isdisjoint(other.tokens),
        half_hours=not _HALF_HOUR.isdisjoint(other.tokens),
        thirty=any(said == "half" or said.endswith("30") for said in other.tokens),
    )
    found = {value for placed in reading.sequence for value in _of(placed, reading.tokens, ways)}
    return frozenset(found.union(_fractions(reading)))


def turned(original: Reading, english: Reading) -> Iterator[str]:
    """One line for the reader about each number that stayed, where it had to become another one: "half past three" for
    "halb drei", "two years" for "zwei Jahrzehnte"."""
    for number, text in _numbers(english):
        for same in (placed for value, placed in _numbers(original) if value == number):
            before = original.tokens[max(same.first - 1, 0) : same.first]
            half = _half(english.tokens, text) if before and _HALF_HOUR.issuperset(before) else ""
            if half:
                yield differing([f"{before[0]} {same.figure.text}"], [f"{half} {text.figure.text}"])
    there, here = _decades(original), _decades(english)
    if there and not any(token.startswith(_DECADES) for token in english.tokens):
        years = {number for number, text in _numbers(english) if _has_years(english.tokens, text)}
        yield from (f"says {number:g} years where the original has decades" for number in sorted(there & years))
    if here and not any(token.startswith(_DECADES) for token in original.tokens):
        years = {number for number, text in _numbers(original) if _has_years(original.tokens, text)}
        yield from (f"says {number:g} decades where the original has years" for number in sorted(here & years))


def _numbers(reading: Reading) -> Iterator[tuple[float, Placed]]:
    return ((placed.figure.alternatives[0][0], placed) for placed in reading.sequence)


def _decades(reading: Reading) -> frozenset[float]:
    """How many decades a sentence counts."""
    return frozenset(
        number
        for number, placed in _numbers(reading)
        if any(token.startswith(_DECADES) for token in reading.tokens[placed.last + 1 : placed.last + 2])
    )


def _has_years(tokens: list[str], placed: Placed) -> bool:
    """Whether a number is of years right behind it."""
    return any("years" in measures.named(word) for word in tokens[placed.last + 1 : placed.last + 2])


def _half(tokens: list[str], placed: Placed) -> str:
    """How English says half of the hour behind: half past three, half three."""
    half = "half past" if _is_past(tokens, placed) else "half"
    return half if tokens[: placed.first][-len(half.split()) :] == half.split() else ""


def _is_past(tokens: list[str], placed: Placed) -> bool:
    return tokens[max(placed.first - 2, 0) : placed.first] == ["half", "past"]


@dataclass(frozen=True, slots=True)
class _Ways:
    """In which ways the other side says numbers."""

    decades: bool
    fractions: bool
    half_hours: bool
    thirty: bool


def _of(placed: Placed, tokens: list[str], ways: _Ways) -> Iterator[float]:
    behind = tokens[placed.last + 1 : placed.last + 3]
    before = tokens[placed.first - 1] if placed.first else ""
    for alternative in placed.figure.alternatives:
        value = alternative[0]
        if ways.half_hours and (half := _HALF_PAST.fullmatch(placed.figure.text)):
            yield from (int(half[1]) + 1, (int(half[1]) + 1) % _HOURS)
        if len(alternative) > 1:
            continue
        if ways.thirty and before in _HALF_HOUR and 1 <= value <= _HOURS:
            yield from (30, value - 1, value + _HOURS - 1, round(value - 0.7, 1), round(value + _HOURS - 0.7, 1))
        if ways.half_hours and _is_past(tokens, placed):
            yield value + 1
        if behind and behind[0].startswith(_DECADES):
            yield 10 * value
        elif ways.decades and value % 10 == 0 and any("years" in measures.named(word) for word in behind):
            yield value / 10
        if ways.fractions and shares.is_percent(behind):
            yield from shares.AS_PARTS.get(int(value), ())


def _fractions(reading: Reading) -> Iterator[float]:
    """Each part of a whole in per cent, whole and rounded either way."""
    numbers = {placed.last: placed.figure.alternatives[0][0] for placed in reading.sequence}
    for place, token in enumerate(reading.tokens):
        if parts := shares.PARTS.get(token):
            hundredths = 100 * numbers.get(place - 1, 1) / parts
            yield from (int(hundredths), round(hundredths))
