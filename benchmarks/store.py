"""How fast the store is on this machine: `python benchmarks/store.py [--articles N] [--folder F]`.

Takes articles of 40 sentences and 60 KB pages through the queue, then fills a paper with N publications and reads it
as a front page does. Prints one figure a line; the database is made in a temporary folder of F and removed.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, insert, select

from limitedtimes.model import (
    HEADLINE,
    SECTIONS,
    Article,
    Block,
    BlockKind,
    EnglishSentence,
    Enrichment,
    Entry,
    Highlight,
    Moment,
    Origin,
    Page,
    Sentence,
    Translation,
)
from limitedtimes.protocols import Input, MemoryKey, Outcome, StepName, Store, Task, Todo, Translated, Value
from limitedtimes.store import open_store
from limitedtimes.store.schema import articles, publications

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
SENTENCES = 40
FILLER = " ".join(f"Wort{number}" for number in range(8000)).encode()


def entry_of(number: int) -> Entry:
    return Entry(f"https://zeitung{number % 20}.example/{number}", "de.zeitung", published=Moment(NOW, "heute"))


def value_of(task: Task[Input]) -> tuple[Value, list[Todo]]:
    """What a trivial station makes of a task, and what follows."""
    match task.input:
        case Entry():
            page = Page(
                task.input.url, task.input.url, 200, {}, FILLER + task.input.url.encode(), NOW, entry=task.input
            )
            return page, [Todo(StepName.EXTRACT, page.url, page)]
        case Page():
            article = article_of(task.input.url)
            return article, [Todo(StepName.TRANSLATE, f"{article.id}:{article.fingerprint}", article, lane="de")]
        case Article():
            english = translation_of(task.input)
            return english, [Todo(StepName.ENRICH, task.key, Translated(task.input, english))]
        case Translated():
            article = task.input.article
            highlights = tuple(Highlight(number) for number in (1, 2, 3))
            section = SECTIONS[int(article.url.rpartition("/")[2]) % len(SECTIONS)]
            return Enrichment(article.id, article.fingerprint, highlights, section), []
    raise TypeError(type(task.input))


def article_of(url: str) -> Article:
    texts = [f"Satz {number} von {url} sagt auf Deutsch etwas in zwölf Wörtern oder so." for number in range(SENTENCES)]
    return Article(
        url=url,
        source="de.zeitung",
        language="de",
        headline=texts[0],
        standfirst="",
        authors=("Erika Beispiel",),
        published=Moment(NOW, "heute"),
        modified=None,
        section="",
        keywords=(),
        free=True,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts[1:]),
        sentences=tuple(Sentence(n, n - 1 if n else HEADLINE, text, "de") for n, text in enumerate(texts)),
        fetched_at=NOW,
    )


def translation_of(article: Article) -> Translation:
    english = (EnglishSentence(s.number, f"English {s.text}", Origin.ENGINE, "e", -0.5) for s in article.sentences)
    return Translation(article.id, article.fingerprint, "e", NOW, tuple(english))


def claimed(store: Store, step: StepName) -> Iterator[Task[Input]]:
    while tasks := store.claim(step, 50, now=NOW, lease=LEASE):
        yield from tasks


def through_the_line(store: Store, number: int) -> None:
    start = time.perf_counter()
    for each in range(number):
        store.add(Todo(StepName.FETCH, entry_of(each).url, entry_of(each), lane=f"{each % 20}"), now=NOW)
    report("add", number / (time.perf_counter() - start), "tasks/s")
    for step in (StepName.FETCH, StepName.EXTRACT, StepName.TRANSLATE, StepName.ENRICH):
        start = time.perf_counter()
        for task in claimed(store, step):
            value, queue = value_of(task)
            store.finish(Outcome(task, value), queue=queue, now=NOW)
        report(f"claim 50, finish one at a time: {step}", number / (time.perf_counter() - start), "finishes/s")


def bare_commits(path: Path, number: int) -> None:
    """What the disk allows: as many commits of 3 KB by sqlite3 alone, with the same guarantees."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a)")
        start = time.perf_counter()
        for _ in range(number):
            connection.execute("INSERT INTO t VALUES (?)", (FILLER[:3000],))
        report("commits of 3 KB by bare SQLite", number / (time.perf_counter() - start), "commits/s")


