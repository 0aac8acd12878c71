"""Cutting a sentence that is too long for a model, where it hurts least, and joining what came back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

_CUTS: Final = (
    re.compile(r"(?<=[.!?…;:。！？；।۔؟։።။។])\s+|(?<=[。！？；।။។])"),
    re.compile(r"\s+(?=[–—(„“«])|(?<=[)”»])\s+"),
    re.compile(r"(?<=,)\s+|(?<=[，、،])"),
    re.compile(r"\s+"),
)
"""Where to cut, the best first: after a sentence or clause, around a parenthesis, after a comma, between words."""


def cut(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in pieces that fit, in order; as few as halving gives. Characters are cut only where no space is."""
    if fits(text) or len(text) < 2:
        return [text]
    left, right = _halves(text)
    return [*cut(left, fits), *cut(right, fits)]


def clauses(text: str) -> list[str]:
    """The text in two where it has a clause to cut at in its middle; else whole."""
    for cuts in _CUTS[:-1]:
        if places := _near_the_middle(text, cuts, margin=0.2):
            return [text[: places[0]].strip(), text[places[0] :].strip()]
    return [text]


def _halves(text: str) -> tuple[str, str]:
    for cuts in _CUTS:
        if places := _near_the_middle(text, cuts, margin=0.2):
            break
    else:
        places = _near_the_middle(text, _CUTS[-1], margin=0.0) or [len(text) // 2]
    left, right = text[: places[0]].strip(), text[places[0] :].strip()
    return (left, right) if left and right else (text[: len(text) // 2], text[len(text) // 2 :])


def _near_the_middle(text: str, cuts: re.Pattern[str], *, margin: float) -> list[int]:
    """Where the pattern matches, nearest to the middle first, and not in the outer parts."""
    middle, outer = len(text) / 2, len(text) * margin
    places = [match.start() for match in cuts.finditer(text)]
    return sorted((p for p in places if outer < p < len(text) - outer), key=lambda place: abs(place - middle))


def join(originals: Sequence[str], rendered: Sequence[str]) -> str:
    """One sentence again. An engine takes each piece for a sentence: its capital and its full stop are undone."""
    parts: list[str] = []
    for place, (original, english) in enumerate(zip(originals, rendered, strict=True)):
        text = english.strip()
        if place and original[:1].islower():
            text = _uncapitalised(text)
        if place < len(originals) - 1 and not original.endswith("."):
            text = text.removesuffix(".")
        parts.append(text)
    return " ".join(part for part in parts if part)


def _uncapitalised(text: str) -> str:
    first, _, _ = text.partition(" ")
    return text if first in {"I", "I'm", "I’m"} or not first[1:].islower() else text[:1].lower() + text[1:]
