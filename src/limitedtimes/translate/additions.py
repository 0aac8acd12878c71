"""A sentence that nobody said: the English goes on after the original has ended."""

from __future__ import annotations

import re
from typing import Final

from limitedtimes.translate import neighbours
from limitedtimes.translate.lexicon import Lexicon
from limitedtimes.translate.reading import Reading

ENOUGH: Final = 0.65
"""Where the English has more sentences: without its last it is still so long, as a share of what is usual."""
PLENTY: Final = 0.95
"""Where it has as many and is shorter than this without its last, two of the original's may have been made one."""
TELLING: Final = 4
"""Letters of a word that says what a sentence is about."""
SAID: Final = 0.3
"""Of those words of the last sentence a larger share than this stands for words of the original: it is no addition."""
HARDLY: Final = 0.0
"""The same where two of the original's may have been made one."""

# No initial, no Dr., Mrs., Vol., a.m.
_END: Final = re.compile(
    r"[.!?…]+(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z]\w\w\.)(?<!\betc\.)(?<!\bvs\.)(?<!\bno\.)(?<!\b[a-z]\.[a-z]\.)"
    r"[\"'”’»“)\]]*\s+(?=[\"'“‘«„(\[]{0,2}[^\W_a-z])"
    r"|[。！？।؟۔։።။។]"
)


def found(original: Reading, rendering: Reading, words: Lexicon) -> bool:
    """Whether the English has a sentence more that says nothing of the original, and is as long as usual without it."""
    english, usual = rendering.text, words.length * len(original.text)
    ends = [match.end() for match in _END.finditer(english)]
    if not ends or ends[-1] < ENOUGH * usual:
        return False
    theirs = len(_END.findall(original.text))
    if len(ends) < theirs:
        return False
    joined = len(ends) == theirs and ends[-1] <= PLENTY * usual
    return _said(english[ends[-1] :], original, words) <= (HARDLY if joined else SAID)


def _said(sentence: str, original: Reading, words: Lexicon) -> float:
    """The share of telling words that may stand for words of the original; 0 if there are none."""
    telling = [word for word in neighbours.beginnings(sentence.lower()) if len(word) >= TELLING]
    said = neighbours.said(original.low, words.language)
    return sum(word in said for word in telling) / max(len(telling), 1)
