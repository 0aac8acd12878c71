"""A negation that was lost on the way: "not" is one short word, and turns a sentence round."""

from __future__ import annotations

from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon
from limitedtimes.translate.reading import Reading


def lost(original: Reading, english: Reading, words: Lexicon) -> str:
    """The original's first negation, if none of the English words may stand for it; else ""."""
    if words.negations.isdisjoint(original.low):
        return ""
    ours = lexicon(ENGLISH)
    if not (ours.negations.isdisjoint(english.low) and ours.near_negations.isdisjoint(english.low)):
        return ""
    return next(word for word, low in zip(original.words, original.low, strict=True) if low in words.negations)
