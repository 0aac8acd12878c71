"""Which runs of a page are its article: trafilatura votes, structure decides.

trafilatura says which text is the article's. Most of that text stands in one box, and in that box stands the rest of
the article too: its subheads, lists and short paragraphs. The only place that imports trafilatura.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from trafilatura import bare_extraction

from limitedtimes.extract.clutter import is_clutter_line
from limitedtimes.extract.insets import insets, repeated
from limitedtimes.extract.subheads import with_subheads
from limitedtimes.extract.tree import Document, Element, bare
from limitedtimes.extract.walk import Role, Run, is_prose
from limitedtimes.model import BlockKind

_BOX_SHARE: Final = 0.7  # the article's box holds this share of the prose that was voted for
_BIG_SHARE: Final = 0.4  # a box inside it with more than this is the article too, whatever its class says
_LINKED: Final = 0.6
_FEW_LINKS: Final = 0.3
_POOR_VOTE: Final = 1_500  # letters; with less, trafilatura may have read the wrong box
_SENTENCE_END = re.compile(r"[.!?…。！？।۔؟][\"'“”’»)」』]*$")


class Votes:
    """trafilatura's reading of a page: what text is in, spacing and punctuation aside."""

    def __init__(self, document: Document) -> None:
        read = bare_extraction(
            document.root,
            url=document.url,
            with_metadata=False,
            include_comments=False,
            include_tables=False,
            fast=True,
            favor_recall=True,
        )
        text = (getattr(read, "text", "") or "") if read else ""
        self._lines = {bare(line) for line in text.split("\n")}
        self._whole = bare(text)

    def __contains__(self, text: str) -> bool:
        return text in self._lines or (len(text) > 30 and text in self._whole)


class Body:
    """The article's box on a page, and the runs in it that are the article."""

    def __init__(
        self, runs: Sequence[Run], votes: Votes, *, taken: Iterable[str] = (), boxes: Sequence[Element] = ()
    ) -> None:
        """``taken`` are texts that have their own field (headline, standfirst), in their bare form; ``boxes`` are the
        article's own, where a publisher's rule names them.
        """
        self._taken = {text for text in taken if text}
        self._voted = {run.order for run in runs if run.bare in votes}
        self.box = boxes[0] if boxes else self._find_box(runs)
        self._boxes = list(boxes) or _alike(self.box)
        self.labels: set[int] = set()  # orders of runs that are captions, credits or in insets
        self.above = set() if self.box is None else {self.box, *self.box.iterancestors()}
        self._elements = inside = {element for box in self._boxes for element in box.iter()}
        self.inside = [run for run in runs if run.place.element in inside]
        self._before = [run for run in runs if self.inside and run.order < self.inside[0].order]
        self._clutter: dict[int, bool] = {}
        self._trusted = self._trusted_boxes()
        self.labels |= insets(self.inside, self._boxes)

    @property
    def elements(self) -> set[Element]:
        """Everything in the box."""
        return self._elements

    def is_lead(self, run: Run) -> bool:
        """Whether a run stands in a box named a standfirst, which is not the whole article."""
        return self.minds(run.place.lead)

    def prose(self) -> list[Run]:
        return [run for run in self.inside if is_prose(run) and self._fits(run)]

    def runs(self, without: Collection[str] = ()) -> list[Run]:
        """The article's runs in order, but for those that have one of these texts (in bare form)."""
        self._taken |= set(without)
        fit = [run for run in self.inside if self._fits(run)]
        prose = [at for at, run in enumerate(fit) if is_prose(run)]
        if not prose:
            return []
        chosen = fit[_start(fit, prose[0]) : self._end(fit, prose) + 1]
        again = repeated(chosen)
        chosen = with_subheads([run for run in chosen if run.order not in again])
        while chosen and chosen[-1].place.kind is BlockKind.HEADING:
            chosen.pop()
        return [*self._openers(), *chosen]

    def _find_box(self, runs: Sequence[Run]) -> Element | None:
        """The deepest element that holds most of the voted prose; of all prose where the vote is poor."""
        prose = [run for run in runs if is_prose(run) and run.bare not in self._taken]
        voted = [run for run in prose if run.order in self._voted]
        size = sum(len(run.bare) for run in voted)
        box = _deepest(voted)
        if size < _POOR_VOTE:
            open_prose = [run for run in prose if not run.place.clutter or run.order in self._voted]
            parent = _richest(open_prose)
            together = [run for run in open_prose if run.place.element.getparent() is parent]
            if sum(len(run.bare) for run in together) > (2 * size if size > _POOR_VOTE / 2 else size):
                self._voted |= {run.order for run in together}
                return _deepest(together)
        return box

    def _trusted_boxes(self) -> set[Element]:
        """Boxes with clutter's names that hold too much of the article to be clutter."""
        prose = [run for run in self.inside if is_prose(run) and run.order in self._voted]
        total = sum(len(run.bare) for run in prose)
        sizes: dict[Element, int] = {}
        for run in prose:
            for element in (*run.place.clutter, run.place.label, run.place.figure, run.place.table, run.place.lead):
                sizes[element] = sizes.get(element, 0) + len(run.bare)
        return {element for element, size in sizes.items() if size > _BIG_SHARE * total}

    def minds(self, element: Element | None) -> bool:
        """Whether a box with a telling name stands between the run and the article's box."""
        return element is not None and element not in self.above and element not in self._trusted

    def _fits(self, run: Run) -> bool:
        place = run.place
        if not run.bare or run.bare in self._taken or run.order in self.labels or self._is_clutter(run):
            return False
        boxes = place.clutter
        if boxes and place.kind is BlockKind.HEADING and boxes[-1] is place.element:
            boxes = boxes[:-1]  # a heading's own class says how it looks ("widget-title")
        if any(map(self.minds, boxes)) or self.minds(place.figure) or self.minds(place.table):
            return False
        if place.role is not Role.TEXT and self.minds(place.label):
            return False
        return run.linked < _LINKED

    def _is_clutter(self, run: Run) -> bool:
        known = self._clutter.get(run.order)
        if known is None:
            known = self._clutter[run.order] = is_clutter_line(run.text, linked=run.linked)
        return known

    def _end(self, fit: list[Run], prose: list[int]) -> int:
        """Where the article ends: with the last prose that was voted for or stands beside such prose, and the list or
        short paragraphs right behind it.
        """
        parents = {fit[at].place.element.getparent() for at in prose if fit[at].order in self._voted}
        ends = [at for at in prose if fit[at].order in self._voted or fit[at].place.element.getparent() in parents]
        end = ends[-1] if ends else prose[-1]
        tops = [_top(fit[at]) for at in ends or prose]
        flows, looks = {top.getparent() for top in tops}, {_look(top) for top in tops}
        for at in range(end + 1, len(fit)):
            if _top(fit[at]).getparent() in flows and _closes(fit[at], looks):
                end = at
            elif fit[at].place.kind is not BlockKind.HEADING:
                break
        return end

    def _openers(self) -> list[Run]:
        """Prose between the headline and the box: first paragraphs that stand apart."""
        found: list[Run] = []
        for run in reversed(self._before):
            if run.bare in self._taken or run.place.tag == "h1":
                break
            if is_prose(run) and run.order in self._voted and not run.place.clutter and self._fits(run):
                found.append(run)
        return found[::-1]


