"""Figures and names that changed places: each of them is in the original, and yet the sentence says another thing.

Only what both sides have once is looked at. Languages order their clauses differently, so a figure that took along what
it counts ("im Mai gab es 23 Tote", "23 died in May") stays where it belongs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import combinations
from typing import Final

from limitedtimes.translate import measures, neighbours
from limitedtimes.translate.cyrillic import in_latin
from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon
from limitedtimes.translate.names import folded
from limitedtimes.translate.reading import Placed, Reading

MOST: Final = 12
"""Figures or names in a sentence; one with more is a table or a list."""
APART: Final = 2
"""Words from one name to the next; closer ones are one: "Hashimoto Seiko", "Universität von Chicago"."""
NEAR: Final = 4
"""Words from one figure to the next in a span of dates."""
FAR: Final = 4
"""The same where one has the other: "l'EPR de Flamanville", "Flamanville's EPR"."""
KEPT: Final = 0.7
KEPT_FIGURES: Final = 1.3
"""By which the neighbours of two names, or figures, must agree better as they stand than exchanged (`neighbours.kept`).
With less fewer than 95 % of exchanged figures are found in some languages."""
CROSSED: Final = -0.8
"""The same for names in one order: where their neighbours agree so much better exchanged, they changed places."""
SAME_BEGINNING: Final = 8
SHORTEST: Final = 3
PARTICLE: Final = 3
"""Letters of words inside of names: of, for, the, de, del."""
_AND: Final = frozenset("and or y e o u und oder et ou en of ed и или".split())  # noqa: SIM905
_OWNER: Final = frozenset("de del la da do dos das di della dello des du d der von vom van of in from at for".split())  # noqa: SIM905
_VOWELS: Final = "aeiou"
"""At their end names are inflected: Кравчук, Кравчука."""

_PERCENT: Final = ("%", "perc", "proz", "proc", "pour", "por", "per", "проц")
_OF: Final = frozenset(("de", "di", "d"))
_BEFORE_YEAR: Final = frozenset(
    "in since by until during im jahr jahre jahren seit bis en depuis desde nel dal sinds em до с в "  # noqa: SIM905
    "año años année années anno anni jaar jaren ano anos".split()
)
_PARTITIVE: Final = frozenset(("of", "out", "the", "its", "their", "some", "about"))
_DAY: Final = re.compile(r"[12]?\d|3[01]|[^\d]+")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")


def figures(there: Reading, here: Reading, words: Lexicon) -> tuple[str, str] | None:
    """The first two figures of the English that changed places, or that count what the other one did."""
    if not (2 <= len(there.sequence) <= MOST and 2 <= len(here.sequence) <= MOST):
        return None
    pairs = _matched(there.sequence, here.sequence)
    companions = [_companions(there, a, here, b, words) for a, b in pairs] if len(pairs) > 1 else []
    for one, other in combinations(range(len(companions)), 2):
        (was, now), (was_other, now_other) = companions[one], companions[other]
        differ = was != was_other
        exchanged = differ and (now, now_other) == (was_other, was) and not _one_date(pairs[one], pairs[other])
        kept = differ and (was, was_other) == (now, now_other)
        moved = pairs[one][1].first > pairs[other][1].first and not kept and bool(neighbours.pairs(words.language))
        moved = moved and not _is_part(here, pairs[other][1], pairs[one][1])
        dated = (was, was_other).count("year") == 1 and "year" not in (now, now_other)
        if dated and _is_dated(here, pairs[other if was == "year" else one][1]):
            return pairs[one][1].figure.text, pairs[other][1].figure.text  # in 400, and 2009 employees
        if exchanged or (moved and not _took_along(there, here, pairs[one], pairs[other], words)):
            return pairs[one][1].figure.text, pairs[other][1].figure.text
    return None


def _is_dated(here: Reading, placed: Placed) -> bool:
    """Whether a figure stands where a year does."""
    return placed.first > 0 and here.tokens[placed.first - 1] in ("in", "since")


def _is_part(here: Reading, part: Placed, whole: Placed) -> bool:
    """Seven of the 118: others name the whole first, and the reverse makes no sense."""
    between = here.tokens[part.last + 1 : whole.first]
    less = part.figure.alternatives[0][0] < whole.figure.alternatives[0][0]
    return less and "of" in between and _PARTITIVE.issuperset(between)


def _took_along(
    there: Reading, here: Reading, one: tuple[Placed, Placed], other: tuple[Placed, Placed], words: Lexicon
) -> bool:
    """Whether two figures in another order stand beside the same words as before."""
    (was, now), (was_other, now_other) = (((a.first, a.last), (b.first, b.last)) for a, b in (one, other))
    kept = neighbours.kept(there.tokens, (was, was_other), here.tokens, (now, now_other), words.language)
    return kept > KEPT_FIGURES


def _matched(there: Sequence[Placed], here: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Figures that stand for each other, in the order of the original; the first for the first of equal ones."""
    pairs: list[tuple[Placed, Placed]] = []
    for text in dict.fromkeys(placed.figure.text for placed in there):
        mine = [placed for placed in there if placed.figure.text == text]
        values = set(mine[0].figure.alternatives)
        theirs = [placed for placed in here if placed.figure.text == text]
        if not theirs:
            theirs = [placed for placed in here if not values.isdisjoint(placed.figure.alternatives)]
            mine = [placed for placed in there if not values.isdisjoint(placed.figure.alternatives)]
        if len(mine) == len(theirs):
            pairs += zip(mine, theirs, strict=True)
    return sorted(pairs, key=lambda pair: pair[0].first)


