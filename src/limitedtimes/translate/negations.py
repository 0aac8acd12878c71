"""A negation that was lost on the way, or came from nowhere: "not" is one short word, and turns a sentence round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon

_OURS: Final = re.compile(r"\b(?:not|never|cannot|nobody|nothing|\w+n['’]t)\b", re.IGNORECASE)
_IDLE: Final = re.compile(
    r"\b(?:last but not least|not (?:until|only|just|to mention)|whether or not|if not)\b", re.IGNORECASE
)
"""Where English says no, and others say "only", "until" or "as well"."""
_LACKING: Final = ("unmög", "imposs", "incap", "unable", "невозмож", "неизвест", "отсутств")

_HOWEVER: Final = frozenset(
    {("sin", "embargo"), ("no", "obstante"), ("не", "менее"), ("non", "plus"), ("non", "seulement")}
)
"""Two words that together deny nothing."""


def lost(original: Sequence[str], english: Iterable[str], words: Lexicon) -> str:
    """The original's first negation, if none of the English words may stand for it; else ""."""
    negation = next((word for word in _telling(original) if word.lower() in words.negations), "")
    if not negation:
        return ""
    ours = lexicon(ENGLISH)
    stands = (ours.negations | ours.near_negations).intersection(word.lower() for word in english)
    return "" if stands else negation


def added(original: Sequence[str], text: str, words: Lexicon) -> str:
    """The English negation that nothing of the original may stand for; "" if there is none."""
    found = _OURS.search(_IDLE.sub(" ", text)) if words.near_negations else None
    if not found:
        return ""
    theirs = words.negations | words.near_negations
    return (
        ""
        if any(word.lower() in theirs or word.lower().startswith(_LACKING) for word in _telling(original))
        else found.group()
    )


def _telling(words: Sequence[str]) -> Iterator[str]:
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if (word.lower(), after.lower()) not in _HOWEVER:
            yield word
