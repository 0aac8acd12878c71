"""Names that an engine misspelled, put right from the original where both are in the Latin script, or invented.

A word with a capital that is neither English nor in the original, but nearly one that is there and is missing here, is
that one: "Dlan" for "Dylan". What differs as languages differ is left alone: endings ("Tübingen", "Tübinger"; "Habeck",
"Habecks") and transcriptions ("Netanyahu", "Netanjahu"). Where common nouns have capitals too, as in German, only a
word behind another with a capital is a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from limitedtimes.translate import english, neighbours
from limitedtimes.translate.cyrillic import in_latin
from limitedtimes.translate.lexicon import Lexicon
from limitedtimes.translate.reading import Reading

_FRONT: Final = re.compile(r"(?:^|[^\w\s,'’-]\s*)([^\W\d_]+)(?!\w|\s*:)")
"""What begins a sentence, or stands behind a sign that may begin one."""
_OTHER_LETTERS: Final = re.compile("[\u0370-\u03ff\u0530-\u1dbf\u2e80-\ud7ff]{2}")
_PARTS: Final = re.compile(r"[^\W\d_]{2,}")
SHORTEST: Final = 4
ALIKE: Final = 0.75
"""Twice the letters in common to the letters of both, at least (`difflib`)."""
SAME_END: Final = 2
AKIN: Final = 0.65
BEGINNING: Final = 4
"""What is alike in so many letters, or in this ratio, is one name in two languages. Of human translations 0.2 to 1.8 %
have a name that is like nothing in the original (FLORES, newstest2021)."""
MOST: Final = 50
"""Unknown words of a sentence that are looked at, the first; one with more is a list, and each is held beside every
word of the original."""
ENDING: Final = 3
"""Letters, at most, by which a name in one language is longer than in the other."""
_SOUNDS: Final = {"tsch": "c", "sch": "s", "sh": "s", "zh": "s", "ch": "c", "ph": "f", "kh": "h", "ck": "k", "ou": "u"}
_SOUND: Final = re.compile("|".join(_SOUNDS))
_LETTERS: Final = str.maketrans({"w": "v", "y": "i", "j": "i", "z": "s", "ß": "s", "c": "k"})
_DOUBLED: Final = re.compile(r"([bcdfghklmnprstvz])\1")


def mended(original: Reading, rendering: Reading, words: Lexicon) -> tuple[str, list[tuple[str, str]]]:
    """The text with its misspelled names put right, and the pairs of wrong and right; ``words``: the original's."""
    text = rendering.text
    unknown = _unknown(rendering) if words.known else []  # how names are inflected is not known either
    there = _capitalised(original) if unknown else []
    wrong = [word for word in unknown if word not in there]
    if not wrong:
        return text, []
    names = _second_names(original.text, there, words) if words.noun_capitals else there
    missing = [word for word in names if word not in rendering.words]
    pairs: list[tuple[str, str]] = []
    for word in wrong:
        right = max(missing, key=lambda name: _alike(word, name), default="")
        if right and _alike(word, right) >= ALIKE:
            missing.remove(right)
            pairs.append((word, right))
            text = re.sub(rf"\b{word}\b", right, text)
    return text, pairs


def invented(original: str, rendering: Reading) -> list[str]:
    """Words with a capital that are neither English nor like anything in the original: it names nobody of the kind.
    None of an original in letters other than Latin and Cyrillic, whose names cannot be held beside it."""
    unknown = [word for word in _unknown(rendering) if word not in original]
    latin = in_latin(original) if unknown else ""
    if not unknown or _OTHER_LETTERS.search(latin):
        return []
    there = {folded(word) for word in _PARTS.findall(latin)}
    return [word for word in unknown if not _is_akin(folded(word), there)]


def mangled(original: str, rendering: Reading) -> list[str]:
    """Words that are not `invented`, being like one of the original, and are none of its words with another ending:
    "Silban" where it says "Seilbahn", but "Thüring" for "Thüringer". Of an original in other letters nothing is: its
    names may be spelled in several ways."""
    unknown = [word for word in _unknown(rendering) if word not in original]
    if not unknown or in_latin(original) != original:
        return []
    there = [english.unaccented(word.lower()) for word in _PARTS.findall(original)]
    made_up = invented(original, rendering)
    return [
        word
        for word in unknown
        if word not in made_up and not any(_is_inflected(english.unaccented(word.lower()), other) for other in there)
    ]


def left(original: Reading, rendering: Reading, words: Lexicon) -> list[str]:
    """Words with a capital that are the original's own and no names, but common ones whose English is not there:
    "Guerre in Ukraine". Only those at the front, where common words have capitals: elsewhere it is a name that begins
    like one (Châteauroux, Mercadona), as before a colon (Villeurbanne: …). Nothing where nouns have capitals."""
    if words.noun_capitals:
        return []
    pairs, here = neighbours.pairs(words.language), {low[: neighbours.BEGINNING] for low in rendering.low}
    fronts = set(_FRONT.findall(original.text))
    found = []
    for word in _unknown(rendering):
        if word in fronts:
            beginning = word.lower()[: neighbours.BEGINNING]
            said = pairs.get(beginning, frozenset())
            if said and beginning not in said and said.isdisjoint(here):
                found.append(word)
    return found


def _is_inflected(one: str, other: str) -> bool:
    """Whether one is the other, with another ending or in a compound."""
    return other.startswith(one) or (one.startswith(other) and len(one) - len(other) <= ENDING and len(other) > ENDING)


def _is_akin(word: str, others: Set[str]) -> bool:
    """Whether a word may be one of the others in another language's spelling: Genf and Geneva, Zürich and Zurich."""
    begun = word[:BEGINNING]
    if any(len(one) >= BEGINNING and (one[:BEGINNING] == begun or word in one or one in word) for one in others):
        return True
    return any(_is_alike(word, one) for one in others)


def _is_alike(word: str, other: str) -> bool:
    """The quick ratios are never less: most pairs are told apart without the slow one."""
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    return matcher.real_quick_ratio() >= AKIN and matcher.quick_ratio() >= AKIN and matcher.ratio() >= AKIN


def _capitalised(reading: Reading) -> list[str]:
    """Words of four letters and more with a Latin capital at the front only, each once, in order."""
    words = [word for place in reading.capitals if len(word := reading.words[place]) >= SHORTEST]
    return list(dict.fromkeys(word for word in words if word[1:].islower() and word[0] < "\u0250"))


def _unknown(reading: Reading) -> list[str]:
    return [word for word in _capitalised(reading) if not english.is_known(word, derived=False)][:MOST]


def _second_names(text: str, capitalised: Sequence[str], words: Lexicon) -> list[str]:
    """Those that stand right behind another word with a capital that is no article, as a family name does."""
    behind = {
        word
        for before, word in re.findall(r"([^\W\d_]+)(?= ([^\W\d_]{4,}))", text)
        if before[0].isupper() and before.lower() not in words.function_words | words.shared_words
    }
    return [word for word in capitalised if word in behind]


def _alike(one: str, other: str) -> float:
    if one[0] != other[0] or one[-SAME_END:] != other[-SAME_END:] or folded(one) == folded(other):
        return 0.0
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()


@lru_cache(20_000)
def folded(word: str) -> str:
    """What all transcriptions of a name have in common, roughly."""
    low = unicodedata.normalize("NFD", word.lower())
    low = "".join(char for char in low if not unicodedata.combining(char))
    low = _SOUND.sub(lambda sound: _SOUNDS[sound.group()], low)
    return _DOUBLED.sub(r"\1", low.translate(_LETTERS))
