"""Words of others that are not marked as such any more."""

from __future__ import annotations

import re
from typing import Final

_QUOTED: Final = re.compile(r"[\"„“”«»]([^\"„“”«»]+)[\"„“”«»]")
_MARK: Final = re.compile(r"[\"„“”«»'‘]")
SAID: Final = 4
"""Words from which a quotation is somebody's, and not the name of a ship or a club, which English may leave bare."""


def lost(original: str, english: str) -> bool:
    """Whether the original quotes and the English has no quotation mark at all."""
    return not _MARK.search(english) and any(len(said.split()) >= SAID for said in _QUOTED.findall(original))
