"""What a figure is of: per cent, percentage points, fractions, degrees below zero. Standard library only.

The figure itself may be right, and the sentence still say something else: "by 12" for "by 12 per cent".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from limitedtimes.translate.english import unaccented
from limitedtimes.translate.reading import Reading

_PERCENT: Final = re.compile(
    r"%|pct|percent\w*|prozent\w*|procent\w*|por[cs]ent[aá]\w*|pourcent\w*|процент\w*", re.IGNORECASE
)
_HINTS: Final = ("%", "cent", "cien", "zent", "pct", "процент")
"""One of which every one of them has: found faster."""
_PER_CENT: Final = frozenset({("por", "ciento"), ("por", "cento"), ("per", "cento"), ("pour", "cent"), ("per", "cent")})
_PER: Final = frozenset(one for one, _ in _PER_CENT)
_POINTS: Final = re.compile(r"point|\w*punkt|\w*punt|pont|пункт|п$")
_MINUS: Final = frozenset({"minus", "moins", "menos", "meno", "min", "минус"})
_NO_MINUS: Final = frozenset({"al", "au", "du", "lo", "pelo", "pelos", "cuando", "o", "ou"})
"""Before "less", they make it "at least", or "more or less"."""
_BELOW: Final = re.compile(r"\b(?:minus|negative|below|sub-?zero|under)\b|[-\N{MINUS SIGN}–]\s?\d", re.IGNORECASE)
_FRACTIONS: Final = {
    2: "half halves halved halb halbe halben halbes hälfte moitié demi medio media mitad metà mezzo meio metade helft "
    "половина половины половину половине половиной",
    3: "third thirds drittel dritteln tiers tercio tercios terzo terzi terço terços derde треть трети третью третей",
    4: "quarter quarters viertel vierteln quart quarts cuarto cuartos quarto quarti kwart четверть четверти четвертью",
    5: "fifth fifths fünftel fünfteln cinquième cinquièmes quinto quintos quinti vijfde пятая пятой пятую пятых",
    10: "tenth tenths zehntel zehnteln dixième dixièmes décimo décimos decimo decimi tiende десятая десятой десятых",
}
PARTS: Final = {word: parts for parts, words in _FRACTIONS.items() for word in words.split()}
"""Word → into how many parts the whole is cut."""
AS_PARTS: Final = {
    rounded(100 * part / parts): frozenset((part, parts)) - {1}
    for parts in sorted(_FRACTIONS, reverse=True)  # a half, not five tenths
    for part in range(1, parts)
    for rounded in (int, round)
}
"""Per cent → the numbers of the fraction that says the same: 60, three fifths; 25, a quarter."""
_NAMES: Final = {2: "half", 3: "a third", 4: "a quarter"}
_OTHER_WORDS: Final = frozenset(
    "halb halbe halben halbes demi medio media mezzo meio terzo terzi derde третей "  # noqa: SIM905
    "cuarto cuartos quarto quarti".split()
)
"""Those that are other words as often."""
_NAMED: Final = {word: _NAMES[parts] for word, parts in PARTS.items() if parts in _NAMES and word not in _OTHER_WORDS}


def changed(original: Reading, english: Reading) -> Iterator[str]:
    """One line for the reader about each."""
    if _may_have_percent(original.text) or _may_have_percent(english.text):
        yield from _percent(original, english)
    if _has_minus(original.tokens) and not _BELOW.search(english.text):
        yield "says nothing of the original’s minus"
    parts = _parts(original.tokens)
    others = _parts(english.tokens) if parts else parts
    if others and parts.isdisjoint(others):
        yield f"says {min(others)} where the original says {min(parts)}"


def _may_have_percent(text: str) -> bool:
    low = text.lower()
    return any(hint in low for hint in _HINTS)


def _percent(original: Reading, english: Reading) -> Iterator[str]:
    tokens = list(map(unaccented, english.tokens))  # the stand-in engine puts marks on its letters
    there, here = _has_percent(original.tokens), _has_percent(tokens)
    if there != here and _are_parts(original.tokens if there else tokens, tokens if there else original.tokens):
        return  # a fifth, 20 per cent
    if there and not here and _is_counted(original.tokens):
        yield "says nothing of the original’s per cent"
    elif here and not there and _is_counted(tokens):
        yield "says per cent where the original does not"
    elif here and _has_points(tokens) and not any(map(_POINTS.match, original.tokens)):
        yield "says percentage points where the original says per cent"


def _are_parts(percents: Sequence[str], fractions: Sequence[str]) -> bool:
    """Whether each percentage of one side is a fraction of which the other speaks."""
    whole = {PARTS[token] for token in fractions if token in PARTS}
    parts = {rounded(100 * part / parts) for parts in whole for part in range(1, parts) for rounded in (int, round)}
    found = [one for one, two in pairwise(percents) if one[0].isdecimal() and (_PERCENT.fullmatch(two) or two in _PER)]
    return bool(whole) and all(one.isdecimal() and len(one) <= 2 and int(one) in parts for one in found)


def is_percent(tokens: Sequence[str]) -> bool:
    """Whether a text begins with the sign or words for it."""
    return bool(tokens) and bool(_PERCENT.fullmatch(tokens[0]) or tuple(tokens[:2]) in _PER_CENT)


def _has_percent(tokens: Sequence[str]) -> bool:
    return any(map(_PERCENT.fullmatch, tokens)) or not _PER_CENT.isdisjoint(pairwise(tokens))


def _is_counted(tokens: Sequence[str]) -> bool:
    """Whether a figure stands before it: the others speak of percentages as such."""
    return any(
        one[0].isdecimal() and (_PERCENT.fullmatch(two) or (two, three) in _PER_CENT)
        for one, two, three in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False)
    )


def _has_points(tokens: Sequence[str]) -> bool:
    return any(one.startswith("percent") and two.startswith("point") for one, two in pairwise(tokens))


def _has_minus(tokens: Sequence[str]) -> bool:
    return (
        not _MINUS.isdisjoint(tokens)
        and any(
            two in _MINUS and three[0].isdecimal() and one not in _NO_MINUS and not one[:1].isdecimal()  # 2 min 30
            for one, two, three in zip(["", *tokens], tokens, tokens[1:], strict=False)
        )
    )


def _parts(tokens: Sequence[str]) -> frozenset[str]:
    """The fractions of which a text speaks for sure."""
    return frozenset(_NAMED[token] for token in tokens if token in _NAMED)
