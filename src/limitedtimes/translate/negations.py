"""A negation that was lost on the way, or came from nowhere: "not" is one short word, and turns a sentence round.

Languages deny in other ways too: "unable", "without", "fails to". Such a word may stand for a "not" of the other side,
unless that side has its own word for it: an English "avoid" is no negation beside a Spanish "evitar".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from limitedtimes.translate import neighbours
from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon
from limitedtimes.translate.reading import Reading

_WORDS: Final = frozenset(["not", "never", "cannot", "nobody", "nothing", "t"])
_DENIES: Final = re.compile(r"\b(?:not|never|cannot|nobody|nothing|\w+n['’]t)\b", re.IGNORECASE)
_IDLE: Final = re.compile(
    r"\bnot (?:until|only|just|to mention|for profit|infrequently|least)\b|\bnot-for-profit\b|\bnever-ending\b"
    r"|\b(?:or|if|why|whether or) not\b|\b(?:do not|don['’]t) (?:forget|hesitate|worry|fail|mention)\b"
    r"|, \w+n['’]t \w+\?|\bwhy (?:don|doesn|didn)['’]t\b|\b(?:for|at|to) nothing\b|\bnothing (?:but|more than)\b"
    r"|\bcan(?:not|['’]t) (?:but|wait)\b|\bcouldn['’]t be more\b",
    re.IGNORECASE,
)
"""Where English says no, and others say "only", "until", "as well", "remember", "let us" or "isn't it?"."""
_TURNS: Final = re.compile(
    r"(?:un|non)[a-z]{4,}|(?:in|im|il|ir)[a-z]{3,}(?:[ai]ble|[ai]bly|[ai]bility|ct|ctly|ient|iently)"
    r"|[a-z]{3,}less(?:ly|ness)?"
)
_TIMES: Final = frozenset("ever until till almost nearly than least before against remember rather except".split())  # noqa: SIM905
"""What stands for a negation and denies nothing itself."""
CLOSE: Final = 0.0
"""How much further from the beginning than what it stands for a word may stand, as a share of the sentence, and one
word more."""
WAIT: Final = 6
"""Words from "until" to its negation, where a language has one there."""
_NOT_TURNED: Final = (
    "unfortunately",
    "unstable",
    "under",
    "united",
    "union",
    "until",
    "unless",
    "nonetheless",
    "regardless",
)


def lost(original: Reading, rendering: Reading, words: Lexicon) -> str:
    """The original's first negation, if none of the English words may stand for it; else ""."""
    ours = lexicon(ENGLISH)
    if words.negations.isdisjoint(original.low) or not ours.negations.isdisjoint(rendering.low):
        return ""
    found = next((place for place in _denying(original, words) if not _is_loose(original.low, place, words)), None)
    if (
        found is None
        or not ours.near_negations.isdisjoint(rendering.low)
        or _is_turned(original, found, rendering, words)
    ):
        return ""
    return original.words[found]


def added(original: Reading, rendering: Reading, words: Lexicon) -> str:
    """The English negation that nothing of the original may stand for; "" if there is none."""
    if not words.negations or _WORDS.isdisjoint(rendering.low):
        return ""
    found = _DENIES.search(_IDLE.sub(" ", rendering.text))
    if not found or any(True for _ in _denying(original, words)):
        return ""
    theirs = _near(original, words)
    ours = sum(low not in _TIMES and _turns(low) for low in rendering.low) if theirs else 0
    return "" if theirs > ours else found.group()


def _near(original: Reading, words: Lexicon) -> int:
    """How many of the original's words may stand for a negation."""
    near = [
        place
        for place, low in enumerate(original.low)
        if (low in words.near_negations or low.startswith(words.lacking))
        and words.idle_negations.isdisjoint(_beside(original.low, place))
    ]
    return len(near) + any(a in original.low and b in original.low for a, b in words.paired_negations)


def _is_turned(original: Reading, place: int, rendering: Reading, words: Lexicon) -> bool:
    """Whether an English word, about as far from the beginning, may deny that no other word of the original explains.

    The word beside the negation is denied with it: "не хватает" (does not suffice) is lacking.
    """
    here, share = rendering.low, place / len(original.low)
    close = here[max(math.ceil((share - CLOSE) * len(here)) - 1, 0) : math.floor((share + CLOSE) * len(here)) + 2]
    turning = [word for word in close if _turns(word)]
    if not turning:
        return False
    others = (low for at, low in enumerate(original.low) if low not in words.negations and at != place + 1)
    said = neighbours.said(others, words.language)
    return any(word[: neighbours.BEGINNING] not in said for word in turning)


def _turns(word: str) -> bool:
    """Whether an English word may deny something besides what it says: incorrect, homeless, without, avoid, until."""
    return word in lexicon(ENGLISH).denying or bool(_TURNS.fullmatch(word) and not word.startswith(_NOT_TURNED))


def _denying(reading: Reading, words: Lexicon) -> Iterator[int]:
    """The places of the negations, but for those that deny nothing beside their neighbour."""
    for place, word in enumerate(reading.low):
        if word in words.negations and words.idle_negations.isdisjoint(_beside(reading.low, place)):
            yield place


def _is_loose(low: Sequence[str], place: int, words: Lexicon) -> bool:
    """Whether a negation may well deny nothing: "ou não", or one behind "until"."""
    before = low[max(place - WAIT, 0) : place]
    return not (words.waiting.isdisjoint(before) and words.loose_negations.isdisjoint(_beside(low, place)))


def _beside(low: Sequence[str], place: int) -> tuple[str, str]:
    """The word with the one before and with the one behind."""
    return " ".join(low[max(place - 1, 0) : place + 1]), " ".join(low[place : place + 2])
