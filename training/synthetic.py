"""Sentences of our own for what the corpora lack: figures, dates, names, places, captions, bylines.

`data/CODE/templates.tsv` holds sentences with slots; a slot is filled on both sides alike, each in its language's way
("11.000,5" and "11,000.5"). A slot that ends in B is a second draw of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from random import Random
from typing import TypeAlias

from training.clean import Pair
from training.languages import Language

Both: TypeAlias = tuple[str, str]
_SLOT = re.compile(r"\{(\w+)\}")


def number(value: float, places: int, thousands: str) -> Both:
    """A number in both spellings; all languages here write a decimal comma."""
    english = f"{value:,.{places}f}"
    return english.translate({ord(","): thousands, ord("."): ","}), english


def ordinal(value: int) -> str:
    """The English ordinal: 1st, 22nd, 13th."""
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _count(dice: Random, thousands: str) -> Both:
    """A number of two to eight digits; four digits often go without a separator."""
    value = dice.randint(10, 99) * 10 ** dice.randint(0, 6) if dice.random() < 0.5 else 0
    value = value or dice.randint(10 ** (digits := dice.randint(2, 6)), 10 ** (digits + 1) - 1)
    both = number(value, 0, thousands)
    return (str(value), both[1]) if value < 10_000 and dice.random() < 0.4 else both


def _date(language: Language, dice: Random) -> Both:
    day, year = dice.randint(1, 31), dice.randint(1950, 2035)
    month, english = language.pair("month", dice)
    form = "date" if dice.random() < 0.4 else "date_year"
    here = language.words[form].format(day=day, month=month, year=year)
    return here, f"{day} {english}" if form == "date" else f"{day} {english} {year}"


def _clock(language: Language, dice: Random) -> Both:
    hour, minute = dice.randint(0, 23), f"{dice.choice((0, 15, 30, 45, dice.randint(0, 59))):02}"
    return dice.choice(language.words["clock"]).format(hour=hour, minute=minute), f"{hour}:{minute}"


def _same(value: object) -> Both:
    return str(value), str(value)


def _makers(language: Language) -> dict[str, Callable[[Random], Both]]:
    """How each kind of slot is filled."""
    mark = language.words["thousands"]
    return {
        "count": lambda dice: _count(dice, mark),
        "small": lambda dice: _same(dice.randint(2, 99)),
        "age": lambda dice: _same(dice.randint(16, 95)),
        "year": lambda dice: _same(dice.randint(1900, 2035)),
        "decimal": lambda dice: number(dice.uniform(0, 10 ** dice.randint(1, 3)), 1, mark),
        "money": lambda dice: number(dice.uniform(0, 10 ** dice.randint(1, 4)), 2, mark),
        "dollar": lambda dice: number(dice.uniform(0.8, 1.5), 4, mark),
        "score": lambda dice: _same(f"{dice.randint(0, 6)}:{dice.randint(0, 5)}"),
        "date": lambda dice: _date(language, dice),
        "clock": lambda dice: _clock(language, dice),
        "man": lambda dice: language.person(dice, female=False, full=dice.random() < 0.8),
        "woman": lambda dice: language.person(dice, female=True, full=dice.random() < 0.8),
    } | {kind: partial(language.pair, kind) for kind in ("city", "country", "weekday", "month", "party", "agency")}


def _fill_values(slots: set[str], language: Language, dice: Random) -> dict[str, Both]:
    """A value for every slot of one template; those that belong together are drawn together."""
    makers = _makers(language)
    office, post = language.pair("office", dice)
    minute = dice.randint(2, 90)
    values = {"office": (office, post), "post": (office, post), "postcap": (office, post[0].upper() + post[1:])}
    values |= {"minute": _same(minute), "minuteth": (str(minute), ordinal(minute))}
    paper = language.pair("paper", dice)
    values |= {"paper": paper, "press": paper}
    for slot in sorted(slots - values.keys()):
        values[slot] = makers[slot.removesuffix("B")](dice)
    return values


def filled(template: tuple[str, str], language: Language, dice: Random) -> Pair:
    """One template with its slots filled."""
    values = _fill_values(set(_SLOT.findall(template[0] + template[1])), language, dice)
    here, english = (
        _SLOT.sub(lambda slot, side=side: values[slot.group(1)][side], text)  # type: ignore[misc]
        for side, text in enumerate(template)
    )
    return Pair(here[0].upper() + here[1:], english[0].upper() + english[1:], "templates")


def made(language: Language, dice: Random, total: int) -> list[Pair]:
    """That many sentences, each template equally often."""
    templates = language.templates
    return [filled(templates[i % len(templates)], language, dice) for i in range(total if templates else 0)]
