"""Which words are English: those of a spelling dictionary, their inflections, and those of our own list beside it.

The list (`lexicons/english.txt`, written by `training/known_words.py`) has what the dictionary lacks of the English
side of the training texts: newer words, British spellings, and names that news is full of.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from spellchecker import SpellChecker

# What an inflected or British form may end in, and what stands there in a form that the dictionary may have instead.
_ENDINGS: Final = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("d", "")),
    *(("er", ""), ("ers", ""), ("ier", "y"), ("ly", ""), ("ness", ""), ("isation", "ization")),
    *(("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("our", "or")),
)
_HISSING: Final = ("s", "x", "z", "sh")
"""Words that end so take "es", not "s": no crosss."""
SHORT: Final = 3
"""Shorter words may be anything: units, initials, the end of "isn't"."""


@cache
def words(*, listed: bool) -> frozenset[str]:
    """The words of the dictionary, and of the list if ``listed``, in lower case; those with an apostrophe in parts."""
    found = list(SpellChecker(language="en").word_frequency.words())
    if listed:
        found += (resources.files(__package__) / "lexicons" / "english.txt").read_text(encoding="utf-8").split()
    return frozenset(part for word in found for part in word.lower().split("'"))


def unknown(lower: Iterable[str]) -> set[str]:
    """Of many words in lower case, those that are not English."""
    return {word for word in set(lower).difference(words(listed=True)) if not is_known(word)}


@lru_cache(20_000)  # what news is about comes again and again
def is_known(word: str, *, listed: bool = True) -> bool:
    """Whether a word is English, in whatever case and inflection, or too short to say."""
    low, known = word.lower(), words(listed=listed)
    if low in known or len(low) < SHORT:
        return True
    return any(
        low.endswith(ending) and len(low) > len(ending) + 2 and low[: -len(ending)] + instead in known
        for ending, instead in _ENDINGS
        if ending != "s" or not low[:-1].endswith(_HISSING)
    )
