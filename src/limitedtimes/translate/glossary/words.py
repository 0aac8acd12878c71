"""Words and what stands between them, in all scripts; without spaces, every place may be a word's edge."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_SPACELESS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Marks count as letters here: Python's \w leaves out the vowel signs of Arabic, Hebrew and the scripts of India.
_MARKS: Final = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_INDIC: Final = "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_LETTER: Final = rf"(?:[^\W_{_SPACELESS}]|[{_MARKS}{_INDIC}])"
_WORD: Final = re.compile(rf"{_LETTER}+(?:[-\u2010\u2011]{_LETTER}+)*")
_IS_SPACELESS: Final = re.compile(f"[{_SPACELESS}]")
_KATAKANA: Final = re.compile("[\u30a0-\u30ff\u31f0-\u31ff]")
_ALIKE: Final = str.maketrans(
    {"ё": "е", "Ё": "Е", "’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " "}
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text; ``gap`` is what stands between it and the one before."""

    text: str
    start: int
    end: int
    gap: str


def same(text: str) -> str:
    """The text as it is compared: composed, with one kind of apostrophe, hyphen and space, and the Russian ё as most
    newspapers write it."""
    return unicodedata.normalize("NFC", text).translate(_ALIKE)


def split(text: str) -> list[Word]:
    """The words of a text that is ``same``. What a hyphen joins is one word: a "Ampel-Aus" is no "Ampel"."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        before = found[-1].end if found else 0
        found.append(Word(match[0], match.start(), match.end(), text[before : match.start()]))
    return found


def is_spaceless(text: str) -> bool:
    """Whether any of it is in a script that puts no space between words."""
    return bool(_IS_SPACELESS.search(text))


def places(term: str, text: str) -> list[int]:
    """Where a term of such a script begins in a text. Katakana next to katakana is a longer word."""
    found, place = [], text.find(term)
    while place >= 0:
        if not _cuts(text, place) and not _cuts(text, place + len(term)):
            found.append(place)
        place = text.find(term, place + len(term))
    return found


def _cuts(text: str, place: int) -> bool:
    pair = text[max(place - 1, 0) : place + 1] if place else ""
    return len(pair) == 2 and bool(_KATAKANA.match(pair[0]) and _KATAKANA.match(pair[1]))
