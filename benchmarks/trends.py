"""Whether trends are those that were planted, and what they cost as the archive grows.

    python benchmarks/trends.py quality --seeds 101 102 103    # a simulated press, against other ways to rank
    python benchmarks/trends.py cost --articles 100000         # made-up articles in a database of its own

Quality: for moments of the last week of each press, how many of the names listed were planted (precision), how many of
the planted are listed (recall); and of each ranking the average precision and the precision at the number of planted
ones. What was planted one to three days before, or has hardly begun, counts neither way.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "edition"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "enrich"))
from memory_chronicle import DAY, MemoryChronicle
from simulated_press import START, SimulatedPress

from limitedtimes.enrich.trends import rising
from limitedtimes.enrich.trends.rising import LEAST
from limitedtimes.enrich.trends.surprise import DAYS, surprise
from limitedtimes.trend import Pulse, Subject, Tally

WEEK, A_DAY = 7, 4  # days that are looked at, moments of each
Score = Callable[[Tally], float]


@dataclass(frozen=True)
class Moment:
    """One look at a simulated press: what is known, what was planted, what counts neither way."""

    now: datetime
    chronicle: MemoryChronicle
    pulse: Pulse
    true: set[Subject]
    unclear: set[Subject]
    articles: Counter[Subject]


class Known(MemoryChronicle):
    """One that is counted once for each moment."""

    def __init__(self, chronicle: MemoryChronicle) -> None:
        self.said = chronicle.said
        self._counted: dict[datetime, Pulse] = {}

    def pulse(self, *, now: datetime, days: int, least: int) -> Pulse:
        if now not in self._counted:
            self._counted[now] = super().pulse(now=now, days=days, least=least)
        return self._counted[now]


def moments(seeds: Iterable[int]) -> Iterator[Moment]:
    for seed in seeds:
        press = SimulatedPress(seed)
        chronicle = Known(MemoryChronicle(press.said))
        chance = np.random.default_rng(seed)
        for at in sorted(chance.uniform(press.shape.days - WEEK, press.shape.days, WEEK * A_DAY)):
            now = START + at * DAY
            pulse = chronicle.pulse(now=now, days=DAYS, least=LEAST)
            articles = Counter(one.subject for one in chronicle.said if now - DAY < one.at <= now)
            yield Moment(now, chronicle, pulse, press.true(now), press.unclear(now), articles)


def quality(seeds: Iterable[int]) -> None:
    looked = list(moments(seeds))
    planted = sum(len(one.true) for one in looked)
    print(f"{len(looked)} moments, {planted} planted rises to be found, {len(looked[0].pulse.subjects)} names in a day")
    listed = [[trend.subject for trend in rising(one.chronicle, now=one.now).rising] for one in looked]
    _listed("trends, as listed", looked, listed)
    for name, rank in RANKINGS.items():
        ranked = [_ranked(one, rank) for one in looked]
        counted = [len(names) for names in listed]
        _listed(name, looked, [names[:count] for names, count in zip(ranked, counted, strict=True)], ranked)


def _listed(
    name: str, looked: list[Moment], listed: list[list[Subject]], ranked: list[list[Subject]] | None = None
) -> None:
    clear = [[name for name in names if name not in one.unclear] for one, names in zip(looked, listed, strict=True)]
    right = sum(len(one.true.intersection(names)) for one, names in zip(looked, clear, strict=True))
    said, wanted = sum(map(len, clear)), sum(len(one.true) for one in looked)
    line = f"{name:32} precision {100 * right / max(said, 1):5.1f}  recall {100 * right / wanted:5.1f}"
    if ranked:
        pairs = list(zip(looked, ranked, strict=True))
        mean = sum(average_precision(one, names) for one, names in pairs) / len(pairs)
        at = sum(at_planted(one, names) for one, names in pairs) / len(pairs)
        line += f"  average precision {100 * mean:5.1f}  at the number planted {100 * at:5.1f}"
    print(line)


def _ranked(moment: Moment, rank: Callable[[Moment, Subject], float]) -> list[Subject]:
    scores = {subject: rank(moment, subject) for subject in moment.pulse.subjects}
    return sorted(scores, key=lambda subject: (-scores[subject], subject.key))


def average_precision(moment: Moment, ranked: list[Subject]) -> float:
    right, total = 0, 0.0
    for place, subject in enumerate((one for one in ranked if one not in moment.unclear), 1):
        if subject in moment.true:
            right += 1
            total += right / place
    return total / max(len(moment.true), 1)


def at_planted(moment: Moment, ranked: list[Subject]) -> float:
    clear = [subject for subject in ranked if subject not in moment.unclear][: len(moment.true)]
    return len(moment.true.intersection(clear)) / max(len(moment.true), 1)


def signitrend(moment: Moment, subject: Subject) -> float:
    """The significance of Schubert, Weiler & Kriegel, "SigniTrend" (KDD 2014), of the sources of a day.

    (x − max(mean, β)) / (√variance + β), exponentially weighted with a half-life of seven days.
    """
    tally, mean, variance, beta = moment.pulse.subjects[subject], 0.0, 0.0, 1.0
    alpha = 1 - 2 ** (-1 / 7)
    for day in range(DAYS, 0, -1):
        delta = (tally.before[day].sources if day in tally.before else 0) - mean
        mean += alpha * delta
        variance = (1 - alpha) * (variance + alpha * delta**2)
    return float((tally.now.sources - max(mean, beta)) / (variance**0.5 + beta))


RANKINGS: dict[str, Callable[[Moment, Subject], float]] = {
    "surprise": lambda moment, subject: surprise(moment.pulse.subjects[subject], moment.pulse.press),
    "articles in 24 hours": lambda moment, subject: moment.articles[subject],
    "sources in 24 hours": lambda moment, subject: moment.pulse.subjects[subject].now.sources,
    "SigniTrend on sources": signitrend,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["quality", "cost"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    if options.what == "quality":
        quality(options.seeds)


if __name__ == "__main__":
    main()
