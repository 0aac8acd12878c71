"""Paragraphs that are subheads: publishers without heading elements set them bold, or give them a class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from limitedtimes.extract.walk import Run, common_signature, is_prose, signature
from limitedtimes.model import BlockKind

_MAX_LETTERS: Final = 90
_BOLD: Final = 0.9
_SENTENCE_END = re.compile(r"[.。！:;,…،؛۔।]\W*$")


def with_subheads(runs: Sequence[Run]) -> list[Run]:
    """The runs, with paragraphs that are subheads by their looks made headings.

    A subhead is short, ends no sentence, stands before prose, and is bold while its neighbours are not, or is of a
    class of its own that comes back in the article.
    """
    common = common_signature([run for run in runs if is_prose(run)])
    looks = Counter(signature(run) for run in runs if _can_be(run))
    return [
        _as_heading(run) if _can_be(run) and _leads(runs, at) and _stands_out(run, common, looks) else run
        for at, run in enumerate(runs)
    ]


def _can_be(run: Run) -> bool:
    plain = run.place.kind is BlockKind.PARAGRAPH and run.linked < 0.3
    return plain and 2 < len(run.bare) <= _MAX_LETTERS and not _SENTENCE_END.search(run.text)


def _leads(runs: Sequence[Run], at: int) -> bool:
    """Whether prose that is not bold comes next."""
    behind = runs[at + 1] if at + 1 < len(runs) else None
    return (
        behind is not None
        and behind.bold < _BOLD
        and (is_prose(behind) or behind.text.endswith((".", "!", "?", "“", "”")))
    )


def _stands_out(run: Run, common: tuple[str, str], looks: Counter[tuple[str, str]]) -> bool:
    if run.bold >= _BOLD:
        return True
    own = signature(run)
    return own != common and bool(own[1]) and own[0] in ("p", "div") and looks[own] >= 2


def _as_heading(run: Run) -> Run:
    return replace(run, place=replace(run.place, kind=BlockKind.HEADING))
