"""A press by chance: five weeks of articles with the names that they have, and what was made to rise in them.

No real press: a model with what makes trends hard. Names with their own steady rate, most of them rare, each at home in
some languages; good and bad days; names of one weekday; one publisher that says a name in every article of a day; and
planted rises, half of them of names that are in the papers anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from memory_chronicle import Said

from limitedtimes.trend import Kind, Subject

START = datetime(2026, 10, 5, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
Chance = np.random.Generator


@dataclass(frozen=True, slots=True)
class Rise:
    """Planted: so many sources take a name up, one after the other, from ``start`` on."""

    name: int
    start: float  # days
    sources: tuple[int, ...]
    lasts: float  # days


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the press is, and what is planted in each of its days."""

    days: int = 36
    sources: int = 60
    languages: int = 10
    articles: int = 25  # of a source in a day, on average
    names: int = 3000
    weekly: int = 60
    rises: int = 5
    floods: int = 3


@dataclass
class SimulatedPress:
    seed: int
    shape: Shape = Shape()
    rises: list[Rise] = field(default_factory=list)
    floods: list[int] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance, shape = np.random.default_rng(self.seed), self.shape
        self.language_of = np.minimum(chance.geometric(0.25, shape.sources) - 1, shape.languages - 1)
        size = chance.lognormal(0, 0.7, shape.sources)
        self.size = shape.articles * size / size.mean()
        self.rate = 1 / (np.arange(shape.names) + 3.0)  # Zipf, without the very first
        home = np.where(chance.random((shape.languages, shape.names)) < 0.3, 4.0, 0.4)
        self.share = home * self.rate
        self.weekday = np.full(shape.names, -1)
        self.weekday[chance.choice(np.arange(30, 900), shape.weekly, replace=False)] = chance.integers(
            4, 7, shape.weekly
        )
        for day in range(shape.days):
            self._everyday(chance, day)
            self._rises(chance, day)
            self._floods(chance, day)

    def _everyday(self, chance: Chance, day: int) -> None:
        """What is always in the papers, in good and bad days, less of it at the weekend."""
        luck = chance.gamma(3.0, 1 / 3.0, self.shape.names)
        on = np.where(self.weekday == day % 7, 12.0, np.where(self.weekday >= 0, 0.2, 1.0))
        for source in range(self.shape.sources):
            share = self.share[self.language_of[source]] * luck * on
            count = chance.poisson(self.size[source] * (0.6 if day % 7 > 4 else 1.0))
            drawn = chance.choice(self.shape.names, (count, 4), p=share / share.sum())
            for number, hour in enumerate(chance.normal(13, 4.5, count).clip(0, 23.9)):
                self._say(source, day + hour / 24, f"{day}-{source}-{number}", set(drawn[number].tolist()))

    def _rises(self, chance: Chance, day: int) -> None:
        for _ in range(self.shape.rises):
            fresh = chance.random() < 0.5
            name = self.shape.names + len(self.rises) if fresh else int(chance.integers(20, 1500))
            reach = chance.integers(1, self.shape.languages)
            heard = np.flatnonzero(np.isin(self.language_of, chance.permutation(self.shape.languages)[:reach]))
            many = min(len(heard), int(chance.integers(4, 30)))
            start, lasts = day + chance.random(), chance.uniform(0.3, 1.5)
            sources = tuple(chance.choice(heard, many, replace=False).tolist())
            self.rises.append(Rise(name, start, sources, lasts))
            for source in sources:
                for turn, late in enumerate(chance.exponential(lasts / 3, chance.integers(1, 4))):
                    self._say(source, start + late, f"r{len(self.rises)}-{source}-{turn}", {name})

    def _floods(self, chance: Chance, day: int) -> None:
        for _ in range(self.shape.floods):
            name, source = int(chance.integers(200, self.shape.names)), int(chance.integers(self.shape.sources))
            self.floods.append(name)
            for number, at in enumerate(chance.random(chance.integers(30, 80))):
                self._say(source, day + at, f"f{len(self.floods)}-{number}", {name})

    def _say(self, source: int, at: float, article: str, names: set[int]) -> None:
        who = f"s{source}", f"l{self.language_of[source]}"
        moment = START + at * DAY
        self.said += [Said(subject(name), article, *who, moment, f"Name {name}") for name in names]

    def true(self, now: datetime) -> set[Subject]:
        """What rose in the 24 hours up to then: planted, and four sources have taken it up."""
        return {subject(rise.name) for rise in self._within(now, 0, 1) if self._taken_up(rise, now) >= 4}

    def unclear(self, now: datetime) -> set[Subject]:
        """What neither must nor must not be found: rises of the two days before, and those that have hardly begun."""
        return {subject(rise.name) for rise in self._within(now, 0, 3)} - self.true(now)

    def _within(self, now: datetime, least: float, most: float) -> Iterator[Rise]:
        at = (now - START) / DAY
        return (rise for rise in self.rises if least <= at - rise.start < most)

    def _taken_up(self, rise: Rise, now: datetime) -> int:
        wanted = subject(rise.name)
        return len({one.source for one in self._recent(now) if one.subject == wanted and one.article.startswith("r")})

    def _recent(self, now: datetime) -> list[Said]:
        return [one for one in self.said if now - DAY < one.at <= now]


def subject(name: int) -> Subject:
    return Subject(Kind.NAME, f"name {name}")
