"""How fast "My area" is on this machine: `python benchmarks/my_area.py [--articles N] [--words W] [--paper FILE]`.

On a paper as benchmarks/search.py fills it, whose articles name up to four of 150 countries, a few of them far oftener
than the others, and as many towns. Makes whole pages of 40 articles, with the reasons why each is there, as the server
does for each request. Prints one line a kind of choice: median and 95th percentile in milliseconds, by the processor
and by the clock.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus import NAMED, NOW, fill
from search import Times, line

from limitedtimes.edition.regions import REGIONS
from limitedtimes.edition.settings import Settings
from limitedtimes.store import open_store
from limitedtimes.web import area
from limitedtimes.web.pages import Desk

Choice = dict[str, list[str]]


def kinds(chance: random.Random) -> Mapping[str, list[Choice]]:
    def some(count: int) -> list[str]:
        return chance.sample(NAMED, count)

    regions = list(REGIONS)
    return {
        "one country that all name": [{"country": [NAMED[0]]} for _ in range(30)],
        "one country": [{"country": some(1)} for _ in range(30)],
        "ten countries": [{"country": some(10)} for _ in range(30)],
        "four regions": [{"region": chance.sample(regions, 4)} for _ in range(30)],
        "a country and two topics": [{"country": some(1), "topic": ["people", "government"]} for _ in range(30)],
        "one of each kind": [
            {"country": some(20), "topic": ["people"], "section": ["sport"], "match": ["each"]} for _ in range(30)
        ],
        "a region, a language, sections": [
            {"region": [chance.choice(regions)], "language": ["nl"], "section": ["sport", "world"]} for _ in range(30)
        ],
        "the 20th page of ten countries": [{"country": some(10), "page": ["20"]} for _ in range(30)],
    }


def measure(desk: Desk, choices: Sequence[Choice]) -> list[Times]:
    times = []
    for asked in choices:
        begin, busy = time.perf_counter(), time.process_time()
        area.page(desk, asked)
        times.append((1000 * (time.process_time() - busy), 1000 * (time.perf_counter() - begin)))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=350)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--paper", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = options.paper or Path(folder) / "paper.db"
        if not path.exists():
            fill(path, options.articles, words=options.words)
        store = open_store(path)
        ask(Desk(store, Settings(), NOW))
        store.close()


def ask(desk: Desk) -> None:
    area.page(desk, {"country": ["es"]})  # templates are read, sections counted
    print(f"{'milliseconds':36}    page     p95   clock     p95")
    everything = []
    for name, choices in kinds(random.Random(2)).items():
        times = measure(desk, choices)
        everything += times
        print(line(name, times), flush=True)
    print(line("all of them", everything))


if __name__ == "__main__":
    main()
