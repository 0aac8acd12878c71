"""Who speaks of what: the names of each article, and how many different voices each name and story has by day.

An article costs the same however large the archive is: only the days and names that it touches are counted anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, literal, select

from limitedtimes.model import Article
from limitedtimes.store.reads import CHUNK
from limitedtimes.store.schema import mentions, publications, sketches, voices
from limitedtimes.story import Sketch
from limitedtimes.trend import Kind, Mention, Pulse, Subject, Tally, Voices, Worth

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


def pulse(connection: Connection, *, now: datetime, days: int, worth: Worth) -> Pulse:
    hour, today = _hour(now), _day(_hour(now))
    spoken = _spoken(connection, hour)
    before = _spoken_by(connection, [ANYTHING], hour - HOURS)
    press = _tallies({ANYTHING: spoken.pop(ANYTHING, NOBODY)}, before, _of_days(connection, [ANYTHING], today, days))
    looked_at = worth(press[ANYTHING])
    names = {name: voices for name, voices in spoken.items() if looked_at(voices)}
    stories = {story: voices for story, voices in _told(connection, hour).items() if looked_at(voices)}
    before, told = _spoken_by(connection, names, hour - HOURS), _told(connection, hour - HOURS)
    tallies = {
        Kind.NAME: _tallies(names, before, _of_days(connection, names, today, days)),
        Kind.STORY: _tallies(stories, told, _reported(connection, stories, now, days)),
    }
    return Pulse(
        press[ANYTHING], {Subject(kind, key): one for kind, found in tallies.items() for key, one in found.items()}
    )


Earlier = Iterable[tuple[str, int, Voices]]
"""Key, days back, voices."""


def _tallies(spoken: Mapping[str, Voices], before: Mapping[str, Voices], earlier: Earlier) -> dict[str, Tally]:
    past: dict[str, dict[int, Voices]] = {key: {1: before[key]} if key in before else {} for key in spoken}
    for key, back, voices_ in earlier:
        past[key][back] = voices_
    return {key: Tally(counted, past[key]) for key, counted in spoken.items()}


def _spoken(connection: Connection, last: int) -> dict[str, Voices]:
    """The voices of each name in the 24 hours that end with this one."""
    within = mentions.c.hour.between(last - HOURS + 1, last)
    rows = connection.execute(select(mentions.c.name, *_VOICES).where(within).group_by(mentions.c.name)).all()
    return {name: Voices(sources, languages) for name, sources, languages in rows}


def _spoken_by(connection: Connection, names: Iterable[str], last: int) -> dict[str, Voices]:
    """The same of some names only."""
    found = {}
    days, hours = mentions.c.day.between(_day(last) - 1, _day(last)), mentions.c.hour.between(last - HOURS + 1, last)
    for some in _chunks(names):
        query = select(mentions.c.name, *_VOICES).where(mentions.c.name.in_(some), days, hours)
        rows = connection.execute(query.group_by(mentions.c.name)).all()
        found.update({name: Voices(sources, languages) for name, sources, languages in rows})
    return found


def _of_days(connection: Connection, names: Iterable[str], today: int, days: int) -> Iterator[tuple[str, int, Voices]]:
    for some in _chunks(names):
        within = voices.c.name.in_(some), voices.c.day.between(today - days, today - 2)
        for name, day, sources, languages in connection.execute(select(voices).where(*within)).all():
            yield name, today - day, Voices(sources, languages)


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    every = list(keys)
    return (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))


def _reported(
    connection: Connection, stories: Iterable[str], now: datetime, days: int
) -> Iterator[tuple[str, int, Voices]]:
    """From the articles themselves: a story has few of them."""
    today = now.astimezone(UTC).date()
    within = publications.c.day.between(today - timedelta(days), today - timedelta(2))
    told = _TELLING.add_columns(publications.c.day).group_by(publications.c.day)
    for some in _chunks(stories):
        for row in connection.execute(told.where(sketches.c.story.in_(some), within)):
            yield row.story, (today - row.day).days, Voices(row.sources, row.languages)


def _told(connection: Connection, last: int) -> dict[str, Voices]:
    """The voices of each story in the 24 hours that end with this one."""
    rows = connection.execute(_TELLING.where(*_published_within(last))).all()
    return {story: Voices(sources, languages) for story, sources, languages in rows}


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
