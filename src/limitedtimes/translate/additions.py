"""A sentence that nobody said: the English goes on after the original has ended."""

from __future__ import annotations

import re
from typing import Final

ENOUGH: Final = 0.75
"""Where the English has more sentences: without its last it is still so long, as a share of what is usual."""
PLENTY: Final = 1.1
"""The same where it has as many: two of the original's may have been made one."""

_END: Final = re.compile(
    r"[.!?…]+(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\bMrs\.)(?<!\betc\.)(?<!\bvs\.)"  # no initial, no Dr., no St.
    r"[\"'”’»“)\]]*\s+(?=[\"'“‘«„(\[]{0,2}[^\W_a-z])"
    r"|[。！？।؟]"
)


def found(original: str, english: str, length: float) -> bool:
    """Whether the English has a sentence more, and is as long as usual without it; ``length``: as of Lexicon."""
    ends = [match.end() for match in _END.finditer(english)]
    if not ends or ends[-1] < ENOUGH * length * len(original):
        return False
    theirs = len(_END.findall(original))
    return len(ends) > theirs or (len(ends) == theirs and ends[-1] > PLENTY * length * len(original))
