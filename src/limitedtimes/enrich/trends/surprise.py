"""How surprising it is that so many speak of a thing, by what was usual before.

The count of a day is held against its own past by the posterior predictive distribution of a Gamma-Poisson model, which
is a negative binomial. So does the "Bayes" algorithm for outbreaks of diseases (Riebler 2004; Höhle, "surveillance: An
R package for the monitoring of infectious diseases", Computational Statistics 22, 2007). The past counts less with its
age, as in Harvey & Fernandes, "Time series models for count or qualitative observations" (J. Business & Economic
Statistics 7, 1989).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from limitedtimes.trend import Tally, Voices

DAYS: Final = 29
"""Of the past, that are looked at: four weeks, and the day on which the first of them begins."""
SHAPE: Final = 0.5
"""The prior's shape: Jeffreys's."""
KNOWN, QUIET = 3.0, 0.3
"""A past that is shorter than three days is filled up with days on which nobody spoke of it, so that an archive of a
day does not take all for new; and some hours of them are always there, for what was never spoken of at all."""
HALF_LIFE: Final = 2.0  # days
FADED: Final = {day: 2 ** (-day / HALF_LIFE) for day in range(1, DAYS + 1)}
WEEKLY: Final = 0.8  # what a week counts against the one after it

Count = Callable[[Voices], int]


def sources(voices: Voices) -> int:
    return voices.sources


def languages(voices: Voices) -> int:
    return voices.languages


@dataclass(frozen=True, slots=True)
class Past:
    """What was seen, in days like this one: so many voices in so much time."""

    voices: float
    days: float

    @property
    def usual(self) -> float:
        """Voices a day; 0 where there is no past."""
        return self.voices / self.days if self.days else 0.0


@dataclass(frozen=True, slots=True)
class Days:
    """The days before, and how much of the press as it is now was there on each. ``faded`` and ``all``: their sums."""

    lengths: Mapping[int, float]
    faded: float
    all: float


class Yardstick:
    """The press as it was, by which every subject is measured; made once for all of them."""

    def __init__(self, press: Tally) -> None:
        self._of_sources, self._of_languages = (_days(press, count) for count in (sources, languages))
        self._calendar = _summed(dict.fromkeys(press.before, 1.0))

    def surprise(self, tally: Tally) -> float:
        """In powers of ten: 3 is what one quiet day in a thousand has. That of the sources and that of the languages.

        Sources and languages have their own past each; of the views of it the one counts that surprises least.
        Languages alone make no surprise: they come with sources.
        """
        of_sources = _surprise(tally, self._of_sources, sources)
        return of_sources + _surprise(tally, self._of_languages, languages) if of_sources else 0.0

    def usual(self, tally: Tally) -> float:
        """How many sources speak of it in a day, by the view of the past that has most of them."""
        return max(past.usual for past in pasts(tally, self._calendar, sources))


def _days(press: Tally, count: Count) -> Days:
    """One on which half as much of the press was there is half a day."""
    today = max(count(press.now), 1)
    return _summed({day: count(voices) / today for day, voices in press.before.items()})


def _summed(lengths: Mapping[int, float]) -> Days:
    return Days(lengths, sum(FADED[day] * length for day, length in lengths.items()), sum(lengths.values()))


def _surprise(tally: Tally, days: Days, count: Count) -> float:
    return min(improbability(count(tally.now), past) for past in pasts(tally, days, count))


def pasts(tally: Tally, days: Days, count: Count) -> Iterator[Past]:
    """The views of the past: the last days, the same weekday of the last weeks, and all that is known.

    What began the day before yesterday is no news, what comes every Saturday is none either.
    """
    spoke = {day: count(voices) for day, voices in tally.before.items() if day in days.lengths}
    yield Past(sum(FADED[day] * said for day, said in spoke.items()), days.faded)
    yield _weekly(spoke, days.lengths)
    yield Past(sum(spoke.values()), days.all)


def _weekly(spoke: Mapping[int, int], lengths: Mapping[int, float]) -> Past:
    """24 hours lie in two days of the calendar: of each week the one counts that has more."""
    voices = days = 0.0
    for week in range(1, 5):
        pair = [day for day in (7 * week, 7 * week + 1) if day in lengths]
        if pair:
            most = max(pair, key=lambda day: spoke.get(day, 0))
            voices += WEEKLY ** (week - 1) * spoke.get(most, 0)
            days += WEEKLY ** (week - 1) * lengths[most]
    return Past(voices, days)


def improbability(count: int, past: Past) -> float:
    """−log₁₀ P(X ≥ count) for a day of the press as it is today; 0 where no more than usual speak."""
    shape, rate = SHAPE + past.voices, past.days + max(KNOWN - past.days, QUIET)
    if count <= shape / rate:
        return 0.0
    again = 1 / (rate + 1)
    first = (
        math.lgamma(shape + count)
        - math.lgamma(shape)
        - math.lgamma(count + 1)
        + shape * math.log(rate * again)
        + count * math.log(again)
    )
    term = total = 1.0
    while term > 1e-9 * total:
        term *= (shape + count) / (count + 1) * again
        total += term
        count += 1
    return max(0.0, -(first + math.log(total)) / math.log(10))
