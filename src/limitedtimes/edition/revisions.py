"""What a publisher changed in an article, from revision to revision, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

from limitedtimes.edition.reading import Line, Reading
from limitedtimes.model import Article


@dataclass(frozen=True, slots=True)
class Edit:
    """Sentences that stood in one place before, and those that stand there after. Either may be none.

    ``lines`` are those of ``after`` that the page still has: they have an English side.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One revision. No edits: only pictures, names or the division into paragraphs changed."""

    number: int  # from 2
    seen: datetime  # when we fetched it
    edits: tuple[Edit, ...]

    @property
    def summary(self) -> str:
        """``2 places changed, 1 added, 1 taken out``"""
        changed = sum(bool(edit.before and edit.after) for edit in self.edits)
        added = sum(not edit.before for edit in self.edits)
        gone = len(self.edits) - changed - added
        places = f"{changed} {'place' if changed == 1 else 'places'} changed"
        parts = [(changed, places), (added, f"{added} added"), (gone, f"{gone} taken out")]
        return ", ".join(words for count, words in parts if count) or "no sentence changed"


def history(view: Reading, revisions: Sequence[Article]) -> tuple[Change, ...]:
    """What changed up to the revision that the page shows, the latest first. ``revisions``: all, the oldest first.

    Nothing where the reader may not see the whole article: an old sentence is the publisher's, too.
    """
    if not view.extent.whole:
        return ()
    shown = {line.original: line for line in view.lines}
    steps = enumerate(pairwise(revisions[: view.published.revision]), start=2)
    found = [Change(number, after.fetched_at, tuple(_edits(before, after, shown))) for number, (before, after) in steps]
    return tuple(reversed(found))


def _edits(before: Article, after: Article, shown: Mapping[str, Line]) -> Iterable[Edit]:
    old, new = ([sentence.text for sentence in article.sentences] for article in (before, after))
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            after_texts = tuple(new[new_start:new_end])
            lines = tuple(shown[text] for text in after_texts if text in shown)
            yield Edit(tuple(old[start:end]), after_texts, lines)
