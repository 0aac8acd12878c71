"""What a sentence says in figures, number words and dates, in whatever way its language writes them.

A figure may be read in several ways ("18.51" is a number, a time or a date), so it carries alternatives, each a group
of values that must all be found on the other side. Nothing here compares: see `figures` and `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from limitedtimes.translate import calendars, numerals, scripts
from limitedtimes.translate.lexicon import Lexicon

Values = tuple[float, ...]

_TOKEN: Final = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"  # a word, its accents composed or not
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])|\d+(?:[.,:/’']\d+)*"  # or a figure, with its separators
    r"|[€$£¥₽%]"
)
_SQUARE: Final = re.compile(r"\b([kcdm]?m)[23]\b")
_BRACKETED: Final = re.compile(r"\[(\w{1,3})\](?=\w)")
_ODD: Final = re.compile(r"m[23]\b|\]\w")
"""What km2 and [w]hile have, found faster."""
_DATE: Final = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])(\.\d{2,4})?")
_PERHAPS_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
_YEAR: Final = re.compile(r"1\d{3}|20\d\d")
_RANGE: Final = re.compile(r"\d{4}[-–/]\d\d\b")
_SEPARATOR: Final = re.compile(r"[^\d]")
_BETWEEN_DAY_AND_MONTH: Final = frozenset({"th", "st", "nd", "rd", "of", "the", "de", "di", "er", "e", "º", "ª"})
_HOUR: Final = re.compile(r"(?:1[0-2]|0?[1-9])\.[0-5]\d")
_CLOCKS: Final = frozenset({"gmt", "utc", "hours", "hrs", "local"})
_ANY_SCALE: Final = (1e3, 1e6, 1e9, 1e12)
"""What the word behind a figure may mean in a language whose words for thousand and million are not known."""
_SCALES_OF_ASIA: Final = (1e4, 1e5, 1e7, 1e11)
WHOLE: Final = 5
"""Letters of a word from which others that begin with it are its forms."""
_COUNTS_IN_LAKHS: Final = re.compile("[\u0600-\u06ff\u0900-\u0dff]")
"""Scripts some of whose languages count in lakhs and crores, in more forms than `scripts` knows."""
_WRITES_FIGURES: Final = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|(?!조)[\uac00-\ud7a3]")
"""Those whose figures `scripts` knows."""
_PER: Final = frozenset({"per", "por", "pro"})
_ROMAN: Final = re.compile(r"(X{0,3}(?:IX|IV|V?I{0,3}))(?:e|er|ème|º)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, and the ways to read it."""

    text: str
    alternatives: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure, or what number words say together, and its first and last token."""

    figure: Figure
    first: int
    last: int


@dataclass(slots=True)
class Reading:
    """One sentence, read. Sets hold what may support the other side; ``figures`` and ``said`` what must be there."""

    text: str
    tokens: list[str]  # words, figures and signs, in lower case
    words: list[str]  # in the order and case of the text
    low: list[str]  # the words in lower case
    capitals: list[int]  # the places of words with a capital
    figures: list[Figure] = field(default_factory=list)
    said: list[tuple[str, float]] = field(default_factory=list)  # number words and their values
    sequence: list[Placed] = field(default_factory=list)  # figures and number words as they follow each other
    values: set[float] = field(default_factory=set)
    months: dict[int, str] = field(default_factory=dict)
    weekdays: dict[int, str] = field(default_factory=dict)
    perhaps_months: set[int] = field(default_factory=set)
    perhaps_weekdays: set[int] = field(default_factory=set)
    days: dict[int, set[int]] = field(default_factory=dict)  # month → days of it
    _places: list[int] = field(default_factory=list)

    @property
    def places(self) -> list[int]:
        """The place among the tokens of each word."""
        if not self._places:
            words = (token[0].isalnum() and not token[0].isdecimal() for token in self.tokens)
            self._places.extend(place for place, is_word in enumerate(words) if is_word)
        return self._places


def read(text: str, lexicon: Lexicon) -> Reading:
    """Everything that the checks need of a sentence, in one pass over its words."""
    plain = _BRACKETED.sub(r"\1", _SQUARE.sub(r"\1", text)) if _ODD.search(text) else text
    spelled = _TOKEN.findall(plain if lexicon.known else scripts.in_our_figures(plain))
    tokens = [token.lower() for token in spelled]
    words = [token for token in spelled if token[0].isalnum() and not token[0].isdecimal()]
    low_words = tokens if len(words) == len(tokens) else [word.lower() for word in words]
    capitals = [place for place, word in enumerate(words) if word[0].isupper()]
    reading = Reading(text, tokens, words, low_words, capitals)
    known, starts = lexicon.known, lexicon.starts
    behind = 0  # the number words that were read last
    for index, low in enumerate(tokens):
        if low in known:
            if index >= behind and _begins_number(tokens, index, lexicon):
                behind = _add_spoken(reading, spelled, index, lexicon)
            _add_word(reading, spelled[index], index, lexicon)
        elif low[0].isdecimal():
            _add_figure(reading, low, index, lexicon)
        elif starts and low[:3] in starts:
            _add_compound(reading, spelled[index], index, lexicon)
        elif spelled[index][0] in "IVX" and (roman := _ROMAN.fullmatch(spelled[index])):
            _add_roman(reading, roman[1], index)
    if not lexicon.known:
        reading.values.update(scripts.written(plain))
    return reading


def _begins_number(tokens: Sequence[str], index: int, lexicon: Lexicon) -> bool:
    """Whether a number word stands there, or a scale with one behind it: a hundred and fifty, mil cuatrocientos."""
    token = tokens[index]
    if not lexicon.numbers:
        return False
    if token in lexicon.numbers:
        return True
    if lexicon.scales.get(token) not in (100, 1000) or (index and tokens[index - 1][0].isdecimal()):
        return False
    if index and tokens[index - 1] in _PER:
        return False  # por ciento
    return numerals.spoken(tokens, index, lexicon)[1] > index + 1


def _add_roman(reading: Reading, text: str, index: int) -> None:
    """Charles III is not Charles II: a numeral of two letters or more is a figure; one letter may be anything."""
    value = _roman(text)
    reading.values.add(value)
    if len(text) > 1:
        reading.figures.append(Figure(text, ((value,),)))
        reading.sequence.append(Placed(reading.figures[-1], index, index))


def _add_figure(reading: Reading, text: str, index: int, lexicon: Lexicon) -> None:
    alternatives = readings(text, lexicon.decimal)
    if lexicon.comma_groups and _PERHAPS_THOUSANDS.fullmatch(text):
        alternatives = (*alternatives, (float(text.replace(",", "")),))
    if following := reading.tokens[index + 1 : index + 3]:
        if _HOUR.fullmatch(text) and _half_of_day(following):
            alternatives = (tuple(map(_value, text.split("."))),)  # 6.51pm
        alternatives = _in_context(alternatives, following, lexicon)
    before = reading.tokens[index - 1] if index else ""
    if not lexicon.known:
        alternatives = _in_unknown_words(alternatives, before, following, lexicon)
        numbers = [values[0] for values in alternatives if len(values) == 1]
        alternatives += tuple((year,) for one in numbers for year in calendars.ours(one, before, reading.text))
    if len(text) == 2 and _YEAR.fullmatch(before) and _RANGE.search(reading.text):
        alternatives = (*alternatives, (float(before[:2] + text),))  # 2010–11
    if date := _DATE.fullmatch(text):
        reading.perhaps_months.add(int(date[2]))
        if date[3]:
            reading.months.setdefault(int(date[2]), text)
    reading.figures.append(Figure(text, alternatives))
    reading.sequence.append(Placed(reading.figures[-1], index, index))
    for values in alternatives:
        reading.values.update(values)


def _in_unknown_words(
    alternatives: tuple[Values, ...], before: str, following: Sequence[str], lexicon: Lexicon
) -> tuple[Values, ...]:
    """What a figure may be where few of the words beside it are known: thousands, millions."""
    beside = following[0] if following else ""
    by, exact = _unit(beside, lexicon.units)
    if by and following[1:]:
        by *= _unit(following[1], lexicon.units)[0] or 1.0  # nghìn tỷ, هزار میلیارد
    if not by:
        by, exact = _unit(before, lexicon.units)  # milioni 3.5
    if by:
        scales: tuple[float, ...] = (by,)
    else:
        scales = () if _WRITES_FIGURES.match(beside) or not (beside + before)[:1].isalpha() else _ANY_SCALE
        scales += _SCALES_OF_ASIA if _COUNTS_IN_LAKHS.match(beside) else ()
    scaled = tuple((_tidy(values[0] * by),) for values in alternatives if len(values) == 1 for by in scales)
    return scaled if exact else alternatives + scaled


def _unit(word: str, units: Mapping[str, float]) -> tuple[float, bool]:
    """What a word counts in, or 0, and whether it is that word for sure: a millionaire begins with one too."""
    if word in units:
        return units[word], True
    found = next((word[:end] for end in range(len(word) - 1, WHOLE - 1, -1) if word[:end] in units), "")
    return units.get(found, 0.0), False


def _in_context(alternatives: tuple[Values, ...], following: list[str], lexicon: Lexicon) -> tuple[Values, ...]:
    """What the next words make of a figure: 1,2 Milliarden; 6:51 p.m.; 90er."""
    word, first = following[0], alternatives[0]
    if word in lexicon.scales:
        by = lexicon.scales[word]
        if following[1:] and 1e3 == by < lexicon.scales.get(following[1], 0):
            by *= lexicon.scales[following[1]]  # 15 mil millones
        scaled = tuple((_tidy(values[0] * by),) for values in alternatives if len(values) == 1)
        return scaled + (alternatives if len(word) == 1 or not scaled else ())  # "m" may be a metre
    if word == "s" and first[0] % 10 == 0:
        century = ((first[0] // 100 + 1,),) if first[0] >= 1000 and first[0] % 100 == 0 else ()
        return (*alternatives, (first[0] % 100,), *century)  # the 1950s, os anos cinquenta; the 1700s, siglo XVIII
    if word in _CLOCKS and len(str(int(first[0]))) in (3, 4) and first[0] % 100 < 60:
        hours, minutes = divmod(first[0], 100)
        return (*alternatives, (hours, minutes), *(((hours,),) if not minutes else ()))  # 1200 GMT
    half = _half_of_day(following)
    if half == "p" and first[0] < 12:
        return (*alternatives, *((values[0] + 12, *values[1:]) for values in alternatives))
    if half == "a" and first[0] == 12:
        return (*alternatives, (0.0, *first[1:]), (24.0, *first[1:]))
    return alternatives


def _half_of_day(following: Sequence[str]) -> str:
    """ "a" or "p" where am or p.m. follows a figure, else ""."""
    word = following[0]
    return word[0] if word in {"pm", "am"} else word if following[1:] == ["m"] and word in {"a", "p"} else ""


def _add_word(reading: Reading, word: str, index: int, lexicon: Lexicon) -> None:
    low = reading.tokens[index]
    if low in lexicon.hints:
        by = lexicon.scales.get(reading.tokens[index + 1], 0.0) if index + 1 < len(reading.tokens) else 0.0
        reading.values.update(lexicon.hints[low], (_tidy(value * by) for value in lexicon.hints[low] if by))
    if low in lexicon.scales:
        reading.values.add(lexicon.scales[low])
    if low in lexicon.months and (word[0].isupper() or not lexicon.capitals):
        _add_month(reading, word, lexicon.months[low], index=index, lexicon=lexicon)
    elif low in lexicon.weekdays and (word[0].isupper() or not lexicon.capitals):
        _add_weekday(reading, word, lexicon.weekdays[low], index=index, lexicon=lexicon)


def _add_spoken(reading: Reading, spelled: Sequence[str], index: int, lexicon: Lexicon) -> int:
    """The number that number words say from a place on; gives the place behind them."""
    value, end = numerals.spoken(reading.tokens, index, lexicon)
    if end > index + 1 and not re.search(r"[\s\-–]+".join(map(re.escape, spelled[index:end])), reading.text):
        value, end = numerals.spoken(reading.tokens[index : index + 1], 0, lexicon)[0], index + 1  # fifty, four
    said = [place for place in range(index, end) if reading.tokens[place] not in numerals.JOINERS]
    for place in said:
        token = reading.tokens[place]
        reading.values.update(number for table in (lexicon.numbers, lexicon.scales) if (number := table.get(token)))
    _say(reading, "-".join(spelled[place] for place in said), value, (index, end - 1))
    return end


def _say(reading: Reading, text: str, value: float, span: tuple[int, int]) -> None:
    reading.values.add(value)
    if value != 1:  # "one" is an article as often as a number
        reading.said.append((text, value))
        reading.sequence.append(Placed(Figure(text, ((value,),)), *span))


def _add_compound(reading: Reading, word: str, index: int, lexicon: Lexicon) -> None:
    """A number written as one word, or a word that begins with one."""
    value, whole = numerals.begun(reading.tokens[index], lexicon)
    if whole:
        by = lexicon.scales.get(reading.tokens[index + 1], 1) if index + 1 < len(reading.tokens) else 1
        _say(reading, word, _tidy(value * by), (index, index))
    elif value:
        reading.values.add(value)


def _add_weekday(reading: Reading, word: str, day: int, *, index: int, lexicon: Lexicon) -> None:
    """In der Nacht zum Sonntag is Saturday night in English: either day will do."""
    reading.perhaps_weekdays.add(day)
    if not lexicon.nights.isdisjoint(reading.tokens[max(index - 2, 0) : index]):
        reading.perhaps_weekdays.add((day + 5) % 7 + 1)
    elif word.lower() not in lexicon.doubtful:
        reading.weekdays.setdefault(day, word)


def _add_month(reading: Reading, word: str, month: int, *, index: int, lexicon: Lexicon) -> None:
    days = _days_beside(index, reading.tokens)
    reading.perhaps_months.add(month)
    if days or word.lower() not in lexicon.doubtful:
        reading.months.setdefault(month, word)
    if days:
        reading.days.setdefault(month, set()).update(days)


def _days_beside(index: int, tokens: list[str]) -> list[int]:
    """The day before the month ("10. November", "10th of November") or after it ("November 10")."""
    before = index - 1
    while before >= 0 and tokens[before] in _BETWEEN_DAY_AND_MONTH:
        before -= 1
    beside = [tokens[before] if before >= 0 else "", tokens[index + 1] if index + 1 < len(tokens) else ""]
    return [int(text) for text in beside if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31]


def readings(text: str, decimal: str) -> tuple[Values, ...]:
    """The ways to read a figure, the likeliest first. ``decimal`` is the language's decimal sign, "" if it has two."""
    if not decimal:
        return tuple(dict.fromkeys((*readings(text, "."), *readings(text, ","))))
    separators = _SEPARATOR.findall(text)
    if not separators:
        value = _value(text)
        return ((value,), (value + 1900,)) if len(text) == 2 and text[1] == "0" else ((value,),)  # die 90er, the 1990s
    parts = _SEPARATOR.split(text)
    grouped = len(parts[0]) <= 3 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:])
    if grouped and decimal not in separators and not {":", "/"} & set(separators):
        return ((_value("".join(parts)),),)
    if separators.count(decimal) == 1 and separators[-1] == decimal and not {":", "/"} & set(separators):
        return ((_value("".join(parts[:-1]) + "." + parts[-1]),),)
    return _compound_readings(parts, separators)


def _compound_readings(parts: list[str], separators: list[str]) -> tuple[Values, ...]:
    """Dates, times, scores, seasons: 10.11.2023, 18.51, 1:0, 2020/21."""
    numbers = tuple(map(_value, parts))
    found = [numbers]
    if separators in (["."], [","]):
        found.append((_value(".".join(parts)),))
    if separators == ["/"] and len(parts[0]) == 4 and len(parts[1]) == 2:
        found.append((numbers[0], float(parts[0][:2] + parts[1])))
    if parts[-1] == "00":
        found.append(numbers[:-1])
    if separators[0] == "." and 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12:
        year = () if len(parts) == 2 else (numbers[2],)
        found.append((numbers[0], *year))  # a date: its month is a word on the other side
    return tuple(found)


def _value(figure: str) -> float:
    return min(float(figure), scripts.LARGEST)


def _roman(text: str) -> float:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in text]
    return float(sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True)))


def _tidy(value: float) -> float:
    return round(value, 6)
