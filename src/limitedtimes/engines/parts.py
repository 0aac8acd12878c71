"""A sentence in two parts: where a network loses a figure of a long sentence, it mostly keeps it in half of it."""

from __future__ import annotations

import re
from typing import Final

FEWEST_WORDS: Final = 3
"""What is shorter is no part: a network makes more of it than is there."""
_MARK: Final = re.compile(r"(?<=[.;:!?…,])\s+|\s+(?=[–(]\s?)")
_ENDS: Final = ".!?…"
_OWN_CAPITAL: Final = re.compile(r"I\b|\W|[A-Z]\w*[A-Z]")


def halves(text: str) -> tuple[str, str] | None:
    """The text divided at the space beside a punctuation mark that is nearest to its middle; None without one."""
    places = [
        (found.start(), found.end())
        for found in _MARK.finditer(text)
        if min(len(text[: found.start()].split()), len(text[found.end() :].split())) >= FEWEST_WORDS
    ]
    if not places:
        return None
    start, end = min(places, key=lambda place: abs(place[0] + place[1] - len(text)))
    return text[:start], text[end:]


def joined(english: tuple[str, str], source: tuple[str, str]) -> str:
    """The English of two halves as one: what a network adds to a half, as if it were a sentence, is taken off."""
    first, second = (half.strip() for half in english)
    if first[-1:] in _ENDS and source[0][-1:] not in _ENDS:
        first = first.rstrip(_ENDS) + (source[0][-1] if source[0][-1:] in ",;:" else "")
    if source[1][:1].islower() and not _OWN_CAPITAL.match(second):
        second = second[:1].lower() + second[1:]
    return f"{first} {second}".strip()
