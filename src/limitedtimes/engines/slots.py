"""Figures travel past the network, not through it: each is sent as a slot, and comes back as it was.

A network that spells figures digit by digit now and then spells others ("11.000" → "111,000"). So a model whose card
says so was trained on text in which figures are slots, single characters that it only has to put in their place;
what stands in a slot is then written the English way by rule. Standard library only: the training uses it too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Final

COUNT: Final = 12
SLOTS: Final = tuple(chr(0xE001 + number) for number in range(COUNT))
"""Characters for private use: none of them is in any publisher's text, once `hide` has been over it."""
NAMES: Final = tuple(chr(0xE011 + number) for number in range(8))
"""Others, in which names travel (see `names.py`)."""

FIGURE: Final = re.compile(
    r"""(?<!\w)(?:
        \+\d[\d\ ()/-]{6,}\d                                   # +49 30 123456
      | \d{1,2}[\ \u00a0\u202f]?[hH][\ \u00a0\u202f]?\d\d(?!\w)  # 12h30
      | \d{1,3}(?:[\ \u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)        # 11 000,5
      | \d+(?:[.,:/’']\d+)*                                     # 11.000,5  3:1  12.03.2024  2023/24
    )""",
    re.VERBOSE,
)
_WORD: Final = re.compile(r"(?<![\w-])[^\W\d_\ue000-\uf8ff]+(?![\w-])")
_JOINERS: Final = frozenset({"y", "e", "et", "en", "und"})
"""What stands between the words of one number: treinta y dos."""
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_CLOCK: Final = re.compile(r"(\d+)[ \u00a0\u202f]?[hH][ \u00a0\u202f]?(\d\d)")
_POINTS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_COMMA: Final = re.compile(r"\d+,\d+")
_PERHAPS_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
_NETWORK: Final = re.compile(r"(?:(?:1?\d?\d|2[0-4]\d|25[0-5])\.){3}(?:1?\d?\d|2[0-4]\d|25[0-5])")
COMMA_GROUPS: Final = frozenset({"es"})
"""Languages in some of whose countries 1,500 is what others write 1.500 (Mexico, Central America)."""
_SPACES: Final = re.compile("(?<=\\d)[ \u00a0\u202f’'](?=\\d{3})")
_FILLED: Final = re.compile(r"(?:\b([Aa]n?) )?([\ue001-\ue00c\ue011-\ue018])(?:(st|nd|rd|th)\b)?")
_BEFORE_ARTICLE: Final = re.compile(r"(?:^|[.!?:\"“(]\s*)$")
_THE: Final = re.compile(r"\b[Tt]he $")
_BEGINNING: Final = re.compile(r"(?:^\W*|[.!?][\"”)]?\s+[\"“(]?)$")


def in_english(figure: str, language: str = "") -> str:
    """A figure as English writes it: 11.000 and 11 000 → 11,000; 3,5 → 3.5; 12h30 → 12:30.

    Others stay: telephone and network numbers, and what may be either ("1,500" in Spanish).
    """
    doubtful = language in COMMA_GROUPS and _PERHAPS_THOUSANDS.fullmatch(figure)
    if doubtful or figure[0] == "+" or _NETWORK.fullmatch(figure):
        return figure
    if clock := _CLOCK.fullmatch(figure):
        return f"{clock[1]}:{clock[2]}"
    if _POINTS.fullmatch(figure):
        return figure.translate({ord("."): ",", ord(","): "."})
    figure = figure.replace(",", ".") if _COMMA.fullmatch(_SPACES.sub("", figure)) else figure
    return figure if figure[0] == "0" else _SPACES.sub(",", figure)


def clean(text: str) -> str:
    """Without what could be taken for a slot."""
    return _PRIVATE.sub("", text)


def hide(text: str, language: str = "") -> tuple[str, dict[str, str]]:
    """A clean text with a slot for each of its first COUNT figures, and those figures in English, by slot."""
    values: dict[str, str] = {}

    def slot(figure: re.Match[str]) -> str:
        if len(values) == COUNT:
            return figure.group()
        free = SLOTS[len(values)]
        values[free] = in_english(figure.group(), language)
        return free

    return FIGURE.sub(slot, text), values


def number_words(text: str, words: Mapping[str, str]) -> list[tuple[int, int]]:
    """Where number words stand that have an English word of their own.

    One beside another, whether that has an English word or not, is left alone, for it may be part of a longer number
    ("treinta y dos", "двадцать один").
    """
    found = [(word.span(), word.group().lower()) for word in _WORD.finditer(text)]
    numbers = [place for place, (_, word) in enumerate(found) if word in words]
    parts = {
        place
        for one, other in itertools.pairwise(numbers)
        if other == one + 1 or (other == one + 2 and found[one + 1][1] in _JOINERS)
        for place in (one, other)
    }
    return [found[place][0] for place in numbers if place not in parts and words[found[place][1]]]


def hide_words(text: str, values: Mapping[str, str], words: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Number words too, in the slots that figures have left; ``words`` gives the English of each, "" for none."""
    places = dict(zip(SLOTS[len(values) :], number_words(text, words), strict=False))
    found = {slot: words[text[start:end].lower()] for slot, (start, end) in places.items()}
    for slot, (start, end) in reversed(places.items()):
        text = text[:start] + slot + text[end:]
    return text, {**values, **found}


def lost(text: str, values: Mapping[str, str], slots: Sequence[str] = (*SLOTS, *NAMES)) -> int:
    """How many of the slots a translation has not exactly once, or has though nothing stands in them."""
    return sum(text.count(slot) != (slot in values) for slot in slots)


def fill(text: str, values: Mapping[str, str]) -> str:
    """What stood in the slots, with the article and the ordinal that it asks for (an 8th, a 2nd, an Ostrava)."""

    def filled(found: re.Match[str]) -> str:
        article, slot, ordinal = found.groups()
        value = values.get(slot, "")
        if value.startswith("the ") and _THE.search(text, 0, found.start()):
            value = value.removeprefix("the ")
        if value.partition(" ")[0].islower() and not article and _BEGINNING.search(text, 0, found.start()):
            value = value[0].upper() + value[1:]
        if article and (article[0] == "a" or _BEFORE_ARTICLE.search(text, 0, found.start())):  # else a road: the A 8
            article = article[0] + ("n" if _begins_with_vowel(value) else "")
        return (f"{article} " if article else "") + value + (_ordinal(value) if ordinal and value else "")

    return _FILLED.sub(filled, text)


def _begins_with_vowel(value: str) -> bool:
    """Eight, eleven, eighteen, eighty, eight hundred, and these in thousands or millions; a name by its letter."""
    if value[:1].isalpha():
        return value[0] in "AEIOaei"
    head = re.match(r"\d+", value.partition(",")[0])
    return bool(head and (head[0][0] == "8" or head[0] in ("11", "18", "1100", "1800")))


def _ordinal(value: str) -> str:
    """What makes it an ordinal; nothing of a year or a decimal, which the network took for one."""
    if not value.replace(",", "").isdecimal() or (len(value) > 3 and "," not in value):
        return ""
    if value[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(value[-1], "th")
