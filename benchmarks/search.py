"""How fast search is on this machine: `python benchmarks/search.py [--articles N] [--words W] [--folder F]`.

Fills a paper with N articles of W English and W original words, drawn so that a few words are in every article and most
in hardly any (Zipf's law), then asks each kind of query many times, as a page of 20 hits with marked pieces. Prints one
line a kind: median and 95th percentile in milliseconds, by the clock and of the processor alone, which is what the
clock would say on a machine that does nothing else. The database is made in a temporary folder of F and removed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import create_engine, insert

from limitedtimes.model import SECTIONS, Source, article_id
from limitedtimes.protocols import Store
from limitedtimes.search import Search, Term
from limitedtimes.store import open_store
from limitedtimes.store.index import EVERY, Texts
from limitedtimes.store.schema import articles, publications, sources
from limitedtimes.store.search import INDEXES, label

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VOCABULARY = 30_000
COMMON = ("the", "of", "to", "and", "in", "said", "government", "people")
SOURCES = 100
BATCH = 2_000


class Writer:
    """Makes texts: the words of COMMON most often, the n-th word of the others 1/n as often as the first."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.words = [*COMMON, *(self._word() for _ in range(VOCABULARY))]
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def _word(self) -> str:
        return "".join(self._chance.choice("bdfgklmnprst") + self._chance.choice("aeiou") for _ in range(4))

    def text(self, length: int) -> str:
        return " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=length))


def rows(count: int, length: int, writer: Writer) -> Iterator[tuple[dict[str, object], dict[str, object], Texts]]:
    """Of ``articles``, of ``publications``, and of the index: one article every five minutes, back from NOW."""
    for number in range(count):
        source, section = f"x{number % 20:02}.zeitung{number % SOURCES}", SECTIONS[number % len(SECTIONS)]
        url, published = f"https://zeitung{number % SOURCES}.example/{number}", NOW - timedelta(minutes=5 * number)
        id_, headline = article_id(url), writer.text(9)
        shared = {"source": source, "language": "de", "headline": headline, "published": published}
        article = shared | {"id": id_, "url": url, "revision": 1, "fingerprint": "f", "awaiting": False}
        publication = shared | {
            "article": id_, "path": f"/{section}/{id_}.html", "revision": 1, "fingerprint": "f", "section": section,
            "first_published": published, "updated": published, "latency": 60.0, "day": published.date(),
            "standfirst": writer.text(25), "original_headline": headline, "original_url": url, "authors": [],
            "picture": None, "picture_caption": "", "highlights": [], "flags": 0,
            "place": int(published.timestamp()) << 30,
        }  # fmt: skip
        labels = (EVERY, label("source", source), label("language", "de"), label("section", section))
        yield article, publication, Texts(headline, writer.text(25), writer.text(length), writer.text(length), labels)


def fill(path: Path, count: int, length: int, writer: Writer) -> None:
    open_store(path).close()
    engine = create_engine(f"sqlite:///{path}")
    index = INDEXES["sqlite"]
    with engine.begin() as connection:
        for number in range(SOURCES):
            source = Source(f"x{number % 20:02}.zeitung{number}", f"Zeitung {number}", "", f"x{number % 20:02}", (), "")
            row = {"id": source.id, "name": source.name, "country": source.country, "rights": "full", "content": b""}
            connection.execute(insert(sources), row)
    made = rows(count, length, writer)
    while batch := [row for row, _ in zip(made, range(BATCH), strict=False)]:
        with engine.begin() as connection:
            connection.execute(insert(articles), [article for article, _, _ in batch])
            connection.execute(insert(publications), [publication for _, publication, _ in batch])
            for _, publication, texts in batch:
                index.put(connection, publication["place"], texts)  # type: ignore[arg-type]
    engine.dispose()


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
    yield "a common word but no other", many(lambda: Search(words=((Term("the"),),), without=(Term(some(0, 30)),)))
    yield (
        "a common word of one source",
        many(
            lambda: Search(
                words=((Term("the"),),), sources=(f"x{chance.randint(0, 19):02}.zeitung{chance.randint(0, 99)}",)
            )
        ),
    )
    yield "a common word of one day", many(lambda: Search(words=((Term("the"),),), since=day, until=day))
    yield "a country, no word", many(lambda: Search(countries=(f"x{chance.randint(0, 19):02}",)))
    yield (
        "any of many choices",
        many(lambda: Search(words=((Term(some(0, 3_000)),),), countries=("x01", "x02"), languages=("nl",), loose=True)),
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
    return f"{name:32}" + "".join(f"{figure:8.1f}" for figure in figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=350)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    writer, everything = Writer(1), []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "paper.db"
        fill(path, options.articles, options.words, writer)
        print(f"{options.articles} articles of {options.words} words; {path.stat().st_size / 1e6:.0f} MB")
        print(f"{'milliseconds':32}   clock     p95   proc.     p95")
        store = open_store(path)
        for name, searches in kinds(writer, random.Random(2)):
            times = measure(store, searches)
            everything += times
            print(line(name, times), flush=True)
        print(line("all of them", everything))
        store.close()


if __name__ == "__main__":
    main()
