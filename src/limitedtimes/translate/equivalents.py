"""What a number also says by what it is of: two decades are twenty years, a fifth is 20 per cent, halb drei is 2.30.

Only for what two sentences seem to disagree about: each of these values may explain a number of the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from limitedtimes.translate import measures, shares
from limitedtimes.translate.reading import Placed, Reading

_DECADES: Final = ("decade", "jahrzehnt", "decenn", "decad", "décad", "decên", "décenn", "десятилет")
_HALF_HOUR: Final = frozenset(("halb", "half"))
"""In German and Dutch half of the hour before: halb drei, half acht."""
_HALF_PAST: Final = re.compile(r"(\d\d?)[.:]30")
"""2.30 may be read as 2 and 30, or as a decimal."""
_HOURS: Final = 12
_AS_PARTS: Final = {
    10: (10,),
    20: (5,),
    25: (4,),
    33: (3,),
    40: (2, 5),
    50: (2,),
    60: (3, 5),
    66: (2, 3),
    67: (2, 3),
    75: (3, 4),
    80: (4, 5),
}
"""Per cent → what a fraction says in their stead: 60, three fifths."""


def values(reading: Reading) -> frozenset[float]:
    """What the numbers of a sentence are in the other ways to say them."""
    found = {value for placed in reading.sequence for value in _of(placed, reading.tokens)}
    return frozenset(found.union(_fractions(reading)))


def _of(placed: Placed, tokens: list[str]) -> Iterator[float]:
    behind = tokens[placed.last + 1 : placed.last + 3]
    before = tokens[placed.first - 1] if placed.first else ""
    for alternative in placed.figure.alternatives:
        value = alternative[0]
        if half := _HALF_PAST.fullmatch(placed.figure.text):
            yield from (int(half[1]) + 1, (int(half[1]) + 1) % _HOURS)
        if len(alternative) > 1:
            continue
        if before in _HALF_HOUR and 1 <= value <= _HOURS:
            yield from (30, value - 1, value + _HOURS - 1, value - 0.7, value + _HOURS - 0.7)
        if tokens[max(placed.first - 2, 0) : placed.first] == ["half", "past"]:
            yield value + 1
        if behind and behind[0].startswith(_DECADES):
            yield 10 * value
        elif value % 10 == 0 and any("years" in measures.named(word) for word in behind):
            yield value / 10
        if shares.is_percent(behind):
            yield from _AS_PARTS.get(int(value), ())


def _fractions(reading: Reading) -> Iterator[float]:
    """Each part of a whole in per cent, whole and rounded either way."""
    numbers = {placed.last: placed.figure.alternatives[0][0] for placed in reading.sequence}
    for place, token in enumerate(reading.tokens):
        if parts := shares.PARTS.get(token):
            hundredths = 100 * numbers.get(place - 1, 1) / parts
            yield from (int(hundredths), round(hundredths))
