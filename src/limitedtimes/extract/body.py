"""Which runs of a page are its article: trafilatura votes, structure decides.

trafilatura says which text is the article's; the walk over the page knows what each run is, where it stands, and what
stands between. The only place that imports trafilatura.
"""

from __future__ import annotations

from typing import Final

from trafilatura import bare_extraction

from limitedtimes.extract.clutter import is_clutter_line
from limitedtimes.extract.tree import Document, bare
from limitedtimes.extract.walk import Run, Walk
from limitedtimes.model import BlockKind

_BIG_SHARE: Final = 0.4  # a box with more of the voted text than this is the article, whatever its class says
_LINKED: Final = 0.6


def choose(document: Document, walk: Walk, *, headline: str, standfirst: str) -> list[Run]:
    """The runs of the article's body, in order."""
    votes = _Votes(document)
    texts = [run for run in walk.runs if run.role_is_text and not run.place.table]
    voted = [run for run in texts if run.bare in votes]
    trusted = _trusted_boxes(voted)
    taken = {bare(headline), bare(standfirst)}
    parents = {id(run.place.element.getparent()) for run in voted if len(run.bare) > 80}
    first = min((run.order for run in voted), default=0)
    last = max((run.order for run in voted), default=0)
    chosen: list[Run] = []
    for run in texts:
        if any(id(box) not in trusted for box in run.place.clutter) or run.bare in taken or not run.bare:
            continue
        inside = first < run.order < last and id(run.place.element.getparent()) in parents
        if (run.bare in votes or inside) and run.linked < _LINKED and not is_clutter_line(run.text):
            chosen.append(run)
    while chosen and chosen[-1].place.kind is BlockKind.HEADING:
        chosen.pop()
    return chosen


class _Votes:
    """trafilatura's reading of the page: what text is in, spacing and punctuation aside."""

    def __init__(self, document: Document) -> None:
        read = bare_extraction(
            document.root,
            url=document.url,
            with_metadata=False,
            include_comments=False,
            include_tables=False,
            fast=True,
        )
        text = (getattr(read, "text", "") or "") if read else ""
        self._lines = {bare(line) for line in text.split("\n")}
        self._whole = bare(text)

    def __contains__(self, text: str) -> bool:
        return text in self._lines or (len(text) > 30 and text in self._whole)


def _trusted_boxes(voted: list[Run]) -> set[int]:
    """Boxes with clutter's names that hold too much of the article to be clutter."""
    total = sum(len(run.bare) for run in voted) or 1
    sizes: dict[int, int] = {}
    for run in voted:
        for box in run.place.clutter:
            sizes[id(box)] = sizes.get(id(box), 0) + len(run.bare)
    return {box for box, size in sizes.items() if size / total > _BIG_SHARE}
