"""A negation that was lost on the way: "not" is one short word, and turns a sentence round."""

from __future__ import annotations

from collections.abc import Iterable

from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon


def lost(original: Iterable[str], english: Iterable[str], words: Lexicon) -> str:
    """The original's first negation, if none of the English words may stand for it; else ""."""
    negation = next((word for word in original if word.lower() in words.negations), "")
    if not negation:
        return ""
    ours = lexicon(ENGLISH)
    stands = (ours.negations | ours.near_negations).intersection(word.lower() for word in english)
    return "" if stands else negation
