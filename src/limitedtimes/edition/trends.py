"""A trend as a page shows it: what it is called, where it leads, why it is one, and its last day as a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from urllib.parse import quote

from limitedtimes.edition.times import clock
from limitedtimes.model import Teaser
from limitedtimes.trend import Kind, Trend, Voices

HOUR: Final = timedelta(hours=1)
WIDE, GAP, HIGH = 4, 1, 24
"""Of a bar of the chart, in units of its own: width, the blank after it, height of the highest."""
_SAID: Final = 0.05  # sources a day; less is nobody
_ONE: Final = 0.75


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour in the chart."""

    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Rise:
    """One trend with what is said about it: some of its articles, of different sources.

    ``at``: the moment that the trend is of. ``days``: so many earlier ones it could be compared with.
    """

    trend: Trend
    title: str
    reports: tuple[Teaser, ...]
    at: datetime
    days: int

    @property
    def path(self) -> str:
        """The page of the story, or all articles that have the name."""
        if self.trend.subject.kind is Kind.STORY:
            return f"/story/{self.trend.subject.key}"
        return f"/search?q={quote(chr(34) + self.title + chr(34), safe='')}"

    @property
    def is_story(self) -> bool:
        return self.trend.subject.kind is Kind.STORY

    @property
    def why(self) -> str:
        """``9 sources in 5 languages in the last 6 hours; usually 1 a day``"""
        hours = self.trend.hours
        lately = "in the last hour" if hours == 1 else f"in the last {hours} hours"
        return f"{voices(self.trend.lately)} {lately}" + (f"; {self._otherwise()}" if self.days else "")

    def _otherwise(self) -> str:
        if self.trend.usual >= _ONE:
            return f"usually {round(self.trend.usual)} a day"
        if self.trend.usual >= _SAID:
            return "usually less than 1 a day"
        return "none on the day before" if self.days == 1 else f"none in the {self.days} days before"

    @property
    def bars(self) -> tuple[Bar, ...]:
        """A bar for each of the last 24 hours; an hour without a voice has none."""
        most = max(self.trend.bars)
        heights = [round(HIGH * count / most, 1) for count in self.trend.bars]
        return tuple(Bar(n * (WIDE + GAP), HIGH - high, high) for n, high in enumerate(heights) if high)

    @property
    def chart(self) -> str:
        """What the chart shows, in words."""
        most = max(self.trend.bars)
        hours = [self.hour(n) for n, count in enumerate(self.trend.bars) if count == most]
        peak = f"{most} {'source' if most == 1 else 'sources'} from {clock(hours[-1])} to {clock(hours[-1] + HOUR)} UTC"
        return f"Sources in each of the last 24 hours: at most {peak}, {self.trend.bars[-1]} in the running hour"

    def hour(self, number: int) -> datetime:
        """When an hour of the chart begins."""
        running = self.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return running - (len(self.trend.bars) - 1 - number) * HOUR

    @property
    def since(self) -> datetime:
        """The hour in which it was first heard of, today if it was before."""
        first = next(number for number, count in enumerate(self.trend.bars) if count)
        return max(self.hour(first), datetime.combine(self.at.astimezone(UTC).date(), time(), UTC))


def voices(counted: Voices) -> str:
    """``9 sources in 5 languages``"""
    sources = f"{counted.sources} {'source' if counted.sources == 1 else 'sources'}"
    return f"{sources} in {'one language' if counted.languages == 1 else f'{counted.languages} languages'}"
