"""Plain punctuation for models that were trained on it: OPUS-MT's texts went through Moses's `normalize-punctuation`.

Only what it does to single characters; to a network that never saw „ it would be an unknown piece.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PLAIN: Final[Mapping[str, str]] = {
    "„": '"', "“": '"', "”": '"', "«": '"', "»": '"',
    "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'", "´": "'", "`": "'",
    "–": "-", "—": " - ", "‑": "-", "…": "...",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
_TABLE: Final = str.maketrans(dict(_PLAIN))


def plain(text: str) -> str:
    """``« Oui », dit-elle…`` becomes ``" Oui ", dit-elle...``; runs of spaces become one."""
    return " ".join(text.translate(_TABLE).split())
