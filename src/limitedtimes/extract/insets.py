"""Boxes that stand between an article's paragraphs and are not the article: teasers, sign-up forms, info boxes.

Judged by structure, whatever the language: an article's own paragraphs look alike and lead nowhere; an inset looks
different, has a title of its own, or is mostly links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from limitedtimes.extract.clutter import is_clutter_title
from limitedtimes.extract.tree import Element
from limitedtimes.extract.walk import Role, Run, common_signature, is_prose, signature
from limitedtimes.model import BlockKind

_MOSTLY: Final = 0.5
_LINK_LETTERS: Final = 15
_DUPLICATE_LETTERS: Final = 30
_MAX_COMPARED: Final = 1_000  # runs; of a longer article only whole repetitions are looked for


def insets(inside: Sequence[Run], boxes: Iterable[Element]) -> set[int]:
    """The orders of runs that stand in insets. ``inside`` are all runs of the article's boxes, links too."""
    common = common_signature([run for run in inside if is_prose(run)])
    found: set[int] = set()
    for group in _groups(inside, list(boxes)):
        if not any(_is_ordinary(run, common) for run in group) and _is_inset(group):
            found |= {run.order for run in group}
    return found


def repeated(runs: Sequence[Run]) -> set[int]:
    """The orders of runs that say again what another says: pull quotes, and paragraphs shown twice."""
    found: set[int] = set()
    seen: set[tuple[bool, str]] = set()
    headings = {run.bare for run in runs if run.place.kind is BlockKind.HEADING}
    whole = "\n".join({run.bare for run in runs}) if len(runs) <= _MAX_COMPARED else ""
    for run in runs:
        heading = run.place.kind is BlockKind.HEADING
        if run.place.kind is BlockKind.ITEM and run.bare in headings:  # a table of contents
            found.add(run.order)
        elif len(run.bare) >= _DUPLICATE_LETTERS:
            if (heading, run.bare) in seen or (not heading and whole.count(run.bare) > 1):
                found.add(run.order)
            seen.add((heading, run.bare))
    return found


def _groups(inside: Sequence[Run], boxes: list[Element]) -> list[list[Run]]:
    """Runs by the child of the box that they stand in; text right in the box is a group of its own."""
    tops: dict[Element, Element] = {}
    for box in boxes:
        for child in box:
            for element in child.iter():
                tops[element] = child
    groups: dict[Element | int, list[Run]] = {}
    for run in inside:
        groups.setdefault(tops.get(run.place.element, run.order), []).append(run)
    return list(groups.values())


def _is_ordinary(run: Run, common: tuple[str, str]) -> bool:
    return signature(run) == common and run.linked < _MOSTLY and is_prose(run)


def _is_inset(group: list[Run]) -> bool:
    """Whether a group leads elsewhere, or is a box with a title of its own. Captions are not looked at."""
    texts = [run for run in group if run.place.role is Role.TEXT and run.place.figure is None]
    letters = sum(len(run.bare) for run in texts)
    linked = sum(run.linked * len(run.bare) for run in texts)
    if any(run.linked > 0.9 and len(run.bare) >= _LINK_LETTERS for run in texts) or linked > _MOSTLY * letters:
        return True
    if len(texts) < 2:
        return False
    titled = texts[0].place.kind is BlockKind.HEADING and any(run.place.kind is not BlockKind.HEADING for run in texts)
    return titled or is_clutter_title(texts[0].text)
