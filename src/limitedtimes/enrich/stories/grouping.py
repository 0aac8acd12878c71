"""Which story an article belongs to: one that is there already, several that turn out to be one, or its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from limitedtimes.enrich.stories.sketching import sketch
from limitedtimes.protocols import Archive, Translated
from limitedtimes.story import Grouping, Kin

WINDOW: Final = timedelta(days=4)
"""Articles further apart are never put together by themselves, whatever they share; a story may still last longer."""
JOIN: Final = 0.2
"""Likeness from which an article joins a story."""
MERGE: Final = 0.3
"""Likeness from which an article that joins one story brings another into it."""
SHARED: Final = 4
"""Terms that two articles must have in common: two short ones can be alike by a single name."""
NEAREST: Final = 30
"""Articles that are looked at; a story is judged by the best few of its members among them."""
BEST: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that an article may belong to."""

    story: str
    likeness: float
    members: int  # among the nearest
    since: datetime  # of the first of them


def group(item: Translated, archive: Archive) -> Grouping:
    """The article's place among the stories of the archive. One that has company already stays where it is."""
    drawn = sketch(item, archive.term_counts)
    company = archive.company(drawn.article)
    if company:
        return Grouping(drawn, company)
    nearest = archive.kin(drawn.terms, since=drawn.at - WINDOW, until=drawn.at + WINDOW, limit=NEAREST)
    fitting = candidates([one for one in nearest if one.article != drawn.article], drawn.at)
    if not fitting:
        return Grouping(drawn, drawn.article)
    same = [fitting[0], *(one for one in fitting[1:] if one.likeness >= MERGE)]
    kept = min(same, key=lambda one: (-one.members, one.since, one.story))
    return Grouping(drawn, kept.story, tuple(one.story for one in same if one is not kept))


def candidates(nearest: Sequence[Kin], at: datetime) -> list[Candidate]:
    """The stories of the nearest articles that are like enough to join, the likest first."""
    by_story: dict[str, list[Kin]] = {}
    for one in nearest:
        by_story.setdefault(one.story, []).append(one)
    found = [_candidate(story, members, at) for story, members in by_story.items()]
    return sorted((one for one in found if one.likeness >= JOIN), key=lambda one: (-one.likeness, one.story))


def _candidate(story: str, members: Sequence[Kin], at: datetime) -> Candidate:
    """The mean of its best, so that one article between two events does not make them one."""
    best = sorted((_likeness(one, at) for one in members), reverse=True)[:BEST]
    return Candidate(story, sum(best) / len(best), len(members), min(one.at for one in members))


def _likeness(one: Kin, at: datetime) -> float:
    """The cosine, which loses half of its worth over the window."""
    if one.shared < SHARED:
        return 0.0
    return one.likeness * (1 - abs(at - one.at) / WINDOW / 2)
