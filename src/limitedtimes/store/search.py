"""Search: what stands in the index of each published article, and what a search finds there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection, select, update

from limitedtimes.model import HEADLINE, STANDFIRST, Article, Enrichment, Origin, Teaser, Translation, slug
from limitedtimes.protocols import Translated
from limitedtimes.search import Found, Hit, Search, Term
from limitedtimes.store import reads
from limitedtimes.store.fts5 import Fts5
from limitedtimes.store.index import BEGIN, END, EVERY, Index, Marked, Texts, Want
from limitedtimes.store.schema import enrichments, named_places, publications, sources, translations
from limitedtimes.store.values import load, load_article

MOST: Final = 1000
"""So many articles a search finds at most. Who has more than that to read looks for something narrower."""
AT_ONCE: Final = 200
"""Articles put into the index in one transaction."""
INDEXES: Final[Mapping[str, Index]] = {"sqlite": Fts5()}
_BITS: Final = 15  # of a place are the id's, so that articles of one second have places of their own
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # of an id: five bits a character
_NONE, _ALL = -(2**62), 2**62
# Scripts that put no blanks between words: each character is a word of the index, and a word of theirs a phrase.
_UNSPACED: Final = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])")
_NOT_TEXT: Final = re.compile(f"[\0{BEGIN}{END}\ud800-\udfff]")
_BLANKS: Final = re.compile(f" ?({BEGIN}?{_UNSPACED.pattern[1:-1]}{END}?) ?")  # that ``spaced`` put there


def put(connection: Connection, item: Translated, enrichment: Enrichment, published: datetime) -> int:
    """Into the index, over what the article had there. Returns its place."""
    article, index = item.article, _index(connection)
    query = select(publications.c.place).where(publications.c.article == article.id)
    before = connection.execute(query).scalar_one_or_none()
    if before is not None:
        index.drop(connection, before)
    place = _free(connection, article.id, published)
    labels = _labels(connection, article.id, article.source, article.language, enrichment.section)
    index.put(connection, place, _texts(article, item.translation, labels))
    return place


def drop(connection: Connection, place: int) -> None:
    _index(connection).drop(connection, place)


def has(connection: Connection, phrase: Term) -> bool:
    """Whether any published article has these words in this order."""
    want = Want(((_term(phrase),),), (), ((EVERY,),), _NONE, _ALL)
    return _index(connection).find(connection, want, 1).count > 0


def tidy(connection: Connection, *, begin: bool) -> bool:
    """Take some of what was dropped out of the index for good; False when nothing is left to take."""
    return _index(connection).tidy(connection, begin=begin)


def relabel(connection: Connection, article: str) -> None:
    """Put the labels of a published article as they are now."""
    row = connection.execute(select(publications).where(publications.c.article == article)).one_or_none()
    if row is not None and row.place is not None:
        labels = _labels(connection, article, row.source, row.language, row.section)
        _index(connection).label(connection, row.place, labels)


def _index(connection: Connection) -> Index:
    return INDEXES[connection.dialect.name]


def _free(connection: Connection, article: str, published: datetime) -> int:
    """The article's place, or the next that no other has."""
    bits = 0
    for character in article[: _BITS // 5]:
        bits = bits << 5 | _ALPHABET.find(character) & 31
    place = _at(published) | bits
    taken = select(publications.c.article)
    while connection.execute(
        taken.where(publications.c.place == place, publications.c.article != article)
    ).one_or_none():
        place += 1
    return place


def _at(moment: datetime) -> int:
    """The first place of a second."""
    return int(moment.timestamp()) << _BITS


def _texts(article: Article, translation: Translation, labels: tuple[str, ...]) -> Texts:
    english: dict[int, list[str]] = {HEADLINE: [], STANDFIRST: [], 0: []}
    for sentence in article.sentences:
        line = translation.sentences[sentence.number]
        if line.origin is not Origin.NONE:
            english[min(sentence.part, 0)].append(line.text)
    return Texts(
        headline=spaced(" ".join(english[HEADLINE])),
        standfirst=spaced(" ".join(english[STANDFIRST])),
        body=spaced(" ".join(english[0])),
        original=spaced(" ".join(sentence.text for sentence in article.sentences)),
        labels=labels,
    )


def _labels(connection: Connection, article: str, source: str, language: str, section: str) -> tuple[str, ...]:
    named = connection.execute(
        select(named_places.c.name, named_places.c.country).where(named_places.c.article == article)
    ).all()
    return (
        EVERY,
        label("source", source),
        label("language", language.partition("-")[0]),
        label("section", section),
        *sorted({label("area", row.country) for row in named}),
        *sorted({label("place", slug(row.name)) for row in named}),
    )


def label(kind: str, value: str) -> str:
    """One word that no text has, and that no stemmer changes."""
    return f"z{kind}{value.casefold().encode(errors='replace').hex()}0"


def spaced(text: str) -> str:
    """With blanks around each character of a script that has none between words, and without our own marks and what no
    database takes."""
    return _UNSPACED.sub(r" \1 ", _NOT_TEXT.sub("\ufffd", text))


def find(connection: Connection, wanted: Search, *, now: datetime, limit: int, offset: int = 0) -> Found:
    want = _want(connection, wanted, now)
    if want is None:
        return Found((), 0, False)
    window = range(offset, min(offset + limit, MOST))
    places = _index(connection).find(connection, want, MOST + 1, show=window)
    hits = _hits(connection, places.marked) if places.marked else ()
    return Found(hits, min(places.count, MOST), places.count > MOST)


def _hits(connection: Connection, marked: Mapping[int, Marked]) -> tuple[Hit, ...]:
    return tuple(_hit(teaser, marked[place]) for place, teaser in reads.teasers_at(connection, marked))


def _want(connection: Connection, wanted: Search, now: datetime) -> Want | None:
    """None when nothing can fit."""
    last = min(_at(now + timedelta(seconds=1)) - 1, _day(wanted.until, 1) - 1 if wanted.until else _ALL)
    first = _day(wanted.since, 0) if wanted.since else _NONE
    of_countries = _of_countries(connection, wanted.countries)
    if first > last or (wanted.countries and not of_countries and not wanted.loose):
        return None
    labels = _choices(connection, wanted, of_countries)
    words = tuple(tuple(map(_term, group)) for group in wanted.words)
    if not words and not labels:
        if wanted.loose:
            return None
        labels = ((EVERY,),)
    return Want(words, tuple(map(_term, wanted.without)), labels, first, last, wanted.loose)


def _choices(connection: Connection, wanted: Search, of_countries: list[str]) -> tuple[tuple[str, ...], ...]:
    """Labels, one of each group. A name or country that is not in the text may be where it was published."""
    names = [slug(name) for name in wanted.places]
    choices: tuple[list[tuple[str, Sequence[str]]], ...] = (
        [("source", wanted.sources)],
        [("source", of_countries)],
        [
            ("area", wanted.areas),
            ("source", _of_countries(connection, wanted.areas)),
            ("place", names),
        ],
        [("language", wanted.languages)],
        [("section", wanted.sections)],
    )
    groups = (tuple(label(kind, value) for kind, values in group for value in values) for group in choices)
    return tuple(group for group in groups if group)


def _term(term: Term) -> Term:
    return replace(term, text=spaced(term.text))


def _day(day: date, later: int) -> int:
    return _at(datetime.combine(day, time(), UTC) + timedelta(days=later))


def _of_countries(connection: Connection, countries: Collection[str]) -> list[str]:
    if not countries:
        return []
    return list(connection.execute(select(sources.c.id).where(sources.c.country.in_(countries))).scalars())


def _hit(teaser: Teaser, marked: Marked) -> Hit:
    return Hit(teaser, _pieces(marked.headline), _pieces(marked.english), _pieces(marked.original))


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """``a <b> c`` → ("a ", False), ("b", True), (" c", False)"""
    pieces: list[tuple[str, bool]] = []
    for number, part in enumerate(_BLANKS.sub(r"\1", text).split(BEGIN)):
        inside, _, outside = part.rpartition(END) if number else ("", "", part)
        pieces += [(inside, True), (outside, False)]
    return tuple((text, fits) for text, fits in pieces if text)


def missing(connection: Connection) -> bool:
    query = select(publications.c.article).where(publications.c.place.is_(None)).limit(1)
    return connection.execute(query).first() is not None


def catch_up(connection: Connection) -> int:
    """Put published articles that are not in the index into it, some of them. Returns how many."""
    columns = publications.c.article, publications.c.fingerprint, publications.c.published
    rows = connection.execute(select(*columns).where(publications.c.place.is_(None)).limit(AT_ONCE)).all()
    for row in rows:
        article = load_article(connection, row.article, row.fingerprint)
        english = load(connection, translations, Translation, article=article)
        enrichment = load(connection, enrichments, Enrichment, article=article)
        place = put(connection, Translated(article, english), enrichment, row.published)
        connection.execute(update(publications).where(publications.c.article == row.article).values(place=place))
    return len(rows)
