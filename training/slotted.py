"""What stands on both sides becomes slots, as `limitedtimes.engines` makes them of any text: figures, and some names.

Slots are numbered at random here, so that each is learned equally well and their order says nothing: what a slot is
called tells the network only which one to put where.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from random import Random

from limitedtimes.engines import slots
from limitedtimes.engines.names import Names, capitalised
from limitedtimes.engines.slots import FIGURE, NAMES, SLOTS, in_english
from limitedtimes.translate.lexicon import ENGLISH, lexicon
from training.clean import Pair
from training.languages import Language

ENGLISH_FIGURE = re.compile(
    r"(?<!\w)(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:/']\d+)*)(?:(?:st|nd|rd|th)\b)?"
)
_AN = re.compile(f"\\b([Aa])n (?=[{SLOTS[0]}-{SLOTS[-1]}{NAMES[0]}-{NAMES[-1]}])")
_LETTERS = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$")


def key(english: str) -> str:
    """What is the same in all spellings of one figure: 11,000 and 11 000; 12.30 and 12:30; 2 and 2nd."""
    return re.sub(r"[, \u00a0\u202f]", "", _ORDINAL.sub("", english)).replace(":", ".")


def slotted(pair: Pair, dice: Random) -> Pair:
    """The pair with a slot on both sides for each figure that both have; others stay figures."""
    here, there = list(FIGURE.finditer(pair.source)), list(ENGLISH_FIGURE.finditer(pair.english))
    if not here or not there:
        return pair
    free, marks = list(there), dice.sample(SLOTS, len(SLOTS))
    left: dict[int, str] = {}
    right: dict[int, str] = {}
    for figure in here:
        wanted = key(in_english(figure.group()))
        match = next((other for other in free if key(other.group()) == wanted), None)
        if match and marks:
            free.remove(match)
            left[figure.start()] = mark = marks.pop()
            right[match.start()] = mark + ("th" if _ORDINAL.search(match.group()) else "")
    source = FIGURE.sub(lambda hit: left.get(hit.start(), hit.group()), pair.source)
    english = ENGLISH_FIGURE.sub(lambda hit: right.get(hit.start(), hit.group()), pair.english)
    return pair._replace(source=source, english=_AN.sub(r"\1 ", english))


NAMED = ("es", "fr", "it", "nl", "pt")
"""Languages in which a capital tells a name."""
NOUNS = ("de",)
"""Languages in which every noun has a capital, and names are told from them (`capitals.py`)."""
HIDDEN = 0.9
"""How many of the names become slots: the network shall be able to spell them too."""


MANY_MEANINGS = frozenset(("acht", "neuf", "sei"))
"""Number words that mean something else too often: attention, new, are."""


def number_words(language: str) -> dict[str, str]:
    """A language's number words and their English; "" for what is no slot: those up to two, those of many meanings,
    those for which English needs two words."""
    english = {value: word for word, value in lexicon(ENGLISH).numbers.items() if value > 2}
    words = lexicon(language)
    numbers = [*words.numbers.items(), *(pair for pair in words.behind_tens.items() if pair[0] in MANY_MEANINGS)]
    return {word: "" if word in MANY_MEANINGS else english.get(value, "") for word, value in numbers if value < 100}


def worded(pair: Pair, words: Mapping[str, str], dice: Random) -> Pair:
    """The pair with a slot on both sides for each number word that both have; others stay words."""
    source, english = pair.source, pair.english
    marks = [slot for slot in dice.sample(SLOTS, len(SLOTS)) if slot not in source + english]
    for start, end in reversed(slots.number_words(source, words)):
        word = re.compile(rf"(?<![\w-]){words[source[start:end].lower()]}(?![\w-])", re.IGNORECASE)
        if marks and word.search(english):
            mark = marks.pop()
            source = source[:start] + mark + source[end:]
            english = word.sub(mark, english, count=1)
    return pair._replace(source=source, english=_AN.sub(r"\1 ", english))


def translated(language: Language, pairs: Iterable[Pair]) -> set[str]:
    """Words with a capital that English mostly spells otherwise or translates, by pairs and by the lists of names."""
    balance: Counter[str] = Counter()
    for pair in pairs:
        english = set(_LETTERS.findall(pair.english))
        for word in capitalised(pair.source):
            if not word.first:
                balance[word.text] += 1 if english.issuperset(_LETTERS.findall(word.text)) else -1
    return {word for word, kept in balance.items() if kept <= 0} | set(_spelled_otherwise(language))


def _spelled_otherwise(language: Language) -> Iterator[str]:
    """The words with a capital of `words.toml` that their English has not."""
    for kind in ("city", "country", "party", "paper", "agency", "month", "weekday"):
        for entry in language.words.get(kind, ()):
            term, _, english = entry.partition("\t")
            kept = english.split() or term.split()
            yield from (word for word in term.split() if word[0].isupper() and word not in kept)


def named(pair: Pair, names: Names, language: str, dice: Random) -> Pair:
    """The pair with a slot on both sides for each name that both spell alike, but for one of ten."""
    source, english, marks = pair.source, pair.english, dice.sample(NAMES, len(NAMES))
    for start, end in reversed(names.runs(source, language)):
        name = re.compile(rf"(?<![\w-]){re.escape(source[start:end])}(?![\w-])")
        if marks and name.search(english) and dice.random() < HIDDEN:
            mark = marks.pop()
            source = source[:start] + mark + source[end:]
            english = name.sub(mark, english, count=1)
    return pair._replace(source=source, english=_AN.sub(r"\1 ", english))
