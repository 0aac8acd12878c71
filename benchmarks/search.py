"""How fast search is on this machine: `python benchmarks/search.py [--articles N] [--words W] [--paper FILE]`.

Fills a paper with N articles of W English and W original words (see corpus.py), then asks each kind of query many
times, as a page of 20 hits with marked pieces. Prints one line a kind: median and 95th percentile in milliseconds, by
the clock and of the processor alone, which is what the clock would say on a machine that does nothing else. With
--paper the database is kept in FILE, and read there if it is there already; otherwise it is made in a temporary folder.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from corpus import NOW, SOURCES, Writer, fill, source_of

from limitedtimes.protocols import Store
from limitedtimes.search import Search, Term
from limitedtimes.store import open_store


def kinds(writer: Writer, chance: random.Random) -> Iterator[tuple[str, list[Search]]]:
    def some(low: int, high: int) -> str:
        return writer.words[chance.randint(low, min(high, len(writer.words) - 1))]

    def words(*texts: str) -> Search:
        return Search(words=tuple((Term(text),) for text in texts))

    def many(make: object) -> list[Search]:
        return [make() for _ in range(40)]  # type: ignore[operator]

    day = (NOW - timedelta(days=100)).date()
    yield "one very common word", many(lambda: words(some(0, 7)))
    yield "three very common words", many(lambda: words("the", some(0, 7), some(0, 7)))
    yield "a common and a rare word", many(lambda: words("the", some(20_000, 30_000)))
    yield "two rare words", many(lambda: words(some(20_000, 30_000), some(20_000, 30_000)))
    yield "a word of middling rank", many(lambda: words(some(100, 2_000)))
    yield "a phrase of common words", many(lambda: words(f"{some(0, 7)} {some(0, 7)} {some(0, 7)}"))
    yield "a long phrase that is nowhere", many(lambda: words(" ".join(some(0, 7) for _ in range(7))))
    yield "a phrase of middling words", many(lambda: words(f"{some(8, 200)} {some(8, 200)}"))
    yield "beginnings of words", many(lambda: Search(words=((Term(some(8, 30_000)[:3], beginning=True),),)))
    yield (
        "longer beginnings of common words",
        many(lambda: Search(words=((Term(some(0, 100)[: chance.randint(3, 7)], beginning=True),),))),
    )
    yield "a common word but no other", many(lambda: Search(words=((Term("the"),),), without=(Term(some(0, 30)),)))
    yield (
        "a common word of one source",
        many(lambda: Search(words=((Term("the"),),), sources=(source_of(chance.randrange(SOURCES)).id,))),
    )
    yield "a common word of one day", many(lambda: Search(words=((Term("the"),),), since=day, until=day))
    yield "a country, no word", many(lambda: Search(countries=(chance.choice(("de", "at", "ch", "lu")),)))
    yield (
        "any of many choices",
        many(lambda: Search(words=((Term(some(0, 3_000)),),), countries=("at", "ch"), languages=("nl",), loose=True)),
    )


Times = tuple[float, float]  # milliseconds: by the clock, of the processor


def measure(store: Store, searches: list[Search]) -> list[Times]:
    times = []
    for search in searches:
        begin, busy = time.perf_counter(), time.process_time()
        store.search(search, now=NOW, limit=20)
        times.append(((time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000))
    return times


def line(name: str, times: list[Times]) -> str:
    clock, processor = (sorted(column) for column in zip(*times, strict=True))
    at = (95 * len(times) - 1) // 100
    figures = [statistics.median(clock), clock[at], statistics.median(processor), processor[at]]
    return f"{name:34}" + "".join(f"{figure:8.1f}" for figure in figures)


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
        print(f"{path.stat().st_size / 1e6:.0f} MB")
        store = open_store(path)
        ask(store)
        store.close()


def ask(store: Store) -> None:
    everything = []
    print(f"{'milliseconds':34}   clock     p95   proc.     p95")
    for name, searches in kinds(Writer(1), random.Random(2)):
        times = measure(store, searches)
        everything += times
        print(line(name, times), flush=True)
    print(line("all of them", everything))


if __name__ == "__main__":
    main()
