"""Sentences of our own for what the corpora lack: figures, dates, names, places, captions, bylines.

`data/templates.tsv` holds sentences with slots; a slot is filled on both sides alike, each in its language's way
("11.000,5" and "11,000.5"). A slot that ends in B is a second draw of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeAlias

from training.clean import Pair
from training.words import Words

Both: TypeAlias = tuple[str, str]
_SLOT = re.compile(r"\{(\w+)\}")


def thousands(number: int) -> Both:
    """A whole number in German and in English spelling; four digits often go without a separator."""
    english = f"{number:,}"
    return english.replace(",", "."), english


def decimal(number: float, places: int) -> Both:
    """A number with decimals in both spellings."""
    english = f"{number:,.{places}f}"
    return english.translate(str.maketrans(",.", ".,")), english


def ordinal(number: int) -> str:
    """The English ordinal: 1st, 22nd, 13th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _count(dice: Random) -> Both:
    number = dice.randint(10, 99) * 10 ** dice.randint(0, 6) if dice.random() < 0.5 else 0
    number = number or dice.randint(10 ** (digits := dice.randint(2, 6)), 10 ** (digits + 1) - 1)
    both = thousands(number)
    return (str(number), both[1]) if number < 10_000 and dice.random() < 0.4 else both


def _date(words: Words, dice: Random) -> Both:
    day, year = dice.randint(1, 31), dice.randint(1950, 2035)
    month, english = words.pair("month", dice)
    german = f"{day}. {month}"
    english = f"{day} {english}"
    return (german, english) if dice.random() < 0.4 else (f"{german} {year}", f"{english} {year}")


def _clock(dice: Random) -> Both:
    hour, minute = dice.randint(0, 23), dice.choice((0, 15, 30, 45, dice.randint(0, 59)))
    mark = dice.choice(".:")
    return f"{hour}{mark}{minute:02}", f"{hour}:{minute:02}"


def _same(value: object) -> Both:
    return str(value), str(value)


def _makers(words: Words) -> dict[str, Callable[[Random], Both]]:
    """How each kind of slot is filled."""
    return {
        "count": _count,
        "small": lambda dice: _same(dice.randint(2, 99)),
        "age": lambda dice: _same(dice.randint(16, 95)),
        "year": lambda dice: _same(dice.randint(1900, 2035)),
        "decimal": lambda dice: decimal(dice.uniform(0, 10 ** dice.randint(1, 3)), 1),
        "money": lambda dice: decimal(dice.uniform(0, 10 ** dice.randint(1, 4)), 2),
        "dollar": lambda dice: decimal(dice.uniform(0.8, 1.5), 4),
        "score": lambda dice: _same(f"{dice.randint(0, 6)}:{dice.randint(0, 5)}"),
        "date": lambda dice: _date(words, dice),
        "clock": _clock,
        "man": lambda dice: _same(words.person(dice, female=False, full=dice.random() < 0.8)),
        "woman": lambda dice: _same(words.person(dice, female=True, full=dice.random() < 0.8)),
    } | {kind: _from_list(words, kind) for kind in ("city", "country", "weekday", "month", "party", "agency", "paper")}


def _from_list(words: Words, kind: str) -> Callable[[Random], Both]:
    return lambda dice: words.pair(kind, dice)


def _fill_values(slots: set[str], words: Words, dice: Random) -> dict[str, Both]:
    """A value for every slot of one template; those that belong together are drawn together."""
    makers = _makers(words)
    office, post = words.pair("office", dice)
    minute = dice.randint(2, 90)
    values = {"office": (office, post), "post": (office, post), "postcap": (office, post[0].upper() + post[1:])}
    values |= {"minute": _same(minute), "minuteth": (str(minute), ordinal(minute))}
    paper = words.pair("paper", dice)
    values |= {"paper": paper, "press": paper}
    for slot in sorted(slots - values.keys()):
        values[slot] = makers[slot.removesuffix("B")](dice)
    return values


def _value(values: dict[str, Both], side: int, slot: re.Match[str]) -> str:
    return values[slot.group(1)][side]


def filled(template: tuple[str, str], words: Words, dice: Random) -> Pair:
    """One template with its slots filled."""
    slots = set(_SLOT.findall(template[0] + template[1]))
    values = _fill_values(slots, words, dice)
    german, english = (_SLOT.sub(partial(_value, values, side), text) for side, text in enumerate(template))
    return Pair(german, english[0].upper() + english[1:], "templates")


def read_templates(path: Path) -> list[tuple[str, str]]:
    """German and English of each line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(german, english) for german, english in (line.split("\t") for line in lines)]


def made(templates: list[tuple[str, str]], words: Words, dice: Random, number: int) -> list[Pair]:
    """That many sentences, each template equally often."""
    return [filled(templates[i % len(templates)], words, dice) for i in range(number)]