def _alike(box: Element | None) -> list[Element]:
    """The box and its siblings of the same tag and class: an article in several pieces."""
    if box is None or box.getparent() is None or not box.get("class"):
        return [] if box is None else [box]
    return [child for child in box.getparent() if child.tag == box.tag and child.get("class") == box.get("class")]


def _start(fit: list[Run], first: int) -> int:
    """Where the article starts: at its first prose, or at what leads up to it: the heading and list beside it, short
    sentences in paragraphs that look like it."""
    flow, top = _flow(fit[first]), _top(fit[first])
    around = set() if flow is None else {flow, *flow.iterancestors()}
    while first:
        before = fit[first - 1]
        leads = before.place.kind in (BlockKind.HEADING, BlockKind.ITEM) and _flow(before) in around
        beside = before.place.kind is BlockKind.PARAGRAPH and _top(before).getparent() is top.getparent()
        if not leads and not (beside and _closes(before, {_look(top)})):
            break
        first -= 1
    return first


def _closes(run: Run, looks: Collection[tuple[str, str]]) -> bool:
    """Whether a run can end an article although it is no prose: an item of a list, or a short sentence in a paragraph
    that looks like the others (``looks``).
    """
    top = _top(run)
    if run.place.kind is BlockKind.ITEM:
        return run.linked < _FEW_LINKS and (top.tag in ("ul", "ol") or _look(top) in looks)
    return _look(top) in looks and not run.linked and bool(_SENTENCE_END.search(run.text))


def _top(run: Run) -> Element:
    """A run's element (of an item, its list), or the outermost box that is around nothing else."""
    element = run.place.element if run.place.item is None else run.place.item.getparent()
    while (parent := element.getparent()) is not None and len(parent) == 1:
        element = parent
    return element


def _look(element: Element) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _flow(run: Run) -> Element | None:
    """What a run flows in: the parent of its element, or of its list."""
    element = run.place.element if run.place.item is None else run.place.item.getparent()
    return None if element is None else element.getparent()


def _deepest(prose: Sequence[Run]) -> Element | None:
    """The deepest element around ``_BOX_SHARE`` of some prose."""
    sizes: dict[Element, int] = {}
    total = 0
    for run in prose:
        total += len(run.bare)
        for element in (run.place.element, *run.place.element.iterancestors()):
            sizes[element] = sizes.get(element, 0) + len(run.bare)
    wide = [element for element, size in sizes.items() if size >= _BOX_SHARE * total]
    return max(wide, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _richest(prose: Sequence[Run]) -> Element | None:
    """The parent with the most prose directly under it."""
    sizes: dict[Element, int] = {}
    for run in prose:
        parent = run.place.element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + len(run.bare)
    return max(sizes, key=lambda element: sizes[element], default=None)
