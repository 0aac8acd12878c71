"""A negation that was lost on the way, or came from nowhere: "not" is one short word, and turns a sentence round.

Languages deny in other ways too: "unable", "without", "fails to". Such a word may stand for a "not" of the other side,
unless that side has its own word for it: an English "avoid" is no negation beside a Spanish "evitar".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from limitedtimes.translate import neighbours
from limitedtimes.translate.lexicon import ENGLISH, Lexicon, lexicon
from limitedtimes.translate.reading import Reading

_WORDS: Final = frozenset(["not", "never", "cannot", "nobody", "nothing", "t"])
_DENIES: Final = re.compile(r"\b(?:not|never|cannot|nobody|nothing|\w+n['’]t)\b", re.IGNORECASE)
_IDLE: Final = re.compile(
    r"\bnot (?:until|to mention|for profit|infrequently|least)\b|\bnot-for-profit\b|\bnever-ending\b"
    r"|\bnot (?:only|just)\b(?=.{0,500}\b(?:but|also|too|well|even)\b)|^not only\b|\bnot-\w+-\w+"
    r"|\b(?:or|if|why|whether or) not\b|\bor may not\b"
    r"|\b(?:do not|don['’]t|must not|mustn['’]t) (?:forget|hesitate|worry|fail|mention)\b"
    r"|, \w+n['’]t \w+\?|\b\w+n['’]t (?:you|we|they|he|she|it|I)\b"
    r"|\b(?:for|at|to) nothing\b|\bnothing (?:but|more than)\b"
    r"|\bcan(?:not|['’]t) (?:but|wait)\b|\bcould(?: not|n['’]t) help\b|\bcouldn['’]t be more\b",
    re.IGNORECASE,
)
"""Where English says no, and others say "only", "until", "as well", "remember", "let us" or "isn't it?"."""
_ONLY_THEN: Final = re.compile(r"(?:\bnot|n['’]t)\b(?: [\w-]+){1,6} until\b", re.IGNORECASE)
"""What others say with "only": só no dia seguinte."""
_STANDS: Final = re.compile(
    r"\byet to\b|\bremains? to be\b|\bif only\b|\bfar from\b|\brather than\b|\bthan (?:ever|any other)\b"
)
"""Phrases that may stand for a negation wherever they are."""
_EVER: Final = frozenset("ever any anyone anybody anything anywhere".split())  # noqa: SIM905
"""What English says for "nunca" in "más que nunca"."""
_FEWER: Final = frozenset("less fewer fewest least under within below".split())  # noqa: SIM905
"""What English says for "nog geen tien", "keine zwei Wochen"."""
_THEN: Final = frozenset(("only", "before", "after"))
"""What English says for "no fue hasta"."""
_FIRST_TIME: Final = ("first", "time")
_AGAIN: Final = frozenset("before again another previously earlier".split())  # noqa: SIM905
"""What English says for "no es la primera vez"."""
_UNTIL: Final = frozenset("until till before unless while once long".split())  # noqa: SIM905
"""Where the other side waits for something too."""
_OR: Final = ("o ", "ou ", "of ", "oder ", "или ")
_WHETHER: Final = frozenset(("whether", "if"))
"""Beside these "or not" may be left out."""
_BARE: Final = re.compile(r"\b(?:more|less|fewer|earlier|later|sooner) than\b|\bdo (?:forget|hesitate)\b|\bor [.,;?)]")
"""What is left of "no later than", "do not forget" and "or not" without their negation."""
_TURNS: Final = re.compile(
    r"(?:un|non)[a-z]{4,}|(?:in|im|il|ir)[a-z]{3,}(?:[ai]ble|[ai]bly|[ai]bility|ct|ctly|ient|iently)"
    r"|[a-z]{3,}less(?:ly|ness)?"
)
_TIMES: Final = frozenset("ever until till almost nearly than least before against remember rather except".split())  # noqa: SIM905
"""What stands for a negation and denies nothing itself."""
_SCARCE: Final = frozenset("few little rarely seldom".split())  # noqa: SIM905
"""What says of an added "not" that something else of the original is behind it: poco, selten."""
CLOSE: Final = 0.0
"""How much further from the beginning than what it stands for a word may stand, as a share of the sentence, and one
word more."""
FIRM: Final = frozenset(
    "few fewest rarely seldom lack lacked refused refuses prevented dislike dislikes disliked".split()  # noqa: SIM905
)
"""What may deny wherever it stands."""
WAIT: Final = 4
"""Words from "until" to its negation, where a language has one there."""
_OPPOSITE: Final = re.compile(r"(?:un|non|in|im|il|ir|dis|mis)([a-z]{3,})|([a-z]{4,})less(?:ly|ness)?")
"""A word that denies what its stem says."""
LATER: Final = 9
"""Words from a negation to the "until", or "first time", behind it."""
BEFORE, BEHIND = 1, 3
"""Words between which and a negation what it denies stands."""
STEM: Final = 4
"""Letters of a word behind what makes it its opposite."""
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
    if not ours.near_negations.isdisjoint(rendering.low) or _STANDS.search(" ".join(rendering.low)):
        return ""
    found = next(
        (place for place in _denying(original, words) if not _is_said(original, place, rendering, words)), None
    )
    return "" if found is None or _is_turned(original, found, rendering, words) else original.words[found]


def _is_said(original: Reading, place: int, rendering: Reading, words: Lexicon) -> bool:
    """Whether English needs no "not" for a negation, or has a word of its own that denies what stands behind it."""
    low, english = original.low, rendering.low
    phrases = words.ever.intersection((low[place], *_beside(low, place)))
    ever = bool(phrases) and not _EVER.isdisjoint(english)
    ever = ever and ("than" in english or not any(phrase.startswith("que ") for phrase in phrases))
    denied = _denied(original, place)
    if any(words.numbers.get(word, 0) > 1 for word in denied) and not _FEWER.isdisjoint(english):
        return True
    later = low[place + 1 : place + LATER]
    if not _AGAIN.isdisjoint(english) and neighbours.said(later, words.language).issuperset(_FIRST_TIME):
        return True
    if "until" in neighbours.said(words.waiting.intersection(later), words.language) and not _THEN.isdisjoint(english):
        return True
    return ever or _is_loose(low, place, rendering, words) or _is_opposite(denied, english, words.language)


def added(original: Reading, rendering: Reading, words: Lexicon) -> str:
    """The English negation that nothing of the original may stand for; "" if there is none."""
    if not words.negations or _WORDS.isdisjoint(rendering.low):
        return ""
    denied = (_denied(original, place) for place in _denying(original, words))
    if not all(_is_opposite(words_denied, rendering.low, words.language) for words_denied in denied):
        return ""
    if not (found := _DENIES.search(_IDLE.sub(" ", rendering.text))) or _ONLY_THEN.search(rendering.text):
        return ""
    theirs = _near(original, words) or _opposites(original, rendering, words)
    ours = sum(low in _SCARCE or (low not in _TIMES and _turns(low)) for low in rendering.low) if theirs else 0
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


def _opposites(original: Reading, rendering: Reading, words: Lexicon) -> int:
    """How many of the original's words deny what an English word says: ineficaz, of which English says "effective"."""
    here = {word[: neighbours.BEGINNING] for word in rendering.low if not _OPPOSITE.fullmatch(word)}
    stems = [
        low[len(prefix) :]
        for low in original.low
        for prefix in words.opposites
        if low.startswith(prefix) and here.isdisjoint(neighbours.said([low], words.language))
    ]
    return sum(not here.isdisjoint(neighbours.said([stem], words.language)) for stem in stems if len(stem) >= STEM)