def _one_date(one: tuple[Placed, Placed], other: tuple[Placed, Placed]) -> bool:
    """Whether two figures stand so near that one month is that of both: 17. bis 24. Februar."""
    return all(abs(a.first - b.first) <= NEAR for a, b in zip(one, other, strict=True))


Companion = str | int | None
"""What a figure counts: a month by its number, a measure, a year; a name that it belongs to (COVID-19); or unknown."""


def _companions(there: Reading, a: Placed, here: Reading, b: Placed, words: Lexicon) -> tuple[Companion, Companion]:
    """What a figure counts on each side."""
    was, now = _counted(there, a, words), _counted(here, b, lexicon(ENGLISH))
    if was is now is None and a.first and b.first and there.tokens[a.first - 1] == here.tokens[b.first - 1]:
        return there.tokens[a.first - 1], here.tokens[b.first - 1]
    return was, now


def _counted(reading: Reading, placed: Placed, words: Lexicon) -> Companion:
    """What the figure counts, in words that hold in any language."""
    behind = [word for word in reading.tokens[placed.last + 1 : placed.last + 5] if word not in words.scales][:3]
    behind = [word for word in behind if word not in _OF][:2]
    before = reading.tokens[max(placed.first - 1, 0) : placed.first]
    percent = behind[:1] and behind[0].startswith(_PERCENT)
    if not percent and _YEAR.fullmatch(placed.figure.text):
        dated = behind[:1] == ["s"] or any(word in words.months or word in _BEFORE_YEAR for word in before)
        return "year" if dated or any("years" in measures.named(word) for word in behind[:1]) else None
    for word in (*behind[:1], *before, *behind[1:]):
        if word in words.months:
            return words.months[word] if _DAY.fullmatch(placed.figure.text) else "year"
        if thing := next(iter(sorted(measures.named(word))), ""):
            return thing
        if word.startswith(_PERCENT):
            return "%"
    return None


