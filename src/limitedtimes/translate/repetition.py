"""Loops: words that a translation says again and again, and its original does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 8
"""Words of the longest phrase that is looked for side by side."""
APART: Final = 5
"""Words that two places of a sentence must share to be a repetition when they are not side by side."""
ENDLESS: Final = 4
"""From so many times on it is a loop, and the sentence worth nothing."""
STUTTERING: Final = 20
"""Letters from which a word may be a loop in itself: hahahahahaha."""

PARALLEL: Final = 3
"""Words that two places of the original share where it repeats itself on purpose."""
_STUTTER: Final = re.compile(r"([^\W\d_]{1,12}?)\1{4,}")


@dataclass(frozen=True, slots=True)
class Repetition:
    phrase: str
    times: int


def find(lower: Sequence[str]) -> Repetition | None:
    """The phrase said most often in a row, or said twice apart; None where there is none. Words in lower case."""
    if not lower:
        return None
    if len(max(lower, key=len)) > STUTTERING and (stutter := _STUTTER.search(" ".join(lower))):
        return Repetition(stutter[1], len(stutter[0]) // len(stutter[1]))
    again = len(lower) - len(set(lower))
    if not again:
        return None
    return _in_a_row(lower) or (_apart(lower) if again >= APART else None)


def is_parallel(lower: Sequence[str]) -> bool:
    """Whether an original says something twice, or nearly, so that its translation may."""
    return bool(find(lower)) or (len(lower) - len(set(lower)) >= PARALLEL and _apart(lower, PARALLEL) is not None)


def _in_a_row(words: Sequence[str]) -> Repetition | None:
    """The most repeated phrase of up to LONGEST words that stands beside itself."""
    best: Repetition | None = None
    last: dict[str, int] = {}
    rows: list[tuple[int, int]] = []  # for each place the length of the phrase that ends there, and how often it stands
    for place, word in enumerate(words):
        length, times = place - last.get(word, -LONGEST - 1), 1
        last[word] = place
        if length <= LONGEST and _is_again(words, place, length):
            before, so_often = rows[place - length]
            times = so_often + 1 if before == length else 2
            if times > (best.times if best else 1):
                best = Repetition(" ".join(words[place - length + 1 : place + 1]), times)
        rows.append((length, times))
    return best


def _is_again(words: Sequence[str], end: int, length: int) -> bool:
    """Whether the phrase of a length that ends at a place stands right before it too."""
    start = end - 2 * length + 1
    return start >= 0 and words[start : start + length] == words[start + length : end + 1]


def _apart(words: Sequence[str], length: int = APART) -> Repetition | None:
    seen: set[tuple[str, ...]] = set()
    for start in range(len(words) - length + 1):
        phrase = tuple(words[start : start + length])
        if phrase in seen:
            return Repetition(" ".join(phrase), 2)
        seen.add(phrase)
    return None
