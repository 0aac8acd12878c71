"""How surprising it is that so many speak of a thing, by what was usual before.

The count of a day is held against its own past by the posterior predictive distribution of a Gamma-Poisson model, which
is a negative binomial. So does the "Bayes" algorithm for outbreaks of diseases (Riebler 2004; Höhle, "surveillance: An
R package for the monitoring of infectious diseases", Computational Statistics 22, 2007). The past counts less with its
age, as in Harvey & Fernandes, "Time series models for count or qualitative observations" (J. Business & Economic
Statistics 7, 1989).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
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


def surprise(tally: Tally, press: Tally) -> float:
    """In powers of ten: 3 is what one quiet day in a thousand has. That of the sources and that of the languages.

    Sources and languages have their own past each; of several views of it the one counts that surprises least.
    """
    return sum(
        min(improbability(count(tally.now), past) for past in pasts(tally, press, count))
        for count in (sources, languages)
    )


def usual(tally: Tally, press: Tally) -> float:
    """How many sources speak of it in a day, by the view of the past that has most of them."""
    days = dict.fromkeys(press.before, 1.0)
    return max(past.voices / past.days if past.days else 0.0 for past in _views(tally, days, sources))


def sources(voices: Voices) -> int:
    return voices.sources


def languages(voices: Voices) -> int:
    return voices.languages


def pasts(tally: Tally, press: Tally, count: Count) -> tuple[Past, ...]:
    """The views of the past. A day on which half as much of the press was there is half a day."""
    today = max(count(press.now), 1)
    return _views(tally, {day: count(voices) / today for day, voices in press.before.items()}, count)


def _views(tally: Tally, days: Mapping[int, float], count: Count) -> tuple[Past, ...]:
    """The last days, the same weekday of the last weeks, and all that is known.

    What began the day before yesterday is no news, what comes every Saturday is none either.
    """
    spoke = {day: float(count(voices)) for day, voices in tally.before.items()}
    weeks = dict(_weeks(spoke, days))
    return (
        _past((2 ** (-day / HALF_LIFE), spoke.get(day, 0.0), part) for day, part in days.items()),
        _past((WEEKLY ** (week - 1), spoke.get(day, 0.0), days[day]) for week, day in weeks.items()),
        _past((1.0, spoke.get(day, 0.0), part) for day, part in days.items()),
    )


def _past(weighed: Iterable[tuple[float, float, float]]) -> Past:
    """From weight, voices and share of a day, for each day."""
    given = list(weighed)
    return Past(sum(weight * said for weight, said, _ in given), sum(weight * part for weight, _, part in given))


def _weeks(spoke: Mapping[int, float], days: Mapping[int, float]) -> Iterator[tuple[int, int]]:
    """The day of each week: 24 hours lie in two days of the calendar, and the one counts that has more."""
    for week in range(1, 5):
        pair = [day for day in (7 * week, 7 * week + 1) if day in days]
        if pair:
            yield week, max(pair, key=lambda day: spoke.get(day, 0.0))


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
