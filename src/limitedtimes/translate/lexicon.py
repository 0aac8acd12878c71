"""What the checks know of a language: its figures, number words, months, weekdays and commonest words.

A language is one TOML file in `lexicons/`; one without a file is read with the rules that hold for most.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

ENGLISH: Final = "en"
_POINT: Final = (
    "am bn cy fa fil ga gu ha he hi ig ja km kn ko mg ml mn mr mt my ne pa sd si sn so st sw ta te th ti tl tn ur xh "
    "yo zh zu"
)
"""Languages without a file that write 1.5 and 12,000, as English does; by the Unicode CLDR 47, as all of these."""
_EITHER: Final = "ar az kk ms"
"""Those of which some countries do, and others write 1,5 and 12.000."""
MOSTLY: Final = 0.92
"""Characters of English for one of most languages."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words are in lower case.

    ``numbers`` must agree between original and translation; ``hints`` may explain a number on the other side;
    ``scales`` multiply the figure before them. ``doubtful`` are months and weekdays that are other words too, and
    count for sure only beside a figure.
    """

    language: str = ""  # ISO 639 code; "" for one without a lexicon
    decimal: str = ","  # the sign of decimals; "" where it may be either
    numbers: Mapping[str, float] = field(default_factory=dict)
    parts: tuple[str, ...] = ()  # of which numbers in one word are made, the longest first: drei, hundert
    starts: frozenset[str] = frozenset()  # the first three letters of the parts
    hints: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    behind_tens: Mapping[str, float] = field(default_factory=dict)  # numbers there only: ninth, neuf, sei
    halves: tuple[tuple[str, ...], ...] = ()  # what says "and a half"
    scales: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)  # scales, or their beginnings, without other words
    months: Mapping[str, int] = field(default_factory=dict)  # 1 to 12
    weekdays: Mapping[str, int] = field(default_factory=dict)  # 1 (Monday) to 7
    doubtful: frozenset[str] = frozenset()
    nights: frozenset[str] = frozenset()  # after these, a weekday may be named by its eve
    capitals: bool = False  # months and weekdays have a capital letter
    comma_groups: bool = False  # in some of its countries 1,500 is what others write 1.500
    noun_capitals: bool = False  # nouns have one, so that most words of a headline do
    known: frozenset[str] = frozenset()  # every word of the above
    negations: frozenset[str] = frozenset()
    idle_negations: frozenset[str] = frozenset()  # two words that together deny nothing
    loose_negations: frozenset[str] = frozenset()  # two words that may deny nothing: ou não
    paired_negations: tuple[tuple[str, str], ...] = ()  # words that may stand for one where both are: ne … plus
    waiting: frozenset[str] = frozenset()  # behind these a negation denies nothing: пока он не пришёл, until he came
    ever: frozenset[str] = frozenset()  # words, or two, for which English may say "ever" or "anybody": que nunca
    near_negations: frozenset[str] = frozenset()  # words that may stand for one
    opposites: tuple[str, ...] = ()  # beginnings that turn a word into its opposite: un, in
    lacking: tuple[str, ...] = ()  # beginnings of words that may
    denying: frozenset[str] = frozenset()  # words that may where the other side has no word for them
    function_words: frozenset[str] = frozenset()  # common, and no English words
    shared_words: frozenset[str] = frozenset()  # common, and English words too
    length: float = MOSTLY  # characters of English for one of its own, at the median of parallel news


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language by its ISO 639 code."""
    file = resources.files(__package__) / "lexicons" / f"{language}.toml"
    if file.is_file():
        return _build(language, tomllib.loads(file.read_text(encoding="utf-8")))
    decimal = "" if language in _EITHER.split() else "." if language in _POINT.split() else ","
    return Lexicon(decimal=decimal, length=_length(language), units=_units().get(language, {}))


def _length(language: str) -> float:
    """Characters of English for one of a language without a lexicon."""
    lengths = _lengths()
    return lengths.get(language) or lengths.get(language.partition("-")[0], MOSTLY)


@cache
def _units() -> Mapping[str, Mapping[str, float]]:
    file = resources.files(__package__) / "lexicons" / "units.toml"
    return {language: _by_word(table) for language, table in tomllib.loads(file.read_text(encoding="utf-8")).items()}


@cache
def _lengths() -> Mapping[str, float]:
    file = resources.files(__package__) / "lexicons" / "lengths.toml"
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    return {language: float(value) for value, languages in rows.items() for language in languages.split()}