def names(there: Reading, here: Reading, words: Lexicon) -> tuple[str, str] | None:
    """The first two names that changed places, in the order of the English."""
    if len(here.capitals) < 2 or len(there.capitals) < 2 or not neighbours.pairs(words.language):
        return None  # in another order they would all be marked
    alike = frozenset(there.words).intersection(here.words)
    theirs, ours = _names(there, alike), _names(here, alike)
    shared = [name for name in theirs if name in ours]
    if not 2 <= len(shared) <= MOST:
        return None
    for one, other in combinations(shared, 2):
        was, now = (theirs[one], theirs[other]), (ours[one], ours[other])
        if _is_moved(there, was, here, now, words) if now[0] > now[1] else _is_crossed(there, was, here, now, words):
            return here.words[min(now)], here.words[max(now)]
    return None


def _is_moved(there: Reading, was: tuple[int, int], here: Reading, now: tuple[int, int], words: Lexicon) -> bool:
    """Whether two names in another order are neither one, nor took their neighbours along, as a month beside its day
    does."""
    owns = here.words[now[1] + 1 : now[1] + 2] == ["s"]
    if min(now[0] - now[1], abs(was[0] - was[1])) < (FAR if owns else APART) or _are_one(there, was, here, now[::-1]):
        return False
    pairs = [(there.places[a], here.places[b]) for a, b in zip(was, now, strict=True)]
    if any(_dated(there, a, words) and _dated(here, b, lexicon(ENGLISH)) for a, b in pairs):
        return False
    return _kept(there, was, here, now, words) <= KEPT


def _is_crossed(there: Reading, was: tuple[int, int], here: Reading, now: tuple[int, int], words: Lexicon) -> bool:
    """Whether two names in the same order each stand among what the other stood among. An owner stands further away in
    English: "l'usine de Valbrune", "Valbrune's factory"."""
    owns = "s" in (*here.words[now[0] + 1 : now[0] + 2], *here.words[now[1] + 1 : now[1] + 2])
    return now[1] - now[0] > APART and not owns and _kept(there, was, here, now, words) < CROSSED


def _kept(there: Reading, was: tuple[int, int], here: Reading, now: tuple[int, int], words: Lexicon) -> float:
    """How much better the neighbours of two names agree as they stand than exchanged."""
    (one, first), (other, second) = (
        ((there.places[a],) * 2, (here.places[b],) * 2) for a, b in zip(was, now, strict=True)
    )
    return neighbours.kept(there.tokens, (one, other), here.tokens, (first, second), words.language)


def _are_one(there: Reading, was: tuple[int, int], here: Reading, now: tuple[int, int]) -> bool:
    """Whether two names are side by side in a list, or parts of one: Universidad de X de Y, Y University of X."""
    between = there.words[was[0] + 1 : was[1]], here.words[now[0] + 1 : now[1]]
    if all(len(words) == 1 and words[0] in _AND for words in between):
        return True
    owned = there.low[was[1] - 1] in _OWNER and (now[0] == 0 or here.low[now[0] - 1] not in _OWNER)
    return owned and all(word[0].isupper() or len(word) <= PARTICLE for words in between for word in words)


def _dated(reading: Reading, place: int, words: Lexicon) -> bool:
    """Whether a month stands beside a figure."""
    beside = reading.tokens[max(place - 1, 0) : place + 2]
    return reading.tokens[place] in words.months and any(token[0].isdecimal() for token in beside)


@lru_cache(20_000)
def _key(word: str) -> str:
    """What the spellings of a name in several languages have in common."""
    return folded(in_latin(word)).rstrip(_VOWELS)[:SAME_BEGINNING]


def _names(reading: Reading, alike: Set[str]) -> dict[str, int]:
    """The places of the names that a sentence has once: as they are where both sides spell them alike, else by what all
    their spellings have in common."""
    found = [
        (word if word in alike else _key(word), place)
        for place in reading.capitals
        if len(word := reading.words[place]) >= SHORTEST
    ]
    places = dict(found)
    if len(places) < len(found):
        counts = Counter(name for name, _ in found)
        return {name: place for name, place in found if counts[name] == 1}
    return places
