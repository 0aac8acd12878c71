"""Who speaks of what: the names of each article, and how many different voices each name and story has by day.

An article costs the same however large the archive is: only the days and names that it touches are counted anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, literal, select

from limitedtimes.model import Article
from limitedtimes.store.reads import CHUNK
from limitedtimes.store.schema import mentions, publications, sketches, voices
from limitedtimes.story import Sketch
from limitedtimes.trend import Kind, Mention, Pulse, Subject, Tally, Voices

ANYTHING: Final = ""
"""Stands in the place of a name for every article: the press as a whole."""
HOURS: Final = 24
NOBODY: Final = Voices(0, 0)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
_VOICES: Final = (func.count(mentions.c.source.distinct()), func.count(mentions.c.language.distinct()))


def keep(connection: Connection, article: Article, sketch: Sketch) -> None:
    """The names of an article, in the place of those that it had."""
    forget(connection, article.id)
    hour = _hour(sketch.at)
    place = {
        "day": _day(hour),
        "article": article.id,
        "hour": hour,
        "source": article.source,
        "language": article.language.partition("-")[0],
    }
    names = {ANYTHING: "", **sketch.names}
    connection.execute(insert(mentions), [place | {"name": key, "spelling": name} for key, name in names.items()])
    _count(connection, names, _day(hour))


def forget(connection: Connection, article: str) -> None:
    """Nobody has read it: for an article that is removed, or has a new revision."""
    mine = mentions.c.article == article
    gone = connection.execute(select(mentions.c.day, mentions.c.name).where(mine)).all()
    connection.execute(delete(mentions).where(mine))
    for day in {row.day for row in gone}:
        _count(connection, [row.name for row in gone if row.day == day], day)


def _count(connection: Connection, names: Collection[str], day: int) -> None:
    """The voices of some names in a day, anew."""
    connection.execute(delete(voices).where(voices.c.name.in_(names), voices.c.day == day))
    said = mentions.c.name.in_(names), mentions.c.day == day
    counted = select(mentions.c.name, mentions.c.day, *_VOICES).where(*said).group_by(mentions.c.name, mentions.c.day)
    connection.execute(insert(voices).from_select(list(voices.c), counted))


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)


def _day(hour: int) -> int:
    return _EPOCH + hour // HOURS


def pulse(connection: Connection, *, now: datetime, days: int, least: int) -> Pulse:
    names = _names(connection, now, days, least)
    stories = _stories(connection, now, days, least)
    press = names.pop(ANYTHING, Tally(NOBODY, {}))
    subjects = {Subject(Kind.NAME, key): tally for key, tally in names.items()}
    return Pulse(press, subjects | {Subject(Kind.STORY, key): tally for key, tally in stories.items()})


def _names(connection: Connection, now: datetime, days: int, least: int) -> dict[str, Tally]:
    last = _hour(now)
    spoken = _spoken(connection, last, least)
    before = _spoken(connection, last - HOURS, 1)
    today = _day(last)
    past: dict[str, dict[int, Voices]] = {name: {1: before[name]} if name in before else {} for name in spoken}
    for row in _of_days(connection, spoken, today - days, today - 2):
        past[row.name][today - row.day] = Voices(row.sources, row.languages)
    return {name: Tally(counted, past[name]) for name, counted in spoken.items()}


def _spoken(connection: Connection, last: int, least: int) -> dict[str, Voices]:
    """The voices of each name in the 24 hours that end with this one; of the press, however few."""
    query = (
        select(mentions.c.name, *_VOICES)
        .where(mentions.c.hour.between(last - HOURS + 1, last))
        .group_by(mentions.c.name)
        .having((_VOICES[0] >= least) | (mentions.c.name == ANYTHING))
    )
    return {name: Voices(sources, languages) for name, sources, languages in connection.execute(query)}


def _of_days(connection: Connection, names: Iterable[str], since: int, until: int) -> Iterator[Row[Any]]:
    for some in _chunks(names):
        query = select(voices).where(voices.c.name.in_(some), voices.c.day.between(since, until))
        yield from connection.execute(query)


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    every = list(keys)
    return (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))


def _stories(connection: Connection, now: datetime, days: int, least: int) -> dict[str, Tally]:
    """From the articles themselves: a story has few of them."""
    last, today = _hour(now), now.astimezone(UTC).date()
    spoken = _told(connection, last, least)
    before = _told(connection, last - HOURS, 1)
    past: dict[str, dict[int, Voices]] = {story: {1: before[story]} if story in before else {} for story in spoken}
    for some in _chunks(spoken):
        within = publications.c.day.between(today - timedelta(days), today - timedelta(2))
        told = _TELLING.add_columns(publications.c.day).group_by(publications.c.day)
        for row in connection.execute(told.where(sketches.c.story.in_(some), within)):
            past[row.story][(today - row.day).days] = Voices(row.sources, row.languages)
    return {story: Tally(counted, past[story]) for story, counted in spoken.items()}


def _told(connection: Connection, last: int, least: int) -> dict[str, Voices]:
    """The voices of each story in the 24 hours that end with this one."""
    enough = func.count(publications.c.source.distinct()) >= least
    query = _TELLING.where(*_published_within(last)).having(enough)
    return {row.story: Voices(row.sources, row.languages) for row in connection.execute(query)}


def _published_within(last: int) -> tuple[ColumnElement[bool], ...]:
    first, end = (datetime.fromtimestamp(3600 * hour, UTC) for hour in (last - HOURS + 1, last + 1))
    return publications.c.published >= first, publications.c.published < end


_TELLING: Final[Select[Any]] = (
    select(
        sketches.c.story,
        func.count(publications.c.source.distinct()).label("sources"),
        func.count(publications.c.language.distinct()).label("languages"),
    )
    .select_from(publications.join(sketches, sketches.c.article == publications.c.article))
    .group_by(sketches.c.story)
)


def said(
    connection: Connection, subjects: Sequence[Subject], *, now: datetime
) -> Mapping[Subject, tuple[Mention, ...]]:
    found: dict[Subject, list[Mention]] = {subject: [] for subject in subjects}
    last = _hour(now)
    for kind, rows_of in ((Kind.NAME, _named), (Kind.STORY, _reporting)):
        for some in _chunks(subject.key for subject in subjects if subject.kind is kind):
            for row in connection.execute(rows_of(some, last)):
                mention = Mention(row.article, row.source, row.language, last - _hour(row.published), row.spelling)
                found[Subject(kind, row.key)].append(mention)
    return {subject: tuple(mentions) for subject, mentions in found.items()}


def _named(keys: Sequence[str], last: int) -> Select[Any]:
    """Only what is published: an article that was removed names nobody."""
    within = mentions.c.day.between(_day(last) - 1, _day(last)), mentions.c.hour.between(last - HOURS + 1, last)
    columns = mentions.c.name.label("key"), mentions.c.source, mentions.c.language, mentions.c.spelling
    return (
        select(publications.c.article, sketches.c.at.label("published"), *columns)
        .join(mentions, mentions.c.article == publications.c.article)
        .join(sketches, sketches.c.article == publications.c.article)
        .where(mentions.c.name.in_(keys), *within)
        .order_by(sketches.c.at.desc(), publications.c.article)
    )


def _reporting(keys: Sequence[str], last: int) -> Select[Any]:
    columns = publications.c.article, publications.c.source, publications.c.language, publications.c.published
    return (
        select(sketches.c.story.label("key"), literal("").label("spelling"), *columns)
        .join(publications, publications.c.article == sketches.c.article)
        .where(sketches.c.story.in_(keys), *_published_within(last))
        .order_by(publications.c.published.desc(), publications.c.article)
    )
