"""Which words are English: those of a spelling dictionary and of two lists beside it, their inflections, and what
regular prefixes and compounds make of common ones.

The lists, written by `training/known_words.py`, have what the dictionary lacks: `lexicons/english.txt` of the English
side of the training texts (newer words, names that news is full of), `lexicons/scowl.txt` of SCOWL, the word lists
of the spelling checkers (American and British, size 80; its licence is in `lexicons/scowl-licence.txt`).
"""

from __future__ import annotations

import unicodedata
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
_PREFIXES: Final = (
    *("anti", "auto", "bio", "counter", "cyber", "eco", "electro", "geo", "hydro", "hyper", "inter", "macro", "mega"),
    *("micro", "mini", "mis", "multi", "nano", "neo", "neuro", "non", "out", "over", "para", "photo", "post", "pre"),
    *("pseudo", "re", "semi", "socio", "sub", "super", "tele", "thermo", "trans", "ultra", "un", "under", "up"),
)
"""Those of which new words are made every day; "con" or "pro" are not, and small models begin made-up words so."""
PART: Final = 4
"""Letters of each part of a compound, and of what a prefix stands before."""
COMMON: Final = 5000
"""How often the dictionary's texts have a word that may be a part of a compound. With rarer and shorter ones more words
that are made of pieces pass for compounds (of planted ones 0.3 % do)."""

_FOREIGN: Final = frozenset(
    {
        *(
            "accompli",
            "alia",
            "bona",
            "cetera",
            "extremis",
            "facie",
            "facto",
            "fait",
            "fide",
            "garde",
            "generis",
            "jure",
        ),
        *("mortem", "prima", "situ", "utero", "vitro", "vivo"),
    }
)
"""Words of phrases that English took whole."""

_LISTS: Final = ("english.txt", "scowl.txt")


@cache
def words(*, listed: bool) -> frozenset[str]:
    """The words of the dictionary, and of the lists if ``listed``, in lower case; those with an apostrophe in parts."""
    found = list(SpellChecker(language="en").word_frequency.words())
    for name in _LISTS if listed else ():
        found += (resources.files(__package__) / "lexicons" / name).read_text(encoding="utf-8").split()
    return _FOREIGN.union(part for word in found for part in word.lower().split("'"))


@cache
def _common() -> frozenset[str]:
    """What compounds are made of."""
    counts = SpellChecker(language="en").word_frequency.dictionary
    return frozenset(word for word, count in counts.items() if count >= COMMON and len(word) >= PART)


def unknown(lower: Iterable[str]) -> set[str]:
    """Of many words in lower case, those that are not English."""
    return {word for word in set(lower).difference(words(listed=True)) if not is_known(word)}


@lru_cache(20_000)  # what news is about comes again and again
def is_known(word: str, *, listed: bool = True, derived: bool = True) -> bool:
    """Whether a word is English, in whatever case and inflection, or too short to say.

    Not ``listed``: by the dictionary and its inflections alone. Not ``derived``: by no prefixes and compounds, of which
    names are made too.
    """
    low = word.lower()
    if _is_inflected(low, listed=listed):
        return True
    plain = unaccented(low)
    return listed and (_is_inflected(plain, listed=True) or (derived and _is_derived(plain)))


def _is_inflected(low: str, *, listed: bool) -> bool:
    known = words(listed=listed)
    if low in known or len(low) < SHORT:
        return True
    return any(
        low.endswith(ending) and len(low) > len(ending) + 2 and low[: -len(ending)] + instead in known
        for ending, instead in _ENDINGS
        if ending != "s" or not low[:-1].endswith(_HISSING)
    )


def _is_derived(low: str) -> bool:
    """Whether it is a known word with a prefix (microplastics), or two common words in one (floodwall, powerlines)."""
    for prefix in _PREFIXES:
        if low.startswith(prefix) and len(low) - len(prefix) >= PART and _is_inflected(low[len(prefix) :], listed=True):
            return True
    common = _common()
    return any(
        whole[:cut] in common and whole[cut:] in common
        for whole in (low, low.removesuffix("s"))
        for cut in range(PART, len(whole) - PART + 1)
    )


def unaccented(low: str) -> str:
    """A word without the marks on its letters: melee for mêlée."""
    if low.isascii():
        return low
    return "".join(char for char in unicodedata.normalize("NFD", low) if not unicodedata.combining(char))