def _is_turned(original: Reading, place: int, rendering: Reading, words: Lexicon) -> bool:
    """Whether an English word, about as far from the beginning, may deny that no other word of the original explains.

    The word beside the negation is denied with it: "не хватает" (does not suffice) is lacking.
    """
    here, share = rendering.low, place / len(original.low)
    close = here[max(math.ceil((share - CLOSE) * len(here)) - 1, 0) : math.floor((share + CLOSE) * len(here)) + 2]
    turning = [word for word in close if _turns(word)] + [word for word in here if word in FIRM]
    if not turning:
        return False
    others = (low for at, low in enumerate(original.low) if low not in words.negations and at != place + 1)
    said = neighbours.said(others, words.language)
    return any(word[: neighbours.BEGINNING] not in said for word in turning)


def _is_opposite(denied: Sequence[str], english: Sequence[str], language: str) -> bool:
    """Whether an English word denies one of the others: unsolved, non-urgent."""
    said = neighbours.said(denied, language)
    stems = [match[1] or match[2] for match in map(_OPPOSITE.fullmatch, english) if match]
    stems += [word for before, word in pairwise(english) if before == "non"]
    return any(stem[: neighbours.BEGINNING] in said for stem in stems)


def _denied(reading: Reading, place: int) -> Sequence[str]:
    """The words around a negation, one of which it denies, most likely: wahrscheinlich nicht."""
    return (*reading.low[max(place - BEFORE, 0) : place], *reading.low[place + 1 : place + 1 + BEHIND])


def _turns(word: str) -> bool:
    """Whether an English word may deny something besides what it says: incorrect, homeless, without, avoid, until."""
    return word in lexicon(ENGLISH).denying or bool(_TURNS.fullmatch(word) and not word.startswith(_NOT_TURNED))


def _denying(reading: Reading, words: Lexicon) -> Iterator[int]:
    """The places of the negations, but for those that deny nothing beside their neighbour."""
    for place, word in enumerate(reading.low):
        if word in words.negations and words.idle_negations.isdisjoint(_beside(reading.low, place)):
            yield place


def _is_loose(low: Sequence[str], place: int, rendering: Reading, words: Lexicon) -> bool:
    """Whether a negation may well deny nothing: "ou não", or one behind "until"."""
    if not words.waiting.isdisjoint(low[max(place - WAIT, 0) : place]) and not _UNTIL.isdisjoint(rendering.low):
        return True
    loose = words.loose_negations.intersection(_beside(low, place))
    if any(phrase.startswith(_OR) for phrase in loose) and _WHETHER.isdisjoint(rendering.low):
        return False
    return bool(loose) and not _BARE.search(rendering.text.lower())


def _beside(low: Sequence[str], place: int) -> tuple[str, str]:
    """The word with the one before and with the one behind."""
    return " ".join(low[max(place - 1, 0) : place + 1]), " ".join(low[place : place + 2])
