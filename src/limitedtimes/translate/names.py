"""Names that an engine misspelled, put right from the original, where both are in the Latin script.

A word with a capital that is neither English nor in the original, but nearly one that is there and is missing here, is
that one: "Dlan" for "Dylan". A word that English has ("Munich" for "München") is left alone.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from limitedtimes.translate import english

_NAME: Final = re.compile(r"[^\W\d_]{4,}")
ALIKE: Final = 0.75
"""Twice the letters in common to the letters of both, at least (`difflib`)."""


def mended(original: str, text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text with its misspelled names put right, and the pairs of wrong and right."""
    there = _capitalised(original)
    if not there:
        return text, []
    said = set(_NAME.findall(text))
    missing = [word for word in there if word not in said]
    wrong = [word for word in _capitalised(text) if word not in there and not english.is_known(word)]
    pairs: list[tuple[str, str]] = []
    for word in wrong:
        right = max(missing, key=lambda name: _alike(word, name), default="")
        if right and _alike(word, right) >= ALIKE:
            missing.remove(right)
            pairs.append((word, right))
            text = re.sub(rf"\b{word}\b", right, text)
    return text, pairs


def _capitalised(text: str) -> list[str]:
    """Words of four letters and more with a Latin capital at the front only, each once, in order."""
    words = (word for word in _NAME.findall(text) if word[0].isupper() and word[1:].islower() and word[0] < "\u0250")
    return list(dict.fromkeys(words))


def _alike(one: str, other: str) -> float:
    if one[0] != other[0] or abs(len(one) - len(other)) > 3:
        return 0.0
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()
