"""Whether words of a translation stand beside the same things as in its original, by a small dictionary.

The dictionary (`lexicons/pairs/`, written by `training/word_pairs.py`) gives for the beginning of a word those of
the likeliest English words. Languages order their clauses differently, but what a name or a figure stands beside
("im Hafen von X", "the port of X") mostly goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from limitedtimes.translate.cyrillic import in_latin
from limitedtimes.translate.english import unaccented

BEGINNING: Final = 5
"""Letters by which a word is known, whatever its ending."""
SHORTEST: Final = 2
WINDOW: Final = 3
"""Words on either side of a place that count as its neighbours. With more of them more sound sentences are marked."""

Span = tuple[int, int]
"""First and last place in a list of tokens."""

_WORD: Final = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def beginnings(low: str) -> list[str]:
    """The beginnings of the words of a text in lower case, in order."""
    return [word[:BEGINNING] for word in _WORD.findall(low)]


@lru_cache(20_000)
def folded(beginning: str) -> str:
    """The beginning in plain Latin letters: what is borrowed looks alike there."""
    return unaccented(in_latin(beginning))[:BEGINNING]


@cache
def pairs(language: str) -> Mapping[str, frozenset[str]]:
    """Beginning of a word → beginnings of English words; empty for a language without a dictionary."""
    file = resources.files(__package__) / "lexicons" / "pairs" / f"{language}.txt"
    if not language or not file.is_file():
        return {}
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
    return {word: frozenset(english) for word, *english in lines}


def said(words: Iterable[str], language: str) -> frozenset[str]:
    """The beginnings of all English words that may stand for one of the words (in lower case)."""
    return frozenset().union(*(_english(word, language) for word in words))


def kept(
    there: Sequence[str], was: tuple[Span, Span], here: Sequence[str], now: tuple[Span, Span], language: str
) -> float:
    """How much more the neighbours of two things on both sides agree as they stand than if they were exchanged.

    Tokens in lower case, and the places of the two things on either side. Each neighbour that both have counts for one
    where it is next to both, and for less with each word between.
    """
    (a, b), (c, d) = was, now
    one, other = _said(_around(there, a, b), language), _said(_around(there, b, a), language)
    first, second = _nearest(_around(here, c, d)), _nearest(_around(here, d, c))
    straight = _agreement(one, first) + _agreement(other, second)
    crossed = _agreement(one, second) + _agreement(other, first)
    return straight - crossed


Near = list[tuple[int, str]]
"""Words with how far they are, 1 for those beside."""


def _around(tokens: Sequence[str], span: Span, without: Span) -> Near:
    first, last = span
    before = [(first - place, tokens[place]) for place in range(max(first - WINDOW, 0), first)]
    behind = [(place - last, tokens[place]) for place in range(last + 1, min(last + WINDOW + 1, len(tokens)))]
    left_out = tokens[without[0] : without[1] + 1]
    return [near for near in before + behind if near[1] not in left_out]


def _said(there: Near, language: str) -> list[tuple[int, frozenset[str]]]:
    """What may stand for each word, with how far this is."""
    return [
        (far, _english(word, language) if word[0].isalpha() and len(word) >= SHORTEST else frozenset((word,)))
        for far, word in there
    ]


def _nearest(here: Near) -> dict[str, int]:
    """How far each word is where it is nearest, by its beginning."""
    nearest: dict[str, int] = {}
    for away, english in here:
        beginning = english[:BEGINNING] if english[0].isalpha() else english
        if len(english) >= SHORTEST or not english[0].isalpha():
            nearest[beginning] = min(away, nearest.get(beginning, away))
    return nearest


def _agreement(there: Sequence[tuple[int, frozenset[str]]], nearest: Mapping[str, int]) -> float:
    """For each word the nearest that may stand for it; 1 where both are beside, half of it one word further."""
    total = 0.0
    for far, said in there:
        if not said.isdisjoint(nearest):
            total += 1 / (far + min(nearest[english] for english in said if english in nearest) - 1)
    return total


@lru_cache(20_000)
def _english(word: str, language: str) -> frozenset[str]:
    beginning = word[:BEGINNING]
    return pairs(language).get(beginning, frozenset()) | {folded(beginning)}
