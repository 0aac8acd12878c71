"""What is on a page and in what order: pure functions of what the store says and of the time."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from limitedtimes.contents import ArchiveDay
from limitedtimes.edition.stories import Coverage
from limitedtimes.model import SECTIONS, Teaser

DAY: Final = timedelta(hours=24)
_HARD_NEWS: Final = frozenset({"world", "politics", "business", "society", "science", "health"})
_SECONDS, _LATEST, _IN_BAND, _VIEWS = 3, 8, 4, 3
RELATED: Final = 6
"""Articles to read after another."""
_UNTRANSLATED: Final = 2  # sentences that an article at the top of the front page may have left in its own language
_DOUBTS: Final = 6  # of an article; more say no more about it


@dataclass(frozen=True, slots=True)
class Front:
    """The front page. ``bands`` are sections with their articles, in the order of SECTIONS; ``story`` is the lead's,
    where others report it too."""

    lead: Teaser | None
    seconds: tuple[Teaser, ...]
    latest: tuple[Teaser, ...]
    bands: tuple[tuple[str, tuple[Teaser, ...]], ...]
    story: Coverage | None = None


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day of a calendar, and how many articles it has."""

    day: date
    articles: int


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a long list a page is. Pages count from 1; ``previous`` is the newer one; 0: there is none."""

    page: int
    pages: int
    total: int

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def following(self) -> int:
        return self.page + 1 if self.page < self.pages else 0


def front(
    recent: Sequence[Teaser],
    by_section: Mapping[str, Sequence[Teaser]],
    story_of: Callable[[str], Coverage | None] = lambda _: None,
) -> Front:
    """A lead, three seconds of other stories and from different sources, the latest, and what else each section has
    from many sources.

    ``recent`` and the values of ``by_section`` are the latest first. ``story_of`` is asked for the story of the few
    articles at the top, by their ids: one event stands there once, and in no section below.
    """
    lead = lead_of(recent)
    story = story_of(lead.id) if lead else None
    told = {report.id for report in story.reports} if story else set()
    top = [teaser for teaser in recent if teaser is not lead]
    fit = [teaser for teaser in top if teaser.dated and _in_english(teaser)] or top
    pictured = [teaser for teaser in fit if teaser.picture and teaser.id not in told]
    seconds: list[Teaser] = []
    for teaser in spread(pictured or fit, len(fit), avoid=lead.source if lead else ""):
        if len(seconds) < _SECONDS and teaser.id not in told:
            seconds.append(teaser)
            others = story_of(teaser.id)
            told |= {report.id for report in others.reports} if others else set()
    used = {teaser.id for teaser in (*([lead] if lead else []), *seconds)}
    latest = tuple(teaser for teaser in recent if teaser.id not in used)[:_LATEST]
    chosen = (
        (section, _band([teaser for teaser in by_section.get(section, ()) if teaser.id not in used | told]))
        for section in SECTIONS
    )
    bands = tuple((section, band) for section, band in chosen if band)
    return Front(lead, tuple(seconds), latest, bands, story if story and len(story.reports) > 1 else None)


def lead_of(recent: Sequence[Teaser]) -> Teaser | None:
    """Of the newest day's articles the one best furnished to lead; among equals the newest.

    The day is that of the publishers: an article that gives no date, and so stands at the time when we found it, leads
    only where no other does.
    """
    candidates = [teaser for teaser in recent if teaser.dated] or recent
    fresh = [teaser for teaser in candidates if candidates[0].published - teaser.published < DAY]
    return max(fresh, key=_presence, default=None)  # max keeps the first of equals


def _presence(teaser: Teaser) -> tuple[bool, int]:
    furnished = 4 * bool(teaser.picture) + 2 * (teaser.section in _HARD_NEWS) + bool(teaser.standfirst)
    return _in_english(teaser), furnished + 2 * (teaser.flags == 0) - min(teaser.flags, _DOUBTS) // 2


def _in_english(teaser: Teaser) -> bool:
    return teaser.untranslated <= _UNTRANSLATED


def _band(teasers: Sequence[Teaser]) -> tuple[Teaser, ...]:
    """What the front page has of a section, the latest first."""
    chosen = spread(teasers, _IN_BAND)
    return tuple(teaser for teaser in teasers if teaser in chosen)


def spread(teasers: Sequence[Teaser], count: int, *, avoid: str = "") -> tuple[Teaser, ...]:
    """The first ``count``, but from as many different sources as there are; ``avoid`` counts as used already."""
    seen: set[str] = {avoid}
    first: list[Teaser] = []
    rest: list[Teaser] = []
    for teaser in teasers:
        (rest if teaser.source in seen else first).append(teaser)
        seen.add(teaser.source)
    return tuple((first + rest)[:count])


def related(
    article: str, *, same_section: Sequence[Teaser], same_source: Sequence[Teaser], count: int = RELATED
) -> tuple[Teaser, ...]:
    """What to read after an article: alternately from its section and its source, each once, never itself."""
    longest = max(len(same_section), len(same_source))
    mixed = [part[at] for at in range(longest) for part in (same_section, same_source) if at < len(part)]
    unique = {teaser.id: teaser for teaser in mixed if teaser.id != article}
    return tuple(unique.values())[:count]


def read_also(
    article: str, *, views: Sequence[Teaser], kin: Sequence[Teaser], count: int = RELATED
) -> tuple[Teaser, ...]:
    """What to read after an article: other sources' view of its story, then what is like it.

    ``views`` are articles of the same story by other sources; of many only some are taken, each of another source.
    """
    unique = {teaser.id: teaser for teaser in (*spread(views, _VIEWS), *kin) if teaser.id != article}
    return tuple(unique.values())[:count]


def pager(total: int, size: int, page: int, *, most: int | None = None) -> Pager | None:
    """None for a page that does not exist. The first page exists even when it is empty. ``most``: no more pages."""
    pages = max(1, -(-total // size))
    pages = min(pages, most or pages)
    return Pager(page, pages, total) if 1 <= page <= pages else None


def calendar(days: Sequence[ArchiveDay], month: date) -> tuple[tuple[DayCount | None, ...], ...]:
    """The weeks of the month that the day is in, Monday first; None for days of other months."""
    counts = {counted.day: counted.articles for counted in days}
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    return tuple(
        tuple(DayCount(day, counts.get(day, 0)) if day.month == month.month else None for day in week) for week in weeks
    )


def neighbours(days: Sequence[ArchiveDay], day: date) -> tuple[date | None, date | None]:
    """The nearest day before and the nearest after that have articles."""
    earlier = [other.day for other in days if other.day < day]
    later = [other.day for other in days if other.day > day]
    return max(earlier, default=None), min(later, default=None)
