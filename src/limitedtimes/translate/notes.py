"""How a note for the reader cites words of the original or of its English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

MOST: Final = 60
"""Letters that a note cites at a time."""


def cited(words: Iterable[str]) -> str:
    """Words in quotation marks, each once: “elf”, “dos” and “23”. Those behind the first ``MOST`` letters are left out;
    "" for none."""
    shown: list[str] = []
    room = MOST
    for word in dict.fromkeys(words):
        shown.append(f"“{word[:room]}”")
        room -= len(word)
        if room <= 0:
            break
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def differing(missing: Iterable[str], invented: Iterable[str]) -> str:
    """One line about what one side has and the other has not; "" for nothing. ``missing``: in the original, not in the
    English; ``invented``: in the English only."""
    lost, made = tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(invented))
    if lost and made:
        return f"says {cited(made)} where the original has {cited(lost)}"
    is_or_are = "is" if len(lost or made) == 1 else "are"
    if lost:
        return f"{cited(lost)} {is_or_are} missing"
    return f"{cited(made)} {is_or_are} not in the original" if made else ""
