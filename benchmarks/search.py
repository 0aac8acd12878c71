"""How fast search is on this machine: `python benchmarks/search.py [--articles N] [--words W] [--paper FILE]`.

Fills a paper with N articles of W English and W original words (see corpus.py), then asks each kind of query many
times. Prints one line a kind, median and 95th percentile in milliseconds: of the search of the store alone, with the
marked pieces of 40 hits, by the processor; and of the whole page as the server makes it (the query read, the search,
the page, compressed), by the processor and by the clock. The processor alone is what the clock would say on a machine
that does nothing else. With --paper the database is kept in FILE, and read there if it is there already; otherwise it
is made in a temporary folder.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from corpus import NOW, SOURCES, Writer, fill, source_of

from limitedtimes.edition.query import query
from limitedtimes.edition.settings import Settings
from limitedtimes.store import open_store
from limitedtimes.web import finding
from limitedtimes.web.pages import Desk

ASKED = 40  # queries of each kind
Make = Callable[[], str]


def kinds(writer: Writer, chance: random.Random) -> Iterator[tuple[str, Make]]:
    """Words by their rank: the commonest eight are in every article, the hundredth in every other."""

    def some(low: int, high: int) -> str:
        return writer.words[chance.randint(low, min(high, len(writer.words) - 1))]

    def phrase(length: int, low: int, high: int) -> str:
        return f'"{" ".join(some(low, high) for _ in range(length))}"'

    day = NOW - timedelta(days=100)
    yield "one very common word", lambda: some(0, 7)
    yield "three very common words", lambda: f"the {some(0, 7)} {some(0, 7)}"
    yield "a common and a rare word", lambda: f"the {some(20_000, 30_000)}"
    yield "two rare words", lambda: f"{some(20_000, 30_000)} {some(20_000, 30_000)}"
    yield "a word of middling rank", lambda: some(100, 2_000)
    yield "one word or another", lambda: f"{some(0, 100)} OR {some(0, 3_000)} OR {some(20_000, 30_000)}"
    yield "two common words as a phrase", lambda: phrase(2, 0, 7)
    yield "three common words as a phrase", lambda: phrase(3, 0, 7)
    yield "a long phrase that is nowhere", lambda: phrase(7, 0, 7)
    yield "a phrase of middling words", lambda: phrase(2, 8, 200)
    yield "a phrase or another", lambda: f"{phrase(3, 0, 7)} OR {phrase(2, 8, 200)}"
    yield "beginnings of words", lambda: f"{some(8, 30_000)[:3]}*"
    yield "longer beginnings of common words", lambda: f"{some(0, 100)[: chance.randint(3, 7)]}*"
    yield "a common word but no other", lambda: f"the -{some(0, 30)}"
    yield "a common word, not a phrase", lambda: f"the -{phrase(3, 0, 7)}"
    yield "a common word of one source", lambda: f"the source:{source_of(chance.randrange(SOURCES)).id}"
    yield "a common word of a section", lambda: f"{some(0, 7)} section:{chance.choice(('sport', 'world', 'science'))}"
    yield "a common word of one day", lambda: f"the from:{day.date()} to:{day.date()}"
    yield "a common word of a month long ago", lambda: f"{some(0, 7)} from:2024-01 to:2024-01"
    yield "a country, no word", lambda: f"country:{chance.choice(('de', 'at', 'ch', 'lu'))}"
    yield (
        "everything at once",
        lambda: f"{some(0, 7)} {phrase(2, 0, 7)} -{some(100, 200)} country:de language:de from:2024-02 to:2024-10",
    )


Times = tuple[float, ...]  # milliseconds: the search, the page, the page by the clock


def measure(desk: Desk, make: Make, page: int = 1) -> list[Times]:
    times = []
    for text in [make() for _ in range(ASKED)]:
        begin, busy = time.perf_counter(), time.process_time()
        finding.search(desk, text, str(page))
        end, done = time.perf_counter(), time.process_time()
        wanted, size = query(text, desk.catalogue).search, desk.settings.page_size
        again = time.process_time()
        if wanted:
            desk.store.search(wanted, now=desk.now, limit=size, offset=(page - 1) * size)
        times.append(tuple(1000 * each for each in (time.process_time() - again, done - busy, end - begin)))
    return times


def line(name: str, times: list[Times]) -> str:
    """Median and 95th percentile of each column."""
    columns = [sorted(column) for column in zip(*times, strict=True)]
    at = (95 * len(times) - 1) // 100
    return f"{name:36}" + "".join(f"{statistics.median(column):8.1f}{column[at]:8.1f}" for column in columns)


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
        ask(Desk(store, Settings(), NOW))
        store.close()


def ask(desk: Desk) -> None:
    everything = []
    finding.search(desk, "the", "")  # templates are read, sections counted
    print(f"{'milliseconds':36}  search     p95    page     p95   clock     p95")
    writer, chance = Writer(1), random.Random(2)
    pages = [(name, make, 1) for name, make in kinds(writer, chance)]
    pages.append(("the 20th page of a common word", lambda: writer.words[chance.randint(0, 7)], 20))
    for name, make, page in pages:
        times = measure(desk, make, page)
        everything += times
        print(line(name, times), flush=True)
    print(line("all of them", everything))


if __name__ == "__main__":
    main()
