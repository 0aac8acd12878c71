"""Tells names from nouns where every noun has a capital, as in German, by what the words look like and stand beside.

A linear model on letter sequences, hashed (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask
Learning"): the recipe learns it from which words the English of a sentence has too. The training uses it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from zlib import crc32

from limitedtimes.errors import ConfigError

BUCKETS: Final = 1 << 16
STEP: Final = 1 / 16
"""What one unit of a weight's byte is worth, in log-odds."""
LONGEST: Final = 6
REMEMBERED: Final = 50_000
BAR: Final = 1.0
"""Log-odds above which a word is taken for a name: a noun that stays German does more harm than a name that is
misspelled."""


def bucket(feature: str) -> int:
    """The number of a feature's weight."""
    return crc32(feature.encode()) % BUCKETS


def _shape(word: str) -> tuple[int, ...]:
    marked = f"^{word}$"
    ends = range(1, LONGEST + 1)
    grams = {marked[start : start + size] for size in ends for start in range(len(marked) - size + 1)}
    return tuple(sorted(bucket(gram) for gram in grams | {f"={word}"}))


def _beside(before: str, after: str) -> Iterator[int]:
    here, there = before.lower(), after.lower()
    yield bucket(f"<{here}")
    yield bucket(f"<-{here[-2:]}")
    yield bucket(f"<-{here[-3:]}")
    yield bucket(f">{there}")
    yield bucket(f"<>{before[:1].isupper()}{after[:1].isupper()}")


def features(word: str, before: str, after: str) -> list[int]:
    """The numbers of the weights that count for a word between two others; ``before`` is "" where a sentence begins."""
    return [*_shape(word), *_beside(before, after)]


class Capitals:
    """``weights`` are BUCKETS signed bytes, in steps of STEP. Raises ConfigError if they are not."""

    def __init__(self, weights: bytes) -> None:
        if len(weights) != BUCKETS:
            raise ConfigError(f"must be {BUCKETS} bytes, and is {len(weights)}; put a sound copy there")
        self._weights = memoryview(weights).cast("b")
        self._weighed = lru_cache(REMEMBERED)(self._weigh)  # most words come again

    def is_name(self, word: str, before: str, after: str) -> bool:
        """Whether a word with a capital, between two others, is a name."""
        beside = sum(map(self._weights.__getitem__, _beside(before, after)))
        return (self._weighed(word) + beside) * STEP > BAR

    def _weigh(self, word: str) -> int:
        return sum(map(self._weights.__getitem__, _shape(word)))
