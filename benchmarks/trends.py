"""Whether trends are those that were planted, and what they cost as the archive grows.

    python benchmarks/trends.py quality --seeds 101 102 103    # a simulated press, against other ways to rank
    python benchmarks/trends.py cost --articles 100000         # made-up articles in a database of its own

Quality: for moments of the last week of each press, how many of the names listed were planted (precision), how many of
the planted are listed (recall); and of each ranking the average precision and the precision at the number of planted
ones. What was planted one to three days before, or has hardly begun, counts neither way.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "edition"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "enrich"))
from memory_chronicle import DAY, MemoryChronicle
from simulated_press import START, SimulatedPress

from limitedtimes.enrich.trends import rising
from limitedtimes.enrich.trends.rising import LEAST
from limitedtimes.enrich.trends.surprise import DAYS, Yardstick
from limitedtimes.model import Article
from limitedtimes.store import chronicle, open_store
from limitedtimes.story import Sketch
from limitedtimes.trend import Pulse, Subject, Tally, Worth

WEEK, A_DAY = 7, 4  # days that are looked at, moments of each
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MONTH, SOURCES, NAMES, VOCABULARY = 30, 100, 9, 100_000  # days; names drawn for an article, of so many
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

    def pulse(self, *, now: datetime, days: int, worth: Worth) -> Pulse:
        if now not in self._counted:
            self._counted[now] = super().pulse(now=now, days=days, worth=worth)
        return self._counted[now]


def moments(seeds: Iterable[int]) -> Iterator[Moment]:
    for seed in seeds:
        press = SimulatedPress(seed)
        chronicle = Known(MemoryChronicle(press.said))
        chance = np.random.default_rng(seed)
        for at in sorted(chance.uniform(press.shape.days - WEEK, press.shape.days, WEEK * A_DAY)):
            now = START + at * DAY
            pulse = chronicle.pulse(now=now, days=DAYS, worth=lambda _: lambda voices: voices.sources >= LEAST)
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
    "surprise": lambda moment, subject: Yardstick(moment.pulse.press).surprise(moment.pulse.subjects[subject]),
    "articles in 24 hours": lambda moment, subject: moment.articles[subject],
    "sources in 24 hours": lambda moment, subject: moment.pulse.subjects[subject].now.sources,
    "SigniTrend on sources": signitrend,
}


def cost(articles: int, asked: int = 100) -> None:
    """Milliseconds to keep the names of one article, and to make the list, over a month of ever larger presses."""
    for size in sorted({articles // 100, articles // 10, articles}):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "paper.db"
            open_store(path).close()
            fill(path, np.random.default_rng(7), size)
            kept, listed = keeping(path, np.random.default_rng(8), asked), listing(path)
            print(f"{size:8} articles: {kept}; {listed}; database {path.stat().st_size / 1e6:.0f} MB", flush=True)


def names_of(chance: np.random.Generator) -> list[str]:
    """Different names, whose frequencies fall as those of words do (Zipf)."""
    return [f"name {number}" for number in np.unique(np.exp(chance.random(NAMES) * np.log(VOCABULARY)).astype(int))]


def fill(path: Path, chance: np.random.Generator, size: int) -> None:
    """Articles of MONTH days up to NOW by SOURCES sources, a third of them in stories of a few."""
    rows: dict[str, list[tuple[object, ...]]] = {"articles": [], "publications": [], "sketches": [], "mentions": []}
    epoch = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    for number, back in enumerate(sorted(chance.uniform(0, MONTH, size), reverse=True)):
        at = NOW - float(back) * DAY
        id_, source = f"{number:010}", int(chance.integers(SOURCES))
        story = f"{max(number - int(chance.integers(1, 40)), 0):010}" if chance.random() < 0.3 else id_
        rows["articles"].append((id_, stored(at), at.date().isoformat(), f"s{source}", f"l{source % 12}"))
        rows["sketches"].append((id_, story, stored(at), "[]"))
        hour = int(at.timestamp() // 3600)
        said = (epoch + hour // 24, id_, hour, f"s{source}", f"l{source % 12}")
        rows["mentions"] += [(name, *said, name.title()) for name in ("", *names_of(chance))]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        published = rows["articles"]
        connection.executemany(ARTICLE, [(a, s, lang, at) for a, at, _, s, lang in published])
        connection.executemany(PUBLICATION, [(a, a, at, at, at, *rest, int(str(a))) for a, at, *rest in published])
        connection.executemany("INSERT INTO sketches (article, story, at, terms) VALUES (?, ?, ?, ?)", rows["sketches"])
        connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(rows["mentions"]))
        connection.execute(
            "INSERT INTO voices SELECT name, day, count(DISTINCT source), count(DISTINCT language) FROM mentions"
            " GROUP BY name, day"
        )


ARTICLE = (
    "INSERT INTO articles (id, url, source, language, headline, published, revision, fingerprint, awaiting)"
    " VALUES (?, '', ?, ?, '', ?, 1, '', 0)"
)
PUBLICATION = (
    "INSERT INTO publications (article, path, revision, fingerprint, first_published, updated, latency, published, day,"
    " source, section, headline, standfirst, original_headline, original_url, authors, picture_caption, highlights,"
    " flags, language, place) VALUES (?, ?, 1, '', ?, ?, 1, ?, ?, ?, 'news', '', '', '', '', '[]', '', '[]', 0, ?, ?)"
)


def stored(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


def keeping(path: Path, chance: np.random.Generator, asked: int) -> str:
    engine = create_engine(f"sqlite:///{path}")
    spent = []
    with engine.begin() as connection:
        for number in range(asked):
            article = article_of(f"https://example.org/{number}", int(chance.integers(SOURCES)))
            sketch = Sketch(article.id, NOW, {}, names={name: name.title() for name in names_of(chance)})
            begin = time.process_time()
            chronicle.keep(connection, article, sketch)
            spent.append(1000 * (time.process_time() - begin))
    engine.dispose()
    return f"keep {within(spent)}"


def article_of(url: str, source: int) -> Article:
    return Article(
        url=url,
        source=f"s{source}",
        language=f"l{source % 12}",
        headline="",
        standfirst="",
        authors=(),
        published=None,
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=(),
        sentences=(),
        fetched_at=NOW,
    )


def listing(path: Path, times: int = 9) -> str:
    store = open_store(path)
    spent = []
    for _ in range(times):
        begin = time.process_time()
        found = rising(store, now=NOW)
        spent.append(1000 * (time.process_time() - begin))
    store.close()
    return f"list of {len(found.rising)} {within(spent)}"


def within(spent: list[float]) -> str:
    spent.sort()
    return f"median {spent[len(spent) // 2]:.1f} ms, 95 of 100 within {spent[len(spent) * 95 // 100]:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["quality", "cost"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    if options.what == "quality":
        quality(options.seeds)
    else:
        cost(options.articles)


if __name__ == "__main__":
    main()
