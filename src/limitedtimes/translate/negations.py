"""A negation that was lost on the way, or came from nowhere: "not" is one short word, and turns a sentence round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from limitedtimes.translate import english
from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon
from limitedtimes.translate.reading import Reading

_WORDS: Final = frozenset(["not", "never", "cannot", "nobody", "nothing", "t"])
_DENIES: Final = re.compile(r"\b(?:not|never|cannot|nobody|nothing|\w+n['’]t)\b", re.IGNORECASE)
_IDLE: Final = re.compile(
    r"\bnot (?:until|only|just|to mention|for profit)\b|\bnot-for-profit\b|\bnever-ending\b|\bnot least\b"
    r"|\b(?:or|if|why) not\b|\b(?:do not|don['’]t) (?:forget|hesitate)\b|, \w+n['’]t \w+\?",
    re.IGNORECASE,
)
"""Where English says no, and others say "only", "until", "as well", "remember" or "isn't it?"."""
_NOT_TURNED: Final = ("unfortunately", "unstable")
UN: Final = 5
"""Letters from which what follows "un" is a word that it turns round: unofficial, but not under."""


def lost(original: Reading, rendering: Reading, words: Lexicon) -> str:
    """The original's first negation, if none of the English words may stand for it; else ""."""
    if words.negations.isdisjoint(original.low):
        return ""
    ours = lexicon(ENGLISH)
    if not (ours.negations.isdisjoint(rendering.low) and ours.near_negations.isdisjoint(rendering.low)):
        return ""
    if any(word.startswith("un") and _is_turned(word) for word in rendering.low):
        return ""
    return next((word for word, low in _telling(original, words) if low in words.negations), "")


def added(original: Reading, rendering: Reading, words: Lexicon) -> str:
    """The English negation that nothing of the original may stand for; "" if there is none."""
    if not words.negations or _WORDS.isdisjoint(rendering.low):
        return ""
    found = _DENIES.search(_IDLE.sub(" ", rendering.text))
    if not found or not words.near_negations.isdisjoint(original.low):
        return ""
    denied = any(low in words.negations or low.startswith(words.lacking) for _, low in _telling(original, words))
    return "" if denied else found.group()


def _is_turned(word: str) -> bool:
    return len(word) >= UN + 2 and word not in _NOT_TURNED and english.is_known(word[2:])


def _telling(reading: Reading, words: Lexicon) -> Iterator[tuple[str, str]]:
    """The words, as spelled and in lower case, but for those that deny nothing beside their neighbour."""
    low = ["", *reading.low, ""]
    for place, word in enumerate(reading.words, start=1):
        beside = f"{low[place - 1]} {low[place]}", f"{low[place]} {low[place + 1]}"
        if words.idle_negations.isdisjoint(beside):
            yield word, low[place]
