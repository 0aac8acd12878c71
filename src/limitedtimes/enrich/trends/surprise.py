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
WEEKLY: Final = 0.8  # what a week counts against the one after it

Count = Callable[[Voices], int]


@dataclass(frozen=True, slots=True)
class Past:
    """What was seen, in days like this one: so many voices in so much time."""

    voices: float
    days: float

    @property
    def usual(self) -> float:
        """Voices a day; 0 where there is no past."""
        return self.voices / self.days if self.days else 0.0


def surprise(tally: Tally, press: Tally) -> float:
    """In powers of ten: 3 is what one quiet day in a thousand has. That of the sources and that of the languages.

    Sources and languages have their own past each; of several views of it the one counts that surprises least.
    """
    return sum(
        min(improbability(count(tally.now), past) for past in pasts(tally, press, count))
        for count in (sources, languages)
    )


def usual(tally: Tally, press: Tally) -> float:
    """How many sources speak of it on a day like this one, by the view of the past that has most of them."""
    return max(past.usual for past in pasts(tally, press, sources))


def sources(voices: Voices) -> int:
    return voices.sources


def languages(voices: Voices) -> int:
    return voices.languages


def pasts(tally: Tally, press: Tally, count: Count) -> tuple[Past, Past, Past]:
    """Three views of the past: the last days, the same weekday of the last weeks, and all of it.

    What began the day before yesterday is no news, what comes every Saturday is none either.
    """
    days = {day: count(all_) / max(count(press.now), 1) for day, all_ in press.before.items() if 0 < day < DAYS + 1}
    spoke = {day: count(voices) for day, voices in tally.before.items()}
    return (
        _past(spoke, days, lambda day: 2 ** (-day / HALF_LIFE)),
        Past(*map(sum, zip((0.0, 0.0), *_weeks(spoke, days), strict=True))),
        _past(spoke, days, lambda _: 1.0),
    )


def _past(spoke: Mapping[int, int], days: Mapping[int, float], weight: Callable[[int], float]) -> Past:
    """A day on which half as much of the press was there is half a day."""
    return Past(
        sum(weight(day) * spoke.get(day, 0) for day in days), sum(weight(day) * part for day, part in days.items())
    )


def _weeks(spoke: Mapping[int, int], days: Mapping[int, float]) -> Iterator[tuple[float, float]]:
    """24 hours lie in two days of the calendar; the one counts that has more."""
    for week in range(1, 5):
        pair = [day for day in (7 * week, 7 * week + 1) if day in days]
        if pair:
            most = max(pair, key=lambda day: spoke.get(day, 0))
            yield WEEKLY ** (week - 1) * spoke.get(most, 0), WEEKLY ** (week - 1) * days[most]


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
