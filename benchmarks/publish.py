"""How fast an edition is published as files: `python benchmarks/publish.py [--articles N] [--a-day N] [--folder F]`.

Fills a paper with N articles of 25 sentences (100 sources, 20 countries, 5 languages; made-up words, sketches of 40
terms, one article in eight in a story of two), publishes it into an empty folder, publishes again without news, then
with one article more, and with ten more. Prints for each the files written, seconds by the clock and of the processor
(what the clock would say on a machine that does nothing else), and the articles a second of the first run. All is made
in a temporary folder of F and removed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection, create_engine

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import (
    HEADLINE,
    SECTIONS,
    Article,
    Block,
    BlockKind,
    EnglishSentence,
    Enrichment,
    Highlight,
    Moment,
    Origin,
    Rights,
    Sentence,
    Source,
    Translation,
)
from limitedtimes.protocols import Translated
from limitedtimes.publish import Folder, publish
from limitedtimes.store import open_store, stories
from limitedtimes.store.catalogue import save_sources
from limitedtimes.store.publish import publish as put_on_its_page
from limitedtimes.store.values import keep_article, keep_translation
from limitedtimes.story import Grouping, Sketch

START = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = ("de", "fr", "es", "it", "pt", "nl", "at", "ch", "be", "br", "ar", "mx", "pl", "ru", "tr", "se", "no", "dk",
             "fi", "gr")  # fmt: skip
LANGUAGES = ("de", "fr", "es", "it", "pt")
SENTENCES, WORDS, TERMS, VOCABULARY, BATCH = 25, 14, 40, 30_000, 500


class Press:
    """Made-up articles, one after the other."""

    def __init__(self, a_day: int) -> None:
        self._chance, self._every = random.Random(1), timedelta(days=1) / a_day
        self._words = ["".join(self._chance.choices("abdegiklmnorstu", k=7)) for _ in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
        self.sources = [
            Source(
                f"{COUNTRIES[number % 20]}.zeitung{number}",
                f"Zeitung {number}",
                f"https://zeitung{number}.example/",
                COUNTRIES[number % 20],
                (LANGUAGES[number % 5],),
                "UTC",
                rights=Rights.FULL,
            )
            for number in range(100)
        ]
        self.made, self._story = 0, ""

    @property
    def now(self) -> datetime:
        return START + self._every * self.made

    def _text(self, words: int = WORDS) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=words)).capitalize() + "."

    def put(self, connection: Connection) -> None:
        """One article more, on its page and in a story."""
        source, at = self._chance.choice(self.sources), self.now
        article = self._article(source, at)
        english = (EnglishSentence(s.number, self._text(), Origin.ENGINE, "e", -0.5) for s in article.sentences)
        translation = Translation(article.id, article.fingerprint, "e", at, tuple(english))
        section = self._chance.choice(SECTIONS)
        highlights = tuple(map(Highlight, (1, 4, 9)))
        enrichment = Enrichment(article.id, article.fingerprint, highlights, section)
        keep_article(connection, article, now=at)
        keep_translation(connection, article, translation)
        put_on_its_page(connection, Translated(article, translation), enrichment, now=at)
        drawn = self._chance.choices(range(VOCABULARY), cum_weights=self._weights, k=3 * TERMS)
        terms = dict.fromkeys([term for term in drawn if term > 50][:TERMS], TERMS**-0.5)
        story = self._story if self.made % 8 == 1 and self._story else article.id
        stories.keep(connection, Grouping(Sketch(article.id, at, terms, frozenset(terms)), story))
        self._story, self.made = article.id, self.made + 1

    def _article(self, source: Source, at: datetime) -> Article:
        texts = [self._text() for _ in range(SENTENCES)]
        language = source.languages[0]
        return Article(
            url=f"{source.home}{self.made}",
            source=source.id,
            language=language,
            headline=texts[0],
            standfirst="",
            authors=("Erika Beispiel",),
            published=Moment(at, "given"),
            modified=None,
            section="",
            keywords=(),
            free=True,
            blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts[1:]),
            sentences=tuple(
                Sentence(number, number - 1 if number else HEADLINE, text, language)
                for number, text in enumerate(texts)
            ),
            fetched_at=at,
        )

    def fill(self, path: Path, count: int) -> None:
        engine = create_engine(f"sqlite:///{path}")
        for start in range(0, count, BATCH):
            with engine.begin() as connection:
                save_sources(connection, self.sources)
                for _ in range(min(BATCH, count - start)):
                    self.put(connection)
        engine.dispose()


def run(name: str, path: Path, folder: Path, now: datetime) -> float:
    """Publish, and say what that took. Returns the seconds of the processor."""
    counts: Counter[str] = Counter()
    begin, busy = time.perf_counter(), time.process_time()
    store = open_store(path)
    with store.snapshot() as reads, Folder(folder) as into:
        settings = Settings(base_url="https://paper.example", audience=Audience.PUBLIC)
        publish(reads, settings, into, now=now, tell=lambda told: counts.update([told.what or "as it was"]))
    store.close()
    clock, busy = time.perf_counter() - begin, time.process_time() - busy
    print(f"{name:32}{clock:10.1f}{busy:10.1f}  {dict(counts)}", flush=True)
    return busy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--a-day", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path, site = Path(folder) / "paper.sqlite", Path(folder) / "site"
        open_store(path).close()
        press = Press(options.a_day)
        begin = time.process_time()
        press.fill(path, options.articles)
        print(
            f"{options.articles} articles in {path.stat().st_size / 1e6:.0f} MB ({time.process_time() - begin:.0f} s)"
        )
        print(f"{'seconds':32}{'clock':>10}{'processor':>10}")
        busy = run("into an empty folder", path, site, press.now)
        print(f"{options.articles / busy:.0f} articles a second of the processor, two pages and a short address each")
        run("again, without news", path, site, press.now)
        for more in (1, 10):
            press.fill(path, more)
            run(f"with {more} more", path, site, press.now)
        files = [one.stat() for one in site.rglob("*") if one.is_file()]
        print(f"{len(files)} files, {sum(one.st_size for one in files) / 1e6:.0f} MB, "
              f"{sum(one.st_blocks for one in files) * 512 / 1e6:.0f} MB on the disk")  # fmt: skip


if __name__ == "__main__":
    main()
