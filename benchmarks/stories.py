"""How well articles are put into stories, and what an article costs as the archive grows.

    python benchmarks/stories.py press                     # our sample press, whose texts name their event
    python benchmarks/stories.py dev ../shared/mt/dev      # three sentences of FLORES are a document, in every language
    python benchmarks/stories.py cost --articles 100000    # made-up sketches in a database of its own

The English is what the configured engine makes of the texts, sentence by sentence; a language without an engine is
left out. BCubed (Bagga & Baldwin 1998) and pairwise precision, recall and F1, in percent.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "enrich"))
from memory_archive import MemoryArchive

from limitedtimes.cli import compose
from limitedtimes.demo.texts import Kind, publishers
from limitedtimes.enrich.stories import group
from limitedtimes.enrich.stories.grouping import NEAREST, WINDOW
from limitedtimes.extract import number_line
from limitedtimes.model import (
    HEADLINE,
    Article,
    Block,
    BlockKind,
    EnglishSentence,
    Moment,
    Origin,
    Sentence,
    Translation,
)
from limitedtimes.protocols import Translated
from limitedtimes.store import open_store
from limitedtimes.translate import translate_lines

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
A_DAY, TERMS, VOCABULARY = 1000, 40, 200_000


@dataclass(frozen=True, slots=True)
class Text:
    """An article before it is translated; those of one event have its name, one of none has a name of its own."""

    event: str
    name: str
    language: str
    parts: tuple[str, ...]
    at: datetime


def press() -> list[Text]:
    """The latest version of every article of the sample press."""
    found = []
    for publisher in publishers():
        for text in publisher.edition(2):
            if text.kind is Kind.ARTICLE:
                name = f"{publisher.id}/{text.name}"
                parts = (text.headline, text.standfirst, *(piece.text for piece in text.body))
                at = NOW - timedelta(minutes=text.minutes_ago)
                found.append(Text(text.event or name, name, publisher.language, tuple(filter(None, parts)), at))
    return found


def dev(folder: Path, documents: int, kept: int) -> list[Text]:
    """``kept`` sentences of each three, drawn anew in each language, at some hour of the same two days."""
    chance = random.Random(7)
    found = []
    for path in sorted(folder.glob("*/flores101_devtest.tsv")):
        language = path.parent.name.partition("-")[0]
        lines = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()]
        for number in range(documents):
            chosen = sorted(chance.sample(range(3), kept))
            parts = tuple(lines[3 * number + place] for place in chosen)
            at = NOW + timedelta(hours=48 * chance.random())
            found.append(Text(str(number), f"{language}/{number}", language, parts, at))
    return found


def translated(texts: Sequence[Text]) -> Iterator[tuple[str, Translated]]:
    """Event and translated article, in the order of their times."""
    engines = compose.routes(compose.load_config(None)).by_language
    english: dict[str, list[Sentence]] = {}
    made: dict[str, list[EnglishSentence]] = {}
    for language in sorted({text.language for text in texts}):
        engine = engines.get(language)
        mine = [text for text in texts if text.language == language]
        if engine is None or language not in engine.languages:
            print(f"{language}: no engine; {len(mine)} articles left out")
            continue
        lines = [number_line(part, language=language) for text in mine for part in text.parts]
        answers = iter(translate_lines(lines, engine=engine, language=language))
        for text in mine:
            english[text.name] = [
                Sentence(number, number - 1 if number else HEADLINE, part, language)
                for number, part in enumerate(text.parts)
            ]
            made[text.name] = [
                EnglishSentence(number, line.text, Origin.ENGINE if line.translated else Origin.NONE)
                for number, line in enumerate(islice(answers, len(text.parts)))
            ]
    for text in sorted(texts, key=lambda text: text.at):
        if text.name in made:
            yield text.event, as_translated(text, english[text.name], made[text.name])


def as_translated(text: Text, sentences: list[Sentence], english: list[EnglishSentence]) -> Translated:
    article = Article(
        url=f"https://example.org/{text.name}",
        source=text.name.partition("/")[0],
        language=text.language,
        headline=text.parts[0],
        standfirst="",
        authors=(),
        published=Moment(text.at, ""),
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=tuple(Block(BlockKind.PARAGRAPH, part) for part in text.parts[1:]),
        sentences=tuple(sentences),
        fetched_at=text.at,
    )
    return Translated(article, Translation(article.id, article.fingerprint, "", text.at, tuple(english)))


def measure(texts: Sequence[Text]) -> None:
    archive = MemoryArchive()
    events: dict[str, str] = {}
    for event, item in translated(texts):
        events[item.article.id] = event
        archive.keep(group(item, archive))
    several = sum(count > 1 for count in Counter(events.values()).values())
    print(f"{len(events)} articles, {len(set(events.values()))} events, {several} of them in several articles")
    for name, (precision, recall) in {
        "BCubed": bcubed(events, archive.stories),
        "pairwise": pairwise(events, archive.stories),
    }.items():
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        print(f"{name:10} precision {100 * precision:5.1f}  recall {100 * recall:5.1f}  F1 {100 * f1:5.1f}")


def sets(labels: dict[str, str]) -> dict[str, set[str]]:
    grouped: defaultdict[str, set[str]] = defaultdict(set)
    for article, label in labels.items():
        grouped[label].add(article)
    return grouped


def bcubed(events: dict[str, str], stories: dict[str, str]) -> tuple[float, float]:
    by_event, by_story = sets(events), sets(stories)
    shared = {a: len(by_event[events[a]] & by_story[stories[a]]) for a in events}
    precision = sum(shared[a] / len(by_story[stories[a]]) for a in events) / len(events)
    return precision, sum(shared[a] / len(by_event[events[a]]) for a in events) / len(events)


def pairwise(events: dict[str, str], stories: dict[str, str]) -> tuple[float, float]:
    both = pairs(Counter((events[a], stories[a]) for a in events))
    found, wanted = pairs(Counter(stories.values())), pairs(Counter(events.values()))
    return both / (found or 1), both / (wanted or 1)


def pairs(counts: Counter[object] | Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def cost(articles: int) -> None:
    """Milliseconds for the questions that one article asks of the store, at a tenth of the archive and at the whole.

    A thousand articles a day, each with 40 terms of a vocabulary whose frequencies fall as those of words do (Zipf).
    """
    chance = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.db"
        open_store(path).close()
        done = 0
        for size in sorted({articles // 100, articles // 10, articles}):
            fill(path, chance, done, size)
            done = size
            print(
                f"{size:8} articles: {ask(path, chance, size)}; database {path.stat().st_size / 1e6:.0f} MB", flush=True
            )


def terms_of(chance: np.random.Generator) -> list[int]:
    """Different terms, the commonest 50 of the language left out, as a sketch does."""
    drawn = np.exp(chance.random(3 * TERMS) * np.log(VOCABULARY - 50)).astype(int) + 50
    return [int(term) for term in np.unique(drawn)[-TERMS:]]


def fill(path: Path, chance: np.random.Generator, done: int, size: int) -> None:
    weight = TERMS**-0.5
    rows, kept = [], []
    for number in range(done, size):
        day, name = NOW.toordinal() + number // A_DAY, f"{number:010}"
        rows += [(term, day, name, weight) for term in terms_of(chance)]
        kept.append((name, name, str((NOW + timedelta(days=number // A_DAY)).replace(tzinfo=None)), "[]"))
    counts = Counter(term for term, *_ in rows)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", sorted(rows))
        connection.executemany("INSERT INTO sketches (article, story, at, terms) VALUES (?, ?, ?, ?)", kept)
        counted = (
            "INSERT INTO term_counts VALUES (?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles"
        )
        connection.executemany(counted, [(-1, size - done), *counts.items()])


def ask(path: Path, chance: np.random.Generator, size: int, asked: int = 100) -> str:
    store = open_store(path)
    at = NOW + timedelta(days=(size - 1) // A_DAY)
    spent = []
    for _ in range(asked):
        terms = dict.fromkeys(terms_of(chance), TERMS**-0.5)
        begin = time.process_time()
        store.term_counts(list(terms))
        store.kin(terms, since=at - WINDOW, until=at + WINDOW, limit=NEAREST)
        spent.append(1000 * (time.process_time() - begin))
    store.close()
    spent.sort()
    return f"median {spent[asked // 2]:.1f} ms, 95 of 100 within {spent[asked * 95 // 100]:.1f} ms of processor time"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["press", "dev", "cost"])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=160, help="of dev, in each language")
    parser.add_argument("--kept", type=int, default=2, help="sentences of three that each language has of a document")
    options = parser.parse_args()
    if options.what == "cost":
        cost(options.articles)
    elif options.what == "press":
        measure(press())
    elif options.folder:
        measure(dev(options.folder, options.documents, options.kept))
    else:
        parser.error("dev: name the folder")


if __name__ == "__main__":
    main()
