"""An archive in memory, by the letter of the protocol and without an index: what the store's must agree with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from limitedtimes.story import Grouping, Kin, Sketch, TermCounts


class MemoryArchive:
    """Keeps groupings as they are given to ``keep``."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        self.stories: dict[str, str] = {}  # article → story
        self.counts: Counter[int] = Counter()

    def keep(self, grouping: Grouping) -> None:
        drawn = grouping.sketch
        if drawn.article not in self.sketches:
            self.counts.update(drawn.counted)
        self.sketches[drawn.article] = drawn
        moved = {article for article, story in self.stories.items() if story in grouping.absorbed}
        self.stories |= dict.fromkeys([*moved, drawn.article], grouping.story)

    def term_counts(self, terms: Sequence[int]) -> TermCounts:
        return TermCounts(len(self.sketches), {term: self.counts[term] for term in terms if term in self.counts})

    def kin(self, terms: Mapping[int, float], *, since: datetime, until: datetime, limit: int) -> list[Kin]:
        found = [self._kin(terms, sketch) for sketch in self.sketches.values() if _within(sketch, since, until)]
        return sorted((one for one in found if one.shared), key=lambda one: (-one.likeness, one.article))[:limit]

    def company(self, article: str) -> str:
        story = self.stories.get(article, "")
        return story if sum(other == story for other in self.stories.values()) > 1 else ""

    def members(self) -> list[set[str]]:
        """The stories as sets of articles."""
        grouped: dict[str, set[str]] = {}
        for article, story in self.stories.items():
            grouped.setdefault(story, set()).add(article)
        return list(grouped.values())

    def _kin(self, terms: Mapping[int, float], sketch: Sketch) -> Kin:
        shared = terms.keys() & sketch.terms.keys()
        likeness = sum(terms[term] * sketch.terms[term] for term in shared)
        return Kin(sketch.article, self.stories[sketch.article], sketch.at, likeness, len(shared))


def _within(sketch: Sketch, since: datetime, until: datetime) -> bool:
    return since.date() <= sketch.at.date() <= until.date()
