"""The nouns of trends: who speaks of a name or a story now, who did before, and what rises.

Everything is counted in **voices**: how many different sources, and in how many languages. A source that says a thing
forty times is one voice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from limitedtimes.model import Teaser


class Kind(StrEnum):
    """What can rise."""

    NAME = "name"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Subject:
    """A name by its key (``olaf scholz``), or a story by its id."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Voices:
    """How many different ones speak."""

    sources: int
    languages: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The voices on one subject: ``now``, in the last 24 hours (the running one and 23 before it), and on earlier days.

    ``before[1]`` are the 24 hours before those, ``before[n]`` from 2 on the UTC day that is n days before today. A day
    on which nobody spoke of it is not there.
    """

    now: Voices
    before: Mapping[int, Voices]


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the press speaks of: ``press`` is everyone who speaks of anything, the measure for all others."""

    press: Tally
    subjects: Mapping[Subject, Tally]


@dataclass(frozen=True, slots=True)
class Mention:
    """One article of the last 24 hours that speaks of a subject. ``hour``: 0 for the running one, to 23."""

    article: str
    source: str
    language: str
    hour: int
    name: str = ""  # as the article writes it; "" for a story


@dataclass(frozen=True, slots=True)
class Trend:
    """A subject that rises.

    ``hours``: most of its voices came in so many last ones, ``lately``. ``usual``: so many sources speak of it in a day
    otherwise. ``bars``: sources in each of the last 24 hours, the latest last. ``along``: names that rise with it.
    """

    subject: Subject
    title: str
    score: float
    voices: Voices
    hours: int
    lately: Voices
    usual: float
    bars: tuple[int, ...]
    articles: tuple[str, ...]  # the latest first
    along: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trends:
    """What rises at a moment, most of all first. ``days``: so many earlier ones are known to compare with."""

    at: datetime
    days: int
    rising: tuple[Trend, ...] = field(default=())


Worth = Callable[[Tally], Callable[[Voices], bool]]
"""From the press: whether a subject with so many voices now is worth a look at its past."""


class Chronicle(Protocol):
    """Who spoke of what, as those who ask see it. Nothing here writes."""

    def pulse(self, *, now: datetime, days: int, worth: Worth) -> Pulse:
        """The press, with so many earlier days, and the subjects of these 24 hours whose past is worth asking for."""
        ...

    def mentions(self, subjects: Sequence[Subject], *, now: datetime) -> Mapping[Subject, tuple[Mention, ...]]:
        """The published articles of these 24 hours that speak of each, the latest first."""
        ...

    def forgotten_at(self) -> datetime | None:
        """When last an article was removed. What was counted before may rest on it."""
        ...


class Reporting(Protocol):
    """The articles behind a trend."""

    def reports(self, articles: Collection[str]) -> list[Teaser]:
        """Those of these articles that are published, the latest first."""
        ...
