"""Lines about the authors that stand among the paragraphs: bylines, and who they are under the article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from limitedtimes.extract.tree import bare
from limitedtimes.extract.walk import Run
from limitedtimes.model import BlockKind

_MAX_BYLINE: Final = 25  # letters beside the name
_BIO_RUNS: Final = 3  # of the last so many runs, one may be about its author
_BIO_START: Final = 30  # characters within which their name begins


def without_bylines(runs: Sequence[Run], authors: Sequence[str]) -> list[Run]:
    """The runs, without lines that only name an author, and cut before the note on the author at the end."""
    names = [(author, bare(author)) for author in authors if _is_person(author)]
    kept = [run for run in runs if not any(_is_byline(run, name) for _, name in names)]
    for at in range(max(1, len(kept) - _BIO_RUNS), len(kept)):
        if any(0 <= kept[at].text.find(author) < _BIO_START for author, _ in names):
            kept = kept[:at]
            break
    while len(kept) > 1 and kept[-1].place.kind is BlockKind.HEADING:
        kept.pop()
    return kept


def _is_person(author: str) -> bool:
    """Whether a name has two words or more and none of them in capitals, as a broadcaster's ("MDR SACHSEN") has."""
    parts = author.split()
    return len(parts) > 1 and not any(part.isupper() and len(part) > 2 for part in parts)


def _is_byline(run: Run, name: str) -> bool:
    return (
        name in run.bare
        and len(run.bare) <= len(name) + _MAX_BYLINE
        and not run.text.endswith((".", "!", "?", "“", "”", "»"))
    )
