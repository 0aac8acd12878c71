"""A story as its page and the box on an article's page show it: who reports, since when, and who says what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from limitedtimes.model import Teaser


@dataclass(frozen=True, slots=True)
class Voice:
    """What one source says: its articles, the latest first."""

    source: str
    name: str
    reports: tuple[Teaser, ...]


@dataclass(frozen=True)
class Coverage:
    """The articles of a story as this edition's audience may see them, the first to report first, at least one."""

    id: str
    reports: tuple[Teaser, ...]

    @property
    def path(self) -> str:
        return f"/story/{self.id}"

    @cached_property
    def headline(self) -> str:
        """That of the article whose translation has the fewest doubts; among equals the first."""
        return min(self.reports, key=lambda report: (report.untranslated, report.flags)).headline

    @cached_property
    def first(self) -> Teaser | None:
        """The first to report, among those that say when they did."""
        return next((report for report in self.reports if report.dated), None)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """In the order in which they came to report."""
        return tuple(dict.fromkeys(report.language for report in self.reports))

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """By source, in the order in which they came to report."""
        order = list(dict.fromkeys(report.source for report in self.reports))
        latest_first = self.reports[::-1]
        by_source = sorted(latest_first, key=lambda report: order.index(report.source))
        groups = ((id_, tuple(reports)) for id_, reports in groupby(by_source, key=lambda report: report.source))
        return tuple(Voice(id_, reports[0].source_name, reports) for id_, reports in groups)
