"""Terms of a glossary travel past a network that has slots for names: what one must be in English stands in its slot.

A network that has slots for names puts them where the name belongs; any noun may be one. Its article is then the
network's guess ("State Duma passed the law"), so this is for sentences in whose English a term is missing otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from limitedtimes.engines.slots import NAMES

MARKS: Final = tuple(chr(0xE021 + number) for number in range(len(NAMES)))
"""Characters for private use that stand for terms until the names are known, and slots are given out in order."""
_SLOT: Final = re.compile(f"[{NAMES[0]}-{NAMES[-1]}{MARKS[0]}-{MARKS[-1]}]")


def found(text: str, terms: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where terms stand as words of their own, in order, and the English of each; of two that overlap the longer."""
    longest = sorted(filter(None, terms), key=len, reverse=True)
    if longest:
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", text):
            yield match.start(), match.end(), terms[match[0]]


def unmet(sentence: str, english: str, terms: Mapping[str, str]) -> bool:
    """Whether the English of a term of the sentence is missing."""
    low = english.casefold()
    return any(wanted.casefold() not in low for _, _, wanted in found(sentence, terms))


def marked(text: str, terms: Mapping[str, str]) -> tuple[str, dict[str, tuple[str, str]]]:
    """The text with a mark for each of its first terms, and what each stands for, by mark: as it was, and English."""
    there = dict(zip(MARKS, found(text, terms), strict=False))
    hidden = {mark: (text[start:end], english) for mark, (start, end, english) in there.items()}
    for mark, (start, end, _) in reversed(there.items()):
        text = text[:start] + mark + text[end:]
    return text, hidden


def in_slots(text: str, names: Mapping[str, str], hidden: Mapping[str, tuple[str, str]]) -> tuple[str, dict[str, str]]:
    """The text with names and terms in slots in the order in which they stand, as a network has learned them, and what
    is in these; one for which no slot is left is as it was."""
    values: dict[str, str] = {}

    def slot(match: re.Match[str]) -> str:
        said, english = hidden.get(match[0]) or (names[match[0]], names[match[0]])
        if len(values) == len(NAMES):
            return said
        free = NAMES[len(values)]
        values[free] = english
        return free

    return _SLOT.sub(slot, text), values