@cache
def english_beside(language: str) -> Lexicon:
    """English as it is held against a language: in full, or where that has no lexicon, for its figures only.

    In the latter case words cannot be held against each other; they may still explain a figure (11月: November).
    """
    english = lexicon(ENGLISH)
    if lexicon(language).known:
        return english
    words = {word: (value,) for word, value in {**english.numbers, **english.months}.items()} | dict(english.hints)
    return Lexicon(decimal=english.decimal, hints=words, scales=english.scales, known=frozenset(words))


def _build(language: str, data: Mapping[str, Any]) -> Lexicon:
    scales = _by_word(data.get("scales", {}))
    numbers = _by_word(data.get("numbers", {}))
    for joiner in data.get("joiners", "").split():
        numbers |= _joined(numbers, joiner)
    parts = _parts(numbers | _by_word(data.get("behind_tens", {})), scales) if data.get("compounds") else ()
    hints = _hints(data.get("hints", {}))
    near, denying = data.get("near_negations", "").split(), data.get("denying", "").split()
    months = _by_place(data.get("months", []))
    weekdays = _by_place(data.get("weekdays", []), endings=data.get("day_parts", "").split())
    return Lexicon(
        language=language,
        decimal=data.get("decimal", ","),
        numbers=numbers,
        parts=parts,
        starts=frozenset(word[:3] for word in parts if numbers.get(word) != 1),
        hints=hints,
        behind_tens=_by_word(data.get("behind_tens", {})),
        halves=tuple(tuple(half.split()) for half in data.get("halves", [])),
        scales=scales,
        months=months,
        weekdays=weekdays,
        known=frozenset().union(numbers, hints, scales, months, weekdays),
        doubtful=frozenset(data.get("doubtful", "").split()),
        nights=frozenset(data.get("nights", "").split()),
        capitals=data.get("capitals", False),
        comma_groups=data.get("comma_groups", False),
        noun_capitals=data.get("noun_capitals", False),
        negations=frozenset(data.get("negations", "").split()),
        idle_negations=frozenset(data.get("idle_negations", [])),
        loose_negations=frozenset(data.get("loose_negations", [])),
        paired_negations=tuple((a, b) for a, b in map(str.split, data.get("paired_negations", []))),
        waiting=frozenset(data.get("waiting", "").split()),
        ever=frozenset(data.get("ever", [])),
        opposites=tuple(data.get("opposites", "").split()),
        near_negations=frozenset(word for word in near if not word.endswith("*")),
        lacking=tuple(word[:-1] for word in [*near, *denying] if word.endswith("*")),
        denying=frozenset(word for word in denying if not word.endswith("*")),
        function_words=frozenset(data.get("function_words", "").split()),
        shared_words=frozenset(data.get("shared_words", "").split()),
        length=data.get("length", MOSTLY),
    )


def _by_word(table: Mapping[str, str]) -> dict[str, float]:
    return {word: float(value) for value, words in table.items() for word in words.split()}


def _hints(table: Mapping[str, str]) -> dict[str, tuple[float, ...]]:
    found: dict[str, tuple[float, ...]] = {}
    for value, words in table.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), float(value))
    return found


def _by_place(lines: Iterable[str], *, endings: Iterable[str] = ()) -> dict[str, int]:
    """The words of the first line stand for 1. Every first word also takes the endings: Montag, Montagabend."""
    found: dict[str, int] = {}
    for place, line in enumerate(lines, start=1):
        words = line.split()
        found |= dict.fromkeys([*words, *(words[0] + ending for ending in endings)], place)
    return found


def _joined(numbers: dict[str, float], joiner: str) -> dict[str, float]:
    """Tens with units before them: einundzwanzig."""
    units = {word: value for word, value in numbers.items() if value < 10} | {"ein": 1.0, "een": 1.0}
    tens = {word: value for word, value in numbers.items() if value >= 20}
    return {unit + joiner + ten: low + high for unit, low in units.items() for ten, high in tens.items() if high < 100}


def _parts(numbers: dict[str, float], scales: dict[str, float]) -> tuple[str, ...]:
    """What numbers in one word are made of: number words, hundreds and thousands."""
    found = list(numbers)
    found += [word for word, value in scales.items() if value in (100, 1000)]
    return tuple(sorted(found, key=len, reverse=True))
