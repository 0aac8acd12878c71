"""A sentence that nobody said: the English goes on after the original has ended."""

from __future__ import annotations

import re
from typing import Final

MORE: Final = 1.0
"""Times the usual length, from which a sentence more than the original has is no mere division."""

_END: Final = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\betc)(?<!\bvs)[.!?…]+[\"'”’»“)\]]*\s+[\"'“‘«(\[]?(?=[A-Z\d])"
)
_THEIR_END: Final = re.compile(r"[.!?…]+[\"'”’»“)\]]*\s|[;。！？।؟]")


def found(original: str, english: str, ratio: float) -> bool:
    """Whether the English has more sentences, and is more; ``ratio``: its length to what is usual."""
    return ratio > MORE and len(_END.findall(english)) > len(_THEIR_END.findall(original))
