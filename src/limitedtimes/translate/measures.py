"""Euros that became dollars, weeks that became months: what a figure counts is as much a fact as the figure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Final

from limitedtimes.translate.lexicon import ENGLISH, lexicon

MONEY: Final = "money"
_YEARS, _DAYS = "years", "days"
_WHOLE_DAYS: Final = frozenset(("24", "48", "72"))
"""Hours that others count in days."""
_YEAR: Final = re.compile(r"1\d{3}|20\d\d")
BEFORE: Final = 3
"""Words from a number to what it counts: three and a half million years."""
SHORTEST: Final = 3
"""Letters that a beginning has at least."""


def changed(original: Sequence[str], english: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """A kind, what the original counts of it and the English does not, and what the English counts in its stead.

    Both are given in words and signs, in lower case. A thing that is only missing, or only added, is no change:
    languages count differently (24 hours, a day); nor is one that is named without a number ("to date", "yearly").
    """
    there = _named(original)
    here = _named(english) if there else there
    if not here:
        return
    if many := next((number for number in _of_days(english) if number not in original), ""):
        yield "time", "a day" if many == "24" else "days", f"{many} days"
    if there == here:
        return
    if _YEARS in there:  # "21 марта 2020 года" counts none
        there = _named(_undated(original))
    if _DAYS in there and not _WHOLE_DAYS.isdisjoint(english):
        here |= {_DAYS}  # 24 hours
    for kind, things in _things().items():
        missing = [thing for thing in things if thing in there and thing not in here]
        added = [thing for thing in things if thing in here and thing not in there and _is_counted(thing, english)]
        if missing and added:
            yield kind, missing[0], added[0]


def _of_days(english: Sequence[str]) -> Iterator[str]:
    """The hours of whole days that the English takes for days."""
    return (one for one, two in pairwise(english) if one in _WHOLE_DAYS and _DAYS in named(two))


def _named(tokens: Iterable[str]) -> frozenset[str]:
    """The things that are named in a text."""
    return frozenset().union(*filter(None, map(named, tokens)))


def _undated(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens but for the word "year" beside a year: im Jahr 2020, в 2020 году."""
    for place, token in enumerate(tokens):
        before, behind = "".join(tokens[max(place - 1, 0) : place]), "".join(tokens[place + 1 : place + 2])
        dated = (
            _YEAR.fullmatch(before) if token.startswith("год") else _YEAR.fullmatch(behind) and not before.isdecimal()
        )
        if not dated or _YEARS not in named(token):
            yield token


def _is_counted(thing: str, english: Sequence[str]) -> bool:
    """Whether the English has a number close before the thing, or, as of money, behind it."""
    numbers = lexicon(ENGLISH).numbers
    places = (place for place, token in enumerate(english) if thing in named(token))
    beside = (token for place in places for token in english[max(place - BEFORE, 0) : place + 2])
    return any(token[0].isdecimal() or token in numbers for token in beside)


@lru_cache(maxsize=50_000)
def named(word: str) -> frozenset[str]:
    """The things that a word stands for: none, for most, and most words come again and again."""
    whole, beginnings = _words()
    begun = {thing for begins, thing in beginnings.get(word[:SHORTEST], ()) if word.startswith(begins)}
    return frozenset(begun | ({whole[word]} if word in whole else set()))


@cache
def _things() -> Mapping[str, Mapping[str, str]]:
    """Kind → thing → the words for it."""
    file = resources.files(__package__) / "lexicons" / "measures.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _words() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """The thing that each word stands for; and beginnings of words with theirs, by their first letters."""
    pairs = [
        (word, thing) for things in _things().values() for thing, words in things.items() for word in words.split()
    ]
    beginnings: dict[str, list[tuple[str, str]]] = {}
    for word, thing in pairs:
        if word.endswith("*"):
            beginnings.setdefault(word[:SHORTEST], []).append((word[:-1], thing))
    return {word: thing for word, thing in pairs if not word.endswith("*")}, beginnings
