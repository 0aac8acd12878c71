"""Figures and names that changed places: each of them is in the original, and yet the sentence says another thing.

Only what both sides have once is looked at. Languages order their clauses differently, so a figure that took along what
it counts ("im Mai gab es 23 Tote", "23 died in May") stays where it belongs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from limitedtimes.translate import measures
from limitedtimes.translate.cyrillic import in_latin
from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon
from limitedtimes.translate.names import folded
from limitedtimes.translate.reading import Figure, Reading

MOST: Final = 12
"""Figures or names in a sentence; one with more is a table or a list."""
APART: Final = 2
NOUNS_APART: Final = 3
"""Words from one name to the next; closer ones are one: "Hashimoto Seiko", "Universität von Chicago"."""
FAR: Final = 4
"""The same where one has the other: "l'EPR de Flamanville", "Flamanville's EPR"."""
SAME_BEGINNING: Final = 6
SHORTEST: Final = 3

_WORD: Final = re.compile(r"[^\W\d_]+")
_BESIDE: Final = re.compile(r"[^\W\d_]+|[€$£¥₽%]")
_BREAK: Final = re.compile(r"[\d,;:()]")
_PERCENT: Final = ("%", "perc", "proz", "proc", "pour", "por", "per", "проц")
_BEFORE_YEAR: Final = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "from",
        "of",
        "to",
        "during",
        "im",
        "seit",
        "bis",
        "von",
        "en",
        "depuis",
        "desde",
        "nel",
        "dal",
        "in",
        "sinds",
        "em",
    ]
)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_REACH: Final = 24
"""Characters beside a figure in which the word for what it counts stands."""


@dataclass(frozen=True, slots=True)
class Name:
    word: str
    place: int  # among the words of its sentence
    owns: bool  # 's


def figures(original: str, text: str, *, there: Reading, here: Reading, words: Lexicon) -> tuple[str, str] | None:
    """The first two figures of the English that changed places, or that count what the other one did."""
    if not 2 <= min(len(there.sequence), len(here.sequence)) <= max(len(there.sequence), len(here.sequence)) <= MOST:
        return None
    ours = lexicon(ENGLISH)
    pairs = _matched(there.sequence, here.sequence)
    companions = [(_counted(original, a.text, words), _counted(text, b.text, ours)) for a, b in pairs]
    places = [next(i for i, figure in enumerate(here.sequence) if figure is b) for _, b in pairs]
    for one, other in combinations(range(len(pairs)), 2):
        (was, now), (was_other, now_other) = companions[one], companions[other]
        exchanged = was != was_other and now == was_other and now_other == was
        kept = was != was_other and (was, was_other) == (now, now_other)
        if exchanged or (places[one] > places[other] and not kept):
            return pairs[one][1].text, pairs[other][1].text
    return None


def _matched(there: Sequence[Figure], here: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Figures that stand for each other, and for no third one, in the order of the original."""
    pairs = [(a, b) for a in there for b in here if not set(a.alternatives).isdisjoint(b.alternatives)]
    firsts, seconds = Counter(id(a) for a, _ in pairs), Counter(id(b) for _, b in pairs)
    return [(a, b) for a, b in pairs if firsts[id(a)] == seconds[id(b)] == 1]


def _counted(text: str, figure: str, words: Lexicon) -> str | None:
    """What the figure counts, in words that hold in any language: a month, a measure, per cent, a year; else None."""
    place = re.search(rf"(?<![\w.,]){re.escape(figure.split('-', maxsplit=1)[0])}", text)
    if not place:
        return None
    behind = [word.lower() for word in _BESIDE.findall(_BREAK.split(text[place.end() : place.end() + _REACH])[0])[:2]]
    before = [word.lower() for word in _BESIDE.findall(_BREAK.split(text[: place.start()][-_REACH:])[-1])[-2:]]
    for word in (*behind[:1], *before[-1:], *behind[1:]):
        if word in words.months:
            return str(words.months[word])
        if thing := next(iter(sorted(measures.named(word))), ""):
            return thing
        if word.startswith(_PERCENT):
            return "%"
    return "year" if _YEAR.fullmatch(figure) and before and before[-1] in _BEFORE_YEAR else None


def names(original: str, text: str, words: Lexicon) -> tuple[str, str] | None:
    """The first two names that changed places, in the order of the English."""
    there, here = _names(in_latin(original)), _names(text)
    shared = [name for name in there if name in here]
    if not 2 <= len(shared) <= MOST:
        return None
    apart = NOUNS_APART if words.noun_capitals else APART
    for one, other in combinations(shared, 2):
        if here[one].place > here[other].place and not _belong(there, here, one, other, apart=apart):
            return here[other].word, here[one].word
    return None


def _belong(there: Mapping[str, Name], here: Mapping[str, Name], one: str, other: str, *, apart: int) -> bool:
    """Whether two names are one, or one has the other."""
    near = min(here[one].place - here[other].place, abs(there[one].place - there[other].place))
    return near < (FAR if here[other].owns else apart)


def _names(text: str) -> dict[str, Name]:
    """The names that a sentence has once, by what all their spellings have in common."""
    words = _WORD.findall(text)
    found = [
        (folded(word)[:SAME_BEGINNING], Name(word, place, words[place + 1 : place + 2] == ["s"]))
        for place, word in enumerate(words)
        if len(word) >= SHORTEST and word[0].isupper()
    ]
    counts = Counter(key for key, _ in found)
    return {key: name for key, name in found if counts[key] == 1}
