"""What number words say together: two hundred and five, quatre-vingt-dix, cinco mil millones, ventidue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.translate.lexicon import Lexicon

JOINERS: Final = frozenset({"y", "et", "e", "and"})
_LEAST: Final = 20
"""What joiners stand behind at least: "three and four" are two numbers."""
SHORTEST: Final = 4
"""Letters of a number word with which a longer word begins; "tre" begins "treno"."""
LONGEST: Final = 80
"""Letters of a number in one word, and of all below a million: 777,777 has 64 in German."""


@dataclass(slots=True)
class _Sum:
    """A number as it is being said: what is below a thousand, what is above, and by what that was multiplied last."""

    small: float = 0.0
    whole: float = 0.0
    scale: float = 0.0

    def add(self, value: float) -> bool:
        """Take a number word in; False where it begins a new number."""
        joined = _joined(self.small, value)
        if joined is None:
            return False
        self.small = joined
        if joined >= 1000:  # mil e quatrocentos
            self.small, self.whole, self.scale = 0.0, self.whole + joined, 1000.0
        return True

    def add_half(self) -> None:
        """Half of what was counted last: two and a half, due milioni e mezzo."""
        if self.small or not self.scale:
            self.small += 0.5
        else:
            self.whole += 0.5 * self.scale

    def multiply(self, by: float) -> bool:
        """Take a scale in; False where it does not go with what was said."""
        if by == 100 and 0 < self.small < 100:
            self.small *= 100
        elif by == 100 and self.whole and not self.small:
            self.small = 100  # mil cien
        elif by > 100 and by > self.scale > 0:
            self.whole, self.small, self.scale = (self.whole + self.small) * by, 0.0, by
        elif by > 100 and self.small:
            self.whole, self.small, self.scale = self.whole + self.small * by, 0.0, by
        else:
            return False
        return True


def spoken(tokens: Sequence[str], start: int, words: Lexicon) -> tuple[float, int]:
    """The number that words say from a place on, and the place behind them.

    Tokens in lower case; the first is a number word or a scale (hundred).
    """
    total, place, end = _Sum(), start, start
    while place < len(tokens):
        token = tokens[place]
        by = words.scales.get(token, 0.0)
        value = words.numbers.get(token, by if place == start else 0.0)
        if half := _half(tokens, place, words) if end == place > start else 0:
            total.add_half()
            place = end = half
        elif end == place > start and token in JOINERS and total.small + total.whole >= _LEAST:
            place += 1
        elif total.multiply(by) if by and place > start else value and total.add(value):
            place = end = place + 1
        elif place > start and (value := words.behind_tens.get(token, 0.0)) and total.small >= 10 and total.add(value):
            place = end = place + 1  # thirty-eighth
            if place == len(tokens) or tokens[place] not in words.scales:
                break
        else:
            break
    return round(total.small + total.whole, 6), end


def _half(tokens: Sequence[str], place: int, words: Lexicon) -> int:
    """Where "and a half" ends that stands from a place on; 0 if none does."""
    return next((place + len(half) for half in words.halves if tuple(tokens[place : place + len(half)]) == half), 0)


def begun(word: str, words: Lexicon) -> tuple[float, bool]:
    """The number with which a word begins, and whether it says nothing else: dreihundert, ventidue, but dreijährig."""
    parts, whole = _split(word, words.parts, {}) if len(word) <= LONGEST else ([], False)
    if not parts or not (whole or len("".join(parts)) >= SHORTEST):
        return 0.0, False
    value, end = spoken(parts, 0, words)
    return value, whole and end == len(parts)


_Parts = tuple[list[str], bool]


def _split(word: str, parts: Sequence[str], known: dict[str, _Parts]) -> _Parts:
    """The number words of which a word is made, and whether it is made of them alone; else the longest at its front.
    ``known``: what the ends of the word are made of, each looked at once."""
    if word not in known:
        known[word] = _split_anew(word, parts, known)
    return known[word]


def _split_anew(word: str, parts: Sequence[str], known: dict[str, _Parts]) -> _Parts:
    longest: list[str] = []
    for part in parts:
        if part == word:
            return [part], True
        if word.startswith(part):
            rest, whole = _split(word.removeprefix(part), parts, known)
            if whole:
                return [part, *rest], True
            longest = longest or [part, *rest]
    return longest, False


def _joined(first: float, second: float) -> float | None:
    """The number that two number words make together; None where they stay two."""
    if not first:
        return second
    if first % 100 == 4 and second == 20:
        return first + 76  # quatre-vingts
    if first % 100 == 0:
        return first + second if second < 100 else None
    ten = 20 if first % 100 in (60, 80) else 10
    return first + second if first % 10 == 0 and second < ten else None
