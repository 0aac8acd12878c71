"""Learn to tell names from nouns in German (`limitedtimes.engines.capitals`): which words does the English have too?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import NamedTuple

import numpy as np

from limitedtimes.engines.capitals import BUCKETS, STEP, features
from limitedtimes.engines.names import beside, capitalised
from training.clean import Pair

LETTERS = re.compile(r"[^\W\d_]+")
AT_MOST, ROUNDS, BATCH, RATE = 20, 6, 512, 0.1


class Seen(NamedTuple):
    """A word with a capital, what stands before and after it, and whether the English has it."""

    word: str
    before: str
    after: str
    kept: bool


def seen(pairs: Iterable[Pair], pieces: Callable[[str], int]) -> Iterator[Seen]:
    """The words that the network would have to spell, each AT_MOST times."""
    times: Counter[str] = Counter()
    for pair in pairs:
        english = set(LETTERS.findall(pair.english))
        for word in capitalised(pair.source):
            times[word.text] += 1
            if times[word.text] <= AT_MOST and pieces(word.text) > 1:
                yield Seen(word.text, *beside(pair.source, word), english.issuperset(LETTERS.findall(word.text)))


def names_elsewhere(corpora: Mapping[str, Iterable[Pair]], pieces: Callable[[str], int]) -> Iterator[Seen]:
    """What is kept of the words with a capital in languages where those are names: they are names in German too."""
    words = {one.word for pairs in corpora.values() for one in seen(pairs, pieces) if one.kept and one.before}
    yield from (Seen(word, "", "", True) for word in sorted(words))


def learn(examples: Iterable[Seen]) -> bytes:
    """The weights of a logistic regression, by Adagrad (Duchi et al. 2011)."""
    known = [(features(*one[:3]), one.kept) for one in examples]
    dice = Random(1)
    weights, squares = np.zeros(BUCKETS), np.full(BUCKETS, 1e-10)
    for _ in range(ROUNDS):
        dice.shuffle(known)
        for start in range(0, len(known), BATCH):
            batch = known[start : start + BATCH]
            sizes = [len(numbers) for numbers, _ in batch]
            numbers = np.concatenate([numbers for numbers, _ in batch])
            odds = np.add.reduceat(weights[numbers], np.cumsum([0, *sizes[:-1]]))
            error = 1 / (1 + np.exp(-odds)) - np.array([kept for _, kept in batch])
            slope = np.bincount(numbers, np.repeat(error, sizes), BUCKETS) / len(batch)
            squares += slope**2
            weights -= RATE * slope / np.sqrt(squares)
    return (weights / STEP).round().clip(-127, 127).astype(np.int8).tobytes()
