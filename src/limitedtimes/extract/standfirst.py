"""The standfirst: the line or two between headline and article, which the body must not repeat.

Publishers show it between the headline and the first paragraph and declare it, often in other words, as the page's
description. What is shown wins; what is only declared is used where it is no mere excerpt of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from limitedtimes.extract.body import Body
from limitedtimes.extract.clutter import is_status_line
from limitedtimes.extract.tree import bare
from limitedtimes.extract.walk import Role, Run
from limitedtimes.model import BlockKind

_INITIAL = re.compile(r"first|initial|drop-?cap", re.IGNORECASE)
_MIN_LETTERS: Final = 20
_MAX_LETTERS: Final = 900
_LIKE: Final = 0.7  # two texts say the same when they share this much
_MAX_SHOWN: Final = 350  # characters of a first paragraph that is a standfirst by its looks alone
_ENOUGH: Final = 2


def shown(zone: Sequence[Run], body: Body, declared: Sequence[str]) -> list[Run]:
    """The runs of the standfirst as the page shows it, or [].

    ``zone`` are the runs from the headline to the article's first paragraphs, ``declared`` the descriptions.
    """
    prose = body.prose()
    scores = [(_score(run, prose, declared, body=body), run) for run in zone]
    best, first = max(scores, key=lambda pair: pair[0], default=(0, None))
    if first is None or best < _ENOUGH:
        return []
    found = [first]
    for score, run in scores:
        if run.order > found[-1].order and score >= _ENOUGH and body.is_lead(run) and _siblings(run, found[-1]):
            found.append(run)
    return found


def declared_only(declared: Sequence[str], opening: str) -> str:
    """The description, where it is no excerpt of the article's opening and not cut off; else ""."""
    for text in declared:
        if not text.endswith(("...", "…")) and len(bare(text)) >= _MIN_LETTERS and share(text, opening) < 0.9:
            return text
    return ""


def share(text: str, other: str) -> float:
    """How much of ``text`` is in ``other``, by its letter triples: works in every script."""
    triples, have = _triples(text), _triples(other)
    return (triples & have).total() / max(1, triples.total())


def _triples(text: str) -> Counter[str]:
    letters = bare(text)
    return Counter(letters[at : at + 3] for at in range(len(letters) - 2))


def _score(run: Run, prose: Sequence[Run], declared: Sequence[str], *, body: Body) -> int:
    """3 for saying what is declared, 3 for a box named a standfirst, 2 for standing before the article's box."""
    size = len(run.bare)
    if not _MIN_LETTERS <= size <= _MAX_LETTERS or run.linked >= 0.5 or _is_label(run) or is_status_line(run.text):
        return 0
    like = any(min(share(run.text, text), share(text, run.text) * 1.3) >= _LIKE for text in declared)
    lead, outside = body.is_lead(run), run.place.element not in body.elements
    if run.place.clutter and not like and not lead:
        return 0
    score = 3 * like + 3 * lead + 2 * (outside and size >= (40 if run.place.kind is BlockKind.PARAGRAPH else 60))
    if prose and run.order == prose[0].order and not outside and not lead:
        plain = like or run.bold >= 0.9 or len(run.text) <= _MAX_SHOWN
        return max(score, _ENOUGH) if plain and _stands_out(run, prose[1:]) else 0
    return score


def _is_label(run: Run) -> bool:
    return run.place.role is not Role.TEXT or run.place.figure is not None or run.place.kind is BlockKind.ITEM


def _stands_out(run: Run, others: Sequence[Run]) -> bool:
    """Whether a first paragraph looks unlike the others: bold, or of another class."""
    if not others:
        return False
    if run.bold >= 0.9:
        return sum(other.bold >= 0.9 for other in others) * 2 < len(others)
    looks = {_signature(other) for other in others}
    initial = _INITIAL.search(run.place.element.get("class") or "")  # a first paragraph with a large first letter
    return len(others) > 2 and _signature(run) not in looks and not initial


def _signature(run: Run) -> tuple[str, str, str]:
    parent = run.place.element.getparent()
    outer = "" if parent is None else parent.get("class") or ""
    return run.place.tag, run.place.element.get("class") or "", outer


def _siblings(run: Run, other: Run) -> bool:
    one, two = run.place.element, other.place.element
    return one is two or one.getparent() is two.getparent()
