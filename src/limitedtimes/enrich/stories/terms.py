"""The terms of an English text: its words without their plurals, its numbers, its names and pairs of names."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SILENT: Final = (
    "the and for are was were has have had been being but not you your his her hers its our their they them this "
    "that these those with from into onto over under about after before again against also all any both each few "
    "more most other others some such only own same than then too very can could will would shall should may "
    "might must did does doing done who whom whose which what when where why how there here out off down upon per "
    "via yet nor one two three four five six seven eight nine ten first second third last next new old many much "
    "several said say says saying told tell according told added year years day days week weeks month months time "
    "times today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february "
    "march april june july august september october november december people man men woman women made make makes "
    "making get gets got take takes took taken come comes came become became give given gave still even just like "
    "well however because while during between through until since without within around among although though "
    "she him himself herself itself themselves i'm it's don't we're us he if in is it of on or so to up we as at "
    "be by do go an am no me my per cent percent"
)
SILENT: Final = frozenset(_SILENT.split())
"""Words that stand in the news of every day. The archive's own counts silence others in time."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How often each term stands in a text, and which of them are names."""

    counts: Counter[str]
    names: frozenset[str]


def terms(sentences: Iterable[str]) -> Terms:
    """The terms of some sentences."""
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for sentence in sentences:
        before = ""
        for place, found in enumerate(_TOKEN.findall(sentence)):
            word = _plain(found)
            if not _speaks(word):
                before = ""
                continue
            counts[word] += 1
            capital = found[0].isupper()
            if capital and place:  # the first word of a sentence has a capital whatever it is
                names.add(word)
            if capital and before:
                pair = f"{before} {word}"
                counts[pair] += 1
                names.add(pair)
            before = word if capital else ""
    return Terms(counts, frozenset(names))


def number_of(term: str) -> int:
    """A term as 63 bits, which every database takes. Of a million terms two are one with a chance of 1 in 10⁷."""
    return int.from_bytes(hashlib.blake2b(term.encode(errors="surrogatepass"), digest_size=8).digest(), "big") >> 1


def _plain(word: str) -> str:
    """Lower case, without ``'s`` and a plural's s (Harman's S-stemmer, 1991)."""
    word = _POSSESSIVE.sub("", word.casefold())
    if word.endswith("ies") and len(word) > 4 and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("s") and len(word) > 3 and word[-2] not in "us":
        return word[:-1]
    return word


def _speaks(word: str) -> bool:
    if word[0].isdecimal():
        return len(word) > 1
    return word not in SILENT and (len(word) > 2 or not word.isascii())
