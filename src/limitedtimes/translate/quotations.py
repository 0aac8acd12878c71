"""Words of others that are not marked as such any more, or words that were made theirs."""

from __future__ import annotations

import re
from typing import Final

_QUOTED: Final = re.compile(r"[\"„“”«»]([^\"„“”«»]+)[\"„“”«»]")
_MARK: Final = re.compile(r"[\"„“”«»'‘]")
_DOUBLE: Final = re.compile(r"[\"„“”«»‟]")
_SINGLE: Final = re.compile(r"(?<!\w)['‘‚](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_INCHES: Final = re.compile(r"\d\"")
_NAMED: Final = re.compile(r"[^\W\d_]{3,}|\d+")
_WORD: Final = re.compile(r"[^\W\d_]")
_SAYING: Final = re.compile(r" ?(?:said|says|say|asked|asks|told|tells|added|adds|warned|warns|explained|explains)\b")
SAID: Final = 4
"""Words from which a quotation is somebody's, and not the name of a ship or a club, which English may leave bare."""
MORE: Final = 0.14
"""So much more or less of a sentence, as a share, is quoted only where a mark has moved."""


def lost(original: str, english: str) -> bool:
    """Whether the original quotes and the English has no quotation mark at all."""
    return not _MARK.search(english) and any(len(said.split()) >= SAID for said in _QUOTED.findall(original))


def unbalanced(original: str, english: str) -> bool:
    """Whether a quotation of the English opens and never closes, or the reverse, and none of the original does."""
    return len(_DOUBLE.findall(english)) % 2 > len(_DOUBLE.findall(original)) % 2 and not _INCHES.search(english)


def moved(original: str, english: str) -> bool:
    """Whether the quotation marks of the English embrace something else than those of the original."""
    here = _quoted(english, _DOUBLE)
    there = _quoted(original, _DOUBLE) or _quoted(original, _SINGLE)
    if not here:
        return False
    if any(_SAYING.match(said) for said in here):
        return not any(_SAYING.match(said) for said in there)
    bare, bare_here = _without(original, there), _without(english, here)
    if len(bare.split()) > 1 and not _WORD.search(bare_here):
        return True
    inside, outside = _names(" ".join(there)), _names(bare)
    ours, others = _names(" ".join(here)), _names(bare_here)
    if there and (inside - outside) & (others - ours) | (outside - inside) & (ours - others):
        return True
    return abs(_share(here, english) - _share(there, original)) > MORE


def _names(text: str) -> set[str]:
    return {word for word in _NAMED.findall(text) if not word[0].islower()}


def _quoted(text: str, mark: re.Pattern[str]) -> list[str]:
    """What stands between quotation marks; a quotation may have begun, or go on, in another sentence."""
    places = [found.start() for found in mark.finditer(text)]
    if len(places) % 2:
        first = places[0]
        opens = first == 0 or (text[first - 1].isspace() and not text[first + 1 : first + 2].isspace())
        places = [*places, len(text)] if opens else [-1, *places]
    return [text[start + 1 : end] for start, end in zip(places[::2], places[1::2], strict=True)]


def _without(text: str, quoted: list[str]) -> str:
    for said in quoted:
        text = text.replace(said, " ")
    return text


def _share(quoted: list[str], text: str) -> float:
    """The share of a text that is quoted, names and single words apart."""
    return sum(len(said) for said in quoted if len(said.split()) >= SAID) / len(text)