def fill(path: Path, number: int) -> None:
    """Copy the first publication until there are so many, a minute apart, straight into the tables."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        model = dict(connection.execute(select(publications).limit(1)).one()._mapping)
        kept = dict(connection.execute(select(articles).where(articles.c.id == model["article"])).one()._mapping)
        for start in range(0, number, 5000):
            rows = [copy_of(model, each) for each in range(start, min(start + 5000, number))]
            connection.execute(insert(articles), [kept | {"id": row["article"]} for row in rows])
            connection.execute(insert(publications), rows)
    engine.dispose()


def copy_of(model: dict[str, object], number: int) -> dict[str, object]:
    at = NOW - timedelta(minutes=number)
    return model | {
        "article": f"copy{number}",
        "path": f"/copy/{number}",
        "published": at,
        "first_published": at,
        "updated": at,
        "day": at.date(),
        "section": SECTIONS[number % len(SECTIONS)],
        "source": f"de.zeitung{number % 25}",
    }


def claim_from_a_backlog(store: Store, number: int) -> None:
    for each in range(number):
        entry = entry_of(each)
        store.add(Todo(StepName.FETCH, f"{entry.url}#b", entry, lane=f"{each % 100}"), now=NOW)
    with timed(f"claim one from each of 32 lanes, {number} tasks of 100 lanes waiting"):
        tasks = store.claim(StepName.FETCH, 32, now=NOW, lease=LEASE, avoid=["1", "2"], per_lane=1)
    assert len(tasks) == 32
    with timed("claim when nothing is due"):
        store.claim(StepName.POLL, 32, now=NOW, lease=LEASE)


def read(store: Store) -> None:
    """The reads of a front page, a section, a day, an article."""
    some = store.teasers(now=NOW, limit=1)[0]
    article = next(article for article in store.revisions(article_of(entry_of(0).url).id))
    keys = [MemoryKey(sentence.text, "de", "e") for sentence in article.sentences]
    reads: dict[str, Callable[[], object]] = {
        "front page: 60 teasers": lambda: store.teasers(now=NOW, limit=60),
        "section: 30 teasers": lambda: store.teasers(now=NOW, limit=30, section="sport"),
        "source: 30 teasers": lambda: store.teasers(now=NOW, limit=30, source="de.zeitung7"),
        "a day: 200 teasers": lambda: store.teasers(now=NOW, limit=200, day=some.published.date()),
        "count of a section": lambda: store.count(section="sport"),
        "count of all": store.count,
        "archive days": store.archive_days,
        "status": lambda: store.status(now=NOW),
        "one article with its translation": lambda: store.published(article.id),
        f"recall of {len(keys)} sentences": lambda: store.recall(keys),
        "changed_at": store.changed_at,
    }
    for name, call in reads.items():
        call()
        with timed(name, times=20):
            for _ in range(20):
                call()


@contextmanager
def timed(name: str, times: int = 1) -> Iterator[None]:
    start = time.perf_counter()
    yield
    report(name, 1000 * (time.perf_counter() - start) / times, "ms")


def report(name: str, figure: float, unit: str) -> None:
    print(f"{figure:10.2f} {unit:12} {name}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, help="publications to read from")
    parser.add_argument("--folder", default=None, help="where the database is made; its disk is what is measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "paper.db"
        bare_commits(Path(folder) / "bare.db", 400)
        store = open_store(path)
        through_the_line(store, 400)
        report("the file for 400 articles of 60 KB pages", path.stat().st_size / 2**20, "MB")
        claim_from_a_backlog(store, 5000)
        fill(path, options.articles)
        print(f"with {options.articles} publications:")
        read(store)
        store.close()


if __name__ == "__main__":
    main()
