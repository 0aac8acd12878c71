"""What the edition has at one moment, and from it a version of whatever a page may show: equal ones show the same."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, TypeVar

from limitedtimes.contents import Outline
from limitedtimes.edition.settings import Settings
from limitedtimes.model import SECTIONS, Source
from limitedtimes.protocols import Newsstand

Key = TypeVar("Key")

_MADE_BY: Final = ("edition", "web", "publish")
"""The rooms whose files decide how a page looks."""


def digest(*parts: object) -> str:
    """16 hexadecimal digits that differ when a part does."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(errors="replace"), digest_size=8).hexdigest()


def program(*more: str) -> str:
    """Of the files of the program that make pages: a new version of it may make them otherwise. ``more``: other rooms
    and modules that matter."""
    found: list[Traversable] = [files("limitedtimes") / room for room in (*_MADE_BY, *more)]
    texts = hashlib.blake2b(digest_size=8)
    while found:
        here = found.pop()
        if here.is_dir():
            found += sorted((one for one in here.iterdir() if one.name != "__pycache__"), key=lambda one: one.name)
        else:
            texts.update(here.name.encode() + here.read_bytes())
    return texts.hexdigest()


@dataclass(frozen=True)
class State:
    """``now`` is the moment of publishing; ``reads`` must see one moment too."""

    reads: Newsstand
    settings: Settings
    now: datetime
    program: str = field(default_factory=program)

    @cached_property
    def outlines(self) -> Sequence[Outline]:
        return self.reads.outlines(now=self.now)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.reads.sources()}

    @cached_property
    def everywhere(self) -> str:
        """Of what every page shows: how it is made, the settings, and the sections in its head."""
        there = self.reads.sections()
        sections = [section for section in SECTIONS if section in there]
        return digest(self.program, self.settings, sections)

    @cached_property
    def changed(self) -> str:
        """Of everything that a reader can see."""
        return digest(self.everywhere, self.reads.changed_at())

    @cached_property
    def moment(self) -> str:
        """Of everything, and of the hour: some pages say what is the latest."""
        return digest(self.changed, self.now.astimezone(UTC).strftime("%Y-%m-%dT%H"))

    @cached_property
    def articles(self) -> Mapping[str, str]:
        """Article → version of it, and of what is known of its source."""
        known = {id_: digest(source) for id_, source in self.sources.items()}
        return {one.id: digest(one.updated, one.path, known.get(one.source)) for one in self.outlines}

    def of(self, outlines: Iterable[Outline], *more: object) -> str:
        """Of a list of articles, and of what else its page shows."""
        return digest(self.everywhere, *(self.articles[one.id] for one in outlines), *more)

    @cached_property
    def by_source(self) -> Mapping[str, Sequence[Outline]]:
        return _grouped(self.outlines, lambda one: one.source)

    @cached_property
    def by_section(self) -> Mapping[str, Sequence[Outline]]:
        return _grouped(self.outlines, lambda one: one.section)

    @cached_property
    def by_day(self) -> Mapping[date, Sequence[Outline]]:
        return _grouped(self.outlines, lambda one: one.published.astimezone(UTC).date())

    @cached_property
    def by_date(self) -> Mapping[str, Sequence[Outline]]:
        """The days, as their addresses have them."""
        return {day.isoformat(): outlines for day, outlines in self.by_day.items()}

    @cached_property
    def by_language(self) -> Mapping[str, Sequence[Outline]]:
        """Also the languages of publishers of whom there is nothing yet."""
        spoken: dict[str, list[Outline]] = {code: [] for source in self.sources.values() for code in source.languages}
        return spoken | _grouped(self.outlines, lambda one: one.language.partition("-")[0])

    @cached_property
    def by_country(self) -> Mapping[str, Sequence[Outline]]:
        """Also the countries of publishers of whom there is nothing yet."""
        homes: dict[str, list[Outline]] = {source.country: [] for source in self.sources.values() if source.country}
        of = {source.id: source.country for source in self.sources.values()}
        found = _grouped(self.outlines, lambda one: of.get(one.source, ""))
        return homes | {country: outlines for country, outlines in found.items() if country}

    @cached_property
    def stories(self) -> Mapping[str, Sequence[Outline]]:
        """Those that more than one article is in."""
        found = _grouped((one for one in self.outlines if one.story), lambda one: one.story)
        return {id_: outlines for id_, outlines in found.items() if len(outlines) > 1}

    @cached_property
    def _story_versions(self) -> Mapping[str, str]:
        return {id_: self.of(outlines) for id_, outlines in self.stories.items()}

    def article(self, one: Outline) -> str:
        """Of an article's pages, but for the other articles that they lead to."""
        return digest(self.everywhere, self.articles[one.id], self._story_versions.get(one.story))

    def around(self, day: date) -> str:
        """Of what a day's page shows of other days: the calendar of its month, and its neighbours."""
        days = sorted(self.by_day)
        at = days.index(day)
        return digest(days[max(at - 1, 0)], days[min(at + 1, len(days) - 1)], self._months[day.year, day.month])

    @cached_property
    def _months(self) -> Mapping[tuple[int, int], Sequence[tuple[date, int]]]:
        counts = Counter({day: len(outlines) for day, outlines in self.by_day.items()})
        months: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
        for day in sorted(counts):
            months[day.year, day.month].append((day, counts[day]))
        return months


def _grouped(outlines: Iterable[Outline], key: Callable[[Outline], Key]) -> dict[Key, list[Outline]]:
    groups: dict[Key, list[Outline]] = defaultdict(list)
    for one in outlines:
        groups[key(one)].append(one)
    return dict(groups)
