"""How fast "My area" is on this machine: `python benchmarks/my_area.py [--articles N] [--words W] [--folder F]`.

Fills a paper as benchmarks/search.py does, with articles that each name up to four of 150 countries, a few of them
far oftener than the others, and as many towns. Then makes whole pages of 40 articles, with the reasons why each is
there, as the server does for each request. Prints one line a kind of choice: median and 95th percentile in
milliseconds, by the clock and of the processor alone.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from search import BATCH, NOW, Times, Writer, line, rows
from sqlalchemy import create_engine, insert

from limitedtimes.edition.names import COUNTRIES
from limitedtimes.edition.regions import REGIONS
from limitedtimes.edition.settings import Settings
from limitedtimes.model import Source, slug
from limitedtimes.store import open_store
from limitedtimes.store.codec import pack
from limitedtimes.store.schema import articles, mentions, publications, sources
from limitedtimes.store.search import INDEXES, label
from limitedtimes.web import area
from limitedtimes.web.pages import Desk

NAMED = list(COUNTRIES)[:150]
WEIGHTS = list(accumulate(1 / (rank + 2) for rank in range(len(NAMED))))
SOURCES = 100


def fill(path: Path, count: int, length: int) -> None:
    open_store(path).close()
    engine, index, chance = create_engine(f"sqlite:///{path}"), INDEXES["sqlite"], random.Random(3)
    with engine.begin() as connection:
        for number in range(SOURCES):
            country = NAMED[number % 20]
            source = Source(f"x{number % 20:02}.zeitung{number}", f"Zeitung {number}", "", country, ("de",), "UTC")
            row = {"id": source.id, "name": source.name, "country": country, "rights": "full", "content": pack(source)}
            connection.execute(insert(sources), row)
    made = rows(count, length, Writer(1))
    while batch := [row for row, _ in zip(made, range(BATCH), strict=False)]:
        with engine.begin() as connection:
            connection.execute(insert(articles), [article for article, _, _ in batch])
            connection.execute(insert(publications), [publication for _, publication, _ in batch])
            for article, publication, texts in batch:
                named = dict.fromkeys(chance.choices(NAMED, cum_weights=WEIGHTS, k=chance.randint(1, 4)))
                towns = [f"Town {code} {chance.randint(0, 9)}" for code in named]
                places = list(zip(named, towns, strict=True))
                labels = [label("area", code) for code in named] + [label("place", slug(town)) for town in towns]
                columns = [{"article": article["id"], "number": n, "name": t, "country": c, "times": 1}
                           for n, (c, t) in enumerate(places)]  # fmt: skip
                connection.execute(insert(mentions), columns)
                index.put(connection, publication["place"], texts)  # type: ignore[arg-type]
                index.label(connection, publication["place"], (*texts.labels, *labels))  # type: ignore[arg-type]
    engine.dispose()


def kinds(chance: random.Random) -> Mapping[str, list[dict[str, list[str]]]]:
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


def measure(path: Path, choices: Sequence[dict[str, list[str]]]) -> list[Times]:
    desk = Desk(open_store(path), Settings(), NOW)
    area.page(desk, {"country": ["es"]})  # templates are read, sections counted
    times = []
    for asked in choices:
        begin, busy = time.perf_counter(), time.process_time()
        area.page(desk, asked)
        times.append(((time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=350)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "paper.db"
        fill(path, options.articles, options.words)
        print(f"{options.articles} articles of {options.words} words; {path.stat().st_size / 1e6:.0f} MB")
        print(f"{'milliseconds':32}   clock     p95   proc.     p95")
        for name, choices in kinds(random.Random(2)).items():
            print(line(name, measure(path, choices)), flush=True)


if __name__ == "__main__":
    main()
