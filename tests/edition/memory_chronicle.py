"""A chronicle in memory, by the letter of the protocol and without an index: what the store's must agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from limitedtimes.trend import Mention, Pulse, Subject, Tally, Voices, Worth

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """One article speaks of one subject."""

    subject: Subject
    article: str
    source: str
    language: str
    at: datetime
    name: str = ""


class MemoryChronicle:
    def __init__(self, said: Iterable[Said]) -> None:
        self.said = sorted(said, key=lambda one: (-one.at.timestamp(), one.article))
        self._forgotten: datetime | None = None

    def pulse(self, *, now: datetime, days: int, worth: Worth) -> Pulse:
        spoken: defaultdict[Subject, defaultdict[int, list[Said]]] = defaultdict(lambda: defaultdict(list))
        press: defaultdict[int, list[Said]] = defaultdict(list)
        for one in self.said:
            for day in days_back(one.at, now):
                if day <= days:
                    spoken[one.subject][day].append(one)
                    press[day].append(one)
        tallies = {subject: tally(by_day) for subject, by_day in spoken.items()}
        looked_at = worth(tally(press))
        return Pulse(tally(press), {s: counted for s, counted in tallies.items() if looked_at(counted.now)})

    def mentions(self, subjects: Sequence[Subject], *, now: datetime) -> Mapping[Subject, tuple[Mention, ...]]:
        found: dict[Subject, list[Mention]] = {subject: [] for subject in subjects}
        for one in self.said:
            if one.subject in found and 0 <= hours_back(one.at, now) < 24:
                mention = Mention(one.article, one.source, one.language, hours_back(one.at, now), one.name)
                found[one.subject].append(mention)
        return {subject: tuple(mentions) for subject, mentions in found.items()}

    def forget(self, article: str, now: datetime) -> None:
        self.said = [one for one in self.said if one.article != article]
        self._forgotten = now

    def forgotten_at(self) -> datetime | None:
        return self._forgotten


def days_back(at: datetime, now: datetime) -> set[int]:
    """Where a moment counts: 0 and 1 are 24 hours by the clock, from 2 on days of the calendar."""
    clock, calendar = hours_back(at, now) // 24, now.toordinal() - at.toordinal()
    return {day for day in (clock,) if day in (0, 1)} | {day for day in (calendar,) if day > 1}


def hours_back(at: datetime, now: datetime) -> int:
    """0 in the running hour."""
    return int(now.timestamp() // 3600 - at.timestamp() // 3600)


def tally(by_day: Mapping[int, Sequence[Said]]) -> Tally:
    counted = {
        day: Voices(len({one.source for one in said}), len({one.language for one in said}))
        for day, said in by_day.items()
    }
    return Tally(counted.get(0, Voices(0, 0)), {day: voices for day, voices in counted.items() if day})
