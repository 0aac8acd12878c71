"""A paper of many made-up articles, the same on every machine: what the benchmarks of search and of the site read.

Words are drawn so that a few are in every article and most in hardly any (Zipf's law), and so are the one to four
countries that an article names, with a town in each. Everything that a page asks for is there: revisions,
translations, highlights, stories of some, the index of the search. It is written straight into the tables, a batch at
a time, because the line would take hours.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from limitedtimes.edition.names import COUNTRIES
from limitedtimes.model import (
    HEADLINE,
    SECTIONS,
    STANDFIRST,
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
    article_id,
    article_path,
    slug,
)
from limitedtimes.place import Place
from limitedtimes.store import WAIT, open_store
from limitedtimes.store.changes import mark_changed
from limitedtimes.store.codec import pack
from limitedtimes.store.fts5 import Fts5
from limitedtimes.store.index import EVERY, Texts
from limitedtimes.store.schema import (
    add_up,
    articles,
    enrichments,
    named_places,
    postings,
    publications,
    revisions,
    sketches,
    term_counts,
    translations,
)
from limitedtimes.store.search import label
from limitedtimes.store.sqlite import Sqlite
from limitedtimes.store.stories import ALL

NOW = datetime(2024, 11, 23, 12, 0, tzinfo=UTC)  # long ago, so that a server of any day shows all articles
EVERY_MINUTES = 5
WORDS = 350  # of an article in each language
VOCABULARY = 30_000
COMMON = ("the", "of", "to", "and", "in", "said", "government", "people")
SOURCES = 100
IN_A_STORY = 20  # the articles of every twentieth five minutes, and the two after them, are one story
NAMED = list(COUNTRIES)[:150]
OFTEN_NAMED = list(accumulate(1 / (rank + 2) for rank in range(len(NAMED))))
TERMS, KINDS_OF_TERMS = 40, 200_000
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

    def terms(self) -> list[int]:
        """Of a sketch: the commonest are left out, as a real one does."""
        drawn = {int((KINDS_OF_TERMS / 50) ** self._chance.random() * 50) for _ in range(2 * TERMS)}
        return sorted(drawn)[-TERMS:]


def source_of(number: int) -> Source:
    country = ("de", "at", "ch", "lu")[number % 4]
    id_, home = f"{country}.zeitung{number}", f"https://zeitung{number}.example/"
    return Source(id_, f"Zeitung {number}", home, country, ("de",), "Europe/Berlin", rights=Rights.FULL)


def places_of(number: int) -> list[Place]:
    chance = random.Random(number)
    named = dict.fromkeys(chance.choices(NAMED, cum_weights=OFTEN_NAMED, k=chance.randint(1, 4)))
    return [Place(f"Town {code} {chance.randint(0, 9)}", code) for code in named]


def labels_of(places: list[Place]) -> list[str]:
    return [label("area", place.country) for place in places] + [label("place", slug(place.name)) for place in places]


@dataclass(frozen=True, slots=True)
class Made:
    """An article with its English; ``place`` is where it stands in the search."""

    number: int
    article: Article
    translation: Translation
    enrichment: Enrichment
    place: int

    @property
    def path(self) -> str:
        at = self.article.published.at if self.article.published else NOW
        headline = self.translation.sentences[0].text
        return article_path(self.article.id, section=self.enrichment.section, headline=headline, published=at)


def make(number: int, words: int, writer: Writer) -> Made:
    """The article of so many five minutes before NOW: a headline, a standfirst, and ``words`` in each language."""
    at = NOW - timedelta(minutes=EVERY_MINUTES * number)
    in_each = [9, 25, *[17] * (words // 17), words % 17 or 17]
    parts = [HEADLINE, STANDFIRST, *(each // 4 for each in range(len(in_each) - 2))]
    said = [f"{writer.text(length)}." for length in in_each]
    source = source_of(number % SOURCES)
    article = Article(
        url=f"{source.home}{number}",
        source=source.id,
        language="de",
        headline=said[0],
        standfirst=said[1],
        authors=("Erika Beispiel",),
        published=Moment(at, at.isoformat()),
        modified=None,
        section="",
        keywords=(),
        free=True,
        blocks=tuple(
            Block(BlockKind.PARAGRAPH, " ".join(said[2 + 4 * block : 6 + 4 * block])) for block in range(parts[-1] + 1)
        ),
        sentences=tuple(Sentence(n, part, text, "de") for n, (part, text) in enumerate(zip(parts, said, strict=True))),
        fetched_at=at,
    )
    english = (
        EnglishSentence(n, f"{writer.text(length)}.", Origin.ENGINE, "e", -0.5) for n, length in enumerate(in_each)
    )
    fingerprint = article.fingerprint
    section = SECTIONS[number % len(SECTIONS)]
    place = (int(at.timestamp()) << 15) + number % 4
    return Made(
        number,
        article,
        Translation(article.id, fingerprint, "e", at, tuple(english)),
        Enrichment(article.id, fingerprint, tuple(Highlight(n) for n in (2, 3, 5)), section),
        place,
    )


def fill(path: Path, count: int, *, words: int = WORDS, writer: Writer | None = None) -> None:
    """Write a paper of so many articles. The path must be free."""
    writer = writer or Writer(1)
    store = open_store(path)
    store.save_sources([source_of(number) for number in range(SOURCES)])
    store.close()
    database = Sqlite(path, wait=WAIT)
    for start in range(0, count, BATCH):
        with database.writer.begin() as connection:
            _write(connection, [make(number, words, writer) for number in range(start, min(start + BATCH, count))])
            _sketch(connection, range(start, min(start + BATCH, count)), writer)
    with database.writer.begin() as connection:
        mark_changed(connection, NOW)
    database.close()


def _write(connection: Connection, made: list[Made]) -> None:
    tables = (articles, revisions, translations, enrichments, publications)
    rows = [_rows(each) for each in made]
    for table, column in zip(tables, zip(*rows, strict=True), strict=True):
        connection.execute(insert(table), list(column))
    places = [(each.article.id, n, place) for each in made for n, place in enumerate(places_of(each.number))]
    rows_of_places = [
        {"article": article, "number": n, "name": place.name, "country": place.country, "times": place.times}
        for article, n, place in places
    ]
    connection.execute(insert(named_places), rows_of_places)
    index = Fts5()
    for each in made:
        index.put(connection, each.place, _texts(each))


def arrive(path: Path, count: int = 1) -> datetime:
    """So many articles come in, in no story yet. Returns when the last of all came."""
    database = Sqlite(path, wait=WAIT)
    with database.writer.begin() as connection:
        newer = select(func.count()).select_from(publications).where(publications.c.published > NOW)
        before = int(connection.execute(newer).scalar_one())
        made = [make(-before - one, WORDS, Writer(before + one)) for one in range(1, count + 1)]
        _write(connection, made)
        now = made[-1].article.fetched_at
        mark_changed(connection, now)
    database.close()
    return now


def _rows(made: Made) -> tuple[dict[str, object], ...]:
    article, english = made.article, [line.text for line in made.translation.sentences]
    at = article.fetched_at
    key = {"article": article.id, "fingerprint": made.translation.fingerprint}
    shared = {"source": article.source, "language": "de", "published": at}
    return (
        shared | {"id": article.id, "url": article.url, "headline": article.headline, "revision": 1,
                  "fingerprint": key["fingerprint"], "awaiting": False},
        key | {"number": 1, "content": pack(article)},
        key | {"content": pack(made.translation)},
        key | {"content": pack(made.enrichment)},
        shared | key | {
            "path": made.path, "revision": 1, "section": made.enrichment.section, "headline": english[0],
            "first_published": at, "updated": at, "latency": 60.0, "day": at.date(), "standfirst": english[1],
            "original_headline": article.headline, "original_url": article.url, "authors": list(article.authors),
            "picture": None, "picture_caption": "", "highlights": [english[n] for n in (2, 3, 5)], "flags": 0,
            "place": made.place,
        },
    )  # fmt: skip


def _texts(made: Made) -> Texts:
    english = [line.text for line in made.translation.sentences]
    article = made.article
    labels = (
        EVERY,
        label("source", article.source),
        label("language", "de"),
        label("section", made.enrichment.section),
        *labels_of(places_of(made.number)),
    )
    original = " ".join(sentence.text for sentence in article.sentences)
    return Texts(english[0], english[1], " ".join(english[2:]), original, labels)


def _sketch(connection: Connection, numbers: range, writer: Writer) -> None:
    """Each with terms of its own; those of a story in one story."""
    kept, posted, counted = [], [], Counter({ALL: len(numbers)})
    for number in numbers:
        last = number - number % IN_A_STORY  # in time: numbers go back
        story = last + 2 if number - last < 3 else number
        at, id_ = NOW - timedelta(minutes=EVERY_MINUTES * number), _id(number)
        terms = writer.terms()
        weight = round(len(terms) ** -0.5, 4)
        kept.append({"article": id_, "story": _id(story), "at": at, "terms": [[term, weight] for term in terms]})
        posted += [{"term": term, "day": at.toordinal(), "article": id_, "weight": weight} for term in terms]
        counted.update(terms)
    connection.execute(insert(sketches), kept)
    connection.execute(insert(postings), sorted(posted, key=lambda row: (row["term"], row["day"], row["article"])))
    add_up(connection, term_counts, [{"term": term, "articles": articles} for term, articles in counted.items()])


def _id(number: int) -> str:
    return article_id(f"{source_of(number % SOURCES).home}{number}")


def story_of(number: int) -> str:
    """The story that an article is in."""
    last = number - number % IN_A_STORY
    return _id(last + 2 if number - last < 3 else number)


def paths(path: Path) -> Iterator[str]:
    """Addresses of the articles of a paper, the latest first."""
    database = Sqlite(path, wait=WAIT)
    with database.reader.connect() as connection:
        query = publications.select().with_only_columns(publications.c.path).order_by(publications.c.published.desc())
        yield from connection.execute(query).scalars()
    database.close()
