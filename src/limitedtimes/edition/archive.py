"""The archive's pages above those of days: all years, a year, a month. Pure functions of how many each day has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from limitedtimes.contents import ArchiveDay
from limitedtimes.edition.choose import DayCount, calendar
from limitedtimes.edition.times import month as in_words
from limitedtimes.model import Teaser


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the archive, as another one leads to it."""

    path: str
    title: str
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """A year's months, January first; one without articles has no path."""

    link: Link
    months: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day on its month's page: how many articles it has, and some of them."""

    day: date
    articles: int
    some: Sequence[Teaser]


@dataclass(frozen=True, slots=True)
class Archive:
    """One page. ``up`` leads to what it is a part of; ``earlier`` and ``later`` are the nearest that have articles."""

    path: str
    title: str
    articles: int
    up: tuple[Link, ...] = ()
    earlier: Link | None = None
    later: Link | None = None
    years: tuple[Year, ...] = ()
    weeks: Sequence[Sequence[DayCount | None]] = ()
    days: Sequence[Day] = ()  # of a month, those that have articles, the latest first


TOP = Link("/archive", "Archive")


def path_of(of: date, *, year: bool = False) -> str:
    """``/date/2023`` or ``/date/2023-11``: the beginning of the address of each of its days."""
    return f"/date/{of.year:04}" if year else f"/date/{of.year:04}-{of.month:02}"


def whole(days: Sequence[ArchiveDay]) -> Archive:
    """Every year, the latest first."""
    numbers = sorted({counted.day.year for counted in days}, reverse=True)
    years = tuple(_year(days, number) for number in numbers)
    return Archive(TOP.path, TOP.title, sum(counted.articles for counted in days), years=years)


def year(days: Sequence[ArchiveDay], number: int) -> Archive | None:
    """None for a year without articles."""
    counts = Counter[date]()
    for counted in days:
        counts[date(counted.day.year, 1, 1)] += counted.articles
    here = date(number, 1, 1)
    if not counts[here]:
        return None
    links = [Link(path_of(first, year=True), str(first.year), counts[first]) for first in sorted(+counts)]
    earlier, later = _beside(links, path_of(here, year=True))
    shown = _year(days, number)
    return Archive(shown.link.path, str(number), counts[here], (TOP,), earlier, later, (shown,))


def _year(days: Sequence[ArchiveDay], number: int) -> Year:
    counts = Counter[int]()
    for counted in days:
        if counted.day.year == number:
            counts[counted.day.month] += counted.articles
    firsts = [date(number, month, 1) for month in range(1, 13)]
    months = (
        Link(path_of(first) if counts[first.month] else "", f"{first:%B}", counts[first.month]) for first in firsts
    )
    return Year(Link(path_of(firsts[0], year=True), str(number), counts.total()), tuple(months))


def month(days: Sequence[ArchiveDay], first: date, of_day: Callable[[date], Sequence[Teaser]]) -> Archive | None:
    """None for a month without articles. ``of_day`` says which articles of a day stand on the page."""
    counts = Counter[date]()
    for counted in days:
        counts[counted.day.replace(day=1)] += counted.articles
    if not counts[first]:
        return None
    links = [Link(path_of(one), in_words(one), counts[one]) for one in sorted(+counts)]
    earlier, later = _beside(links, path_of(first))
    up = (TOP, Link(path_of(first, year=True), str(first.year)))
    some = [Day(on.day, on.articles, of_day(on.day)) for on in reversed(days) if on.day.replace(day=1) == first]
    weeks = calendar(days, first)
    return Archive(path_of(first), in_words(first), counts[first], up, earlier, later, weeks=weeks, days=some)


def _beside(links: Sequence[Link], path: str) -> tuple[Link | None, Link | None]:
    at = [link.path for link in links].index(path)
    return links[at - 1] if at else None, links[at + 1] if at + 1 < len(links) else None
