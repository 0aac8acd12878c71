"""What the edition reads: pages, lists and counts. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, bindparam, column, exists, func, select, values

from limitedtimes.contents import Outline
from limitedtimes.model import (
    SECTIONS,
    Article,
    Awaiting,
    Enrichment,
    FlagKind,
    Picture,
    Published,
    Rights,
    Source,
    Teaser,
    Translation,
)
from limitedtimes.protocols import MemoryKey, Rendering, Seen, StepName
from limitedtimes.store.codec import decode, unpack
from limitedtimes.store.schema import (
    CLAIMED,
    DONE,
    PARKED,
    addresses,
    articles,
    corrections,
    enrichments,
    flags,
    memory,
    publications,
    revisions,
    sketches,
    sources,
    tasks,
    translations,
)
from limitedtimes.store.values import former_hash, load, load_article, memory_hash

CHUNK: Final = 500
"""Keys in one query."""
WAITING, NO_ENGINE = "waiting for its turn", "no engine for this language yet"
FAILED = "could not be translated"
WHY_PARKED: Final = {"headline": "its headline could not be translated well enough", "language": NO_ENGINE}
"""By the reason of the error."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which publications a list shows; None: any."""

    source: str | None = None
    day: date | None = None
    section: str | None = None
    language: str | None = None
    until: datetime | None = None


def seen(connection: Connection, url: str) -> Seen | None:
    row = connection.execute(select(addresses).where(addresses.c.url == url)).one_or_none()
    return Seen(row.etag, row.last_modified, row.looked_at) if row else None


def published(connection: Connection, article_id: str) -> Published | None:
    row = connection.execute(select(publications).where(publications.c.article == article_id)).one_or_none()
    if row is None:
        return None
    article = load_article(connection, article_id, row.fingerprint)
    return Published(
        source=source_of(connection, article),
        article=article,
        translation=load(connection, translations, Translation, article=article),
        enrichment=load(connection, enrichments, Enrichment, article=article),
        path=row.path,
        revision=row.revision,
        first_published=row.first_published,
        updated=row.updated,
    )


def source_of(connection: Connection, article: Article) -> Source:
    """From the catalogue as it was last saved; for an article of none, what its address tells, and no rights."""
    content = connection.execute(select(sources.c.content).where(sources.c.id == article.source)).scalar_one_or_none()
    if content is not None:
        return unpack(content, Source)
    parts = urlsplit(article.url)
    return Source(
        id=article.source,
        name=_host(article.url),
        home=f"{parts.scheme}://{parts.netloc}/",
        country="",
        languages=(article.language,),
        time_zone="UTC",
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def all_revisions(connection: Connection, article: str) -> list[Article]:
    query = select(revisions.c.content).where(revisions.c.article == article).order_by(revisions.c.number)
    return [unpack(content, Article) for content in connection.execute(query).scalars()]


def teasers(connection: Connection, selection: Selection, *, limit: int, offset: int) -> list[Teaser]:
    order = publications.c.published.desc(), publications.c.article.desc()
    if offset:  # what is passed over is passed over in the index, not in the rows
        ids = _selected(select(publications.c.article), selection).order_by(*order).limit(limit).offset(offset)
        return teasers_of(connection, connection.execute(ids).scalars().all())[::-1]
    query = _selected(_teasers(), selection).order_by(*order).limit(limit)
    return [_teaser(row) for row in connection.execute(query)]


def outlines(connection: Connection, *, now: datetime) -> list[Outline]:
    table = publications.c
    columns = table.article, table.path, table.source, table.language, table.section, table.published, table.updated
    query = (
        select(*columns, sketches.c.story)
        .outerjoin(sketches, sketches.c.article == table.article)
        .where(table.published <= now)
        .order_by(table.published.desc(), table.article.desc())
    )
    return [Outline(*row[:-1], story=row.story or "") for row in connection.execute(query)]


def teasers_of(connection: Connection, ids: Collection[str]) -> list[Teaser]:
    """Those of these articles that are published, the earliest first."""
    query = _teasers().where(publications.c.article.in_(ids))
    rows = connection.execute(query.order_by(publications.c.published, publications.c.article))
    return [_teaser(row) for row in rows]


def teasers_at(connection: Connection, places: Iterable[int]) -> list[tuple[int, Teaser]]:
    """What stands at these places of the search, the latest first."""
    return [(row.place, _teaser(row)) for row in connection.execute(_at(), {"places": list(places)})]


@cache
def _at() -> Select[Any]:
    """Made once: a fifth of the time would go into putting it together."""
    asked = publications.c.place.in_(bindparam("places", expanding=True))
    return _teasers().where(asked).order_by(publications.c.published.desc(), publications.c.article.desc())


@cache
def _teasers() -> Select[Any]:
    catalogue = (sources.c.name, sources.c.country, sources.c.rights)
    untranslated = (flags.c.article == publications.c.article) & (flags.c.kind == FlagKind.UNTRANSLATED)
    return (
        select(publications, *catalogue, flags.c.sentences.label("untranslated"), _by_hand().label("by_hand"))
        .outerjoin(sources, sources.c.id == publications.c.source)
        .outerjoin(flags, untranslated)
    )


def _by_hand() -> ColumnElement[bool]:
    """Whether a correction is in force of the article, or one that holds everywhere of its headline."""
    everywhere = (corrections.c.article == "") & (corrections.c.sentence == publications.c.original_headline)
    return exists().where(
        corrections.c.undone.is_(None), (corrections.c.article == publications.c.article) | everywhere
    )


def _teaser(row: Row[Any]) -> Teaser:
    return Teaser(
        id=row.article,
        path=row.path,
        source=row.source,
        source_name=row.name or _host(row.original_url),
        country=row.country or "",
        language=row.language,
        section=row.section,
        headline=row.headline,
        standfirst=row.standfirst,
        original_headline=row.original_headline,
        original_url=row.original_url,
        authors=tuple(row.authors),
        published=row.published,
        first_published=row.first_published,
        updated=row.updated,
        picture=decode(Picture, row.picture) if row.picture else None,
        picture_caption=row.picture_caption,
        highlights=tuple(row.highlights),
        flags=row.flags,
        rights=Rights(row.rights or Rights.LINK),
        dated=row.latency is not None,
        untranslated=row.untranslated or 0,
        by_hand=bool(row.by_hand),
    )


def _selected(query: Select[Any], selection: Selection) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    if selection.source is not None:
        wanted.append(publications.c.source == selection.source)
    if selection.section is not None:
        wanted.append(publications.c.section == selection.section)
    if selection.language is not None:
        wanted.append(publications.c.language == selection.language)
    if selection.day is not None:
        # As a range of times, so that it goes with the index that the order needs.
        begin = datetime.combine(selection.day, time(), UTC)
        wanted += [publications.c.published >= begin, publications.c.published < begin + timedelta(days=1)]
    if selection.until is not None:
        wanted.append(publications.c.published <= selection.until)
    return query.where(*wanted)


def count(connection: Connection, selection: Selection) -> int:
    query = _selected(select(func.count(publications.c.article)), selection)
    return int(connection.execute(query).scalar_one())


def sections(connection: Connection) -> list[str]:
    """One look at the index for each that there may be: to count them would be to read all of it."""
    known = values(column("name", Text), name="known").data([(name,) for name in SECTIONS]).cte("known")
    there = select(publications.c.section).where(publications.c.section == known.c.name).exists()
    return list(connection.execute(select(known.c.name).where(there)).scalars())


def awaiting(connection: Connection, *, limit: int, language: str | None) -> list[Awaiting]:
    query = (
        select(articles, sources.c.name)
        .outerjoin(sources, sources.c.id == articles.c.source)
        .where(articles.c.awaiting)
        .order_by(articles.c.published.desc(), articles.c.id)
        .limit(limit)
    )
    if language is not None:
        query = query.where(articles.c.language == language)
    rows = connection.execute(query).all()
    reasons = _reasons(connection, rows)
    return [
        Awaiting(
            id=row.id,
            source=row.source,
            source_name=row.name or _host(row.url),
            language=row.language,
            headline=row.headline,
            url=row.url,
            published=row.published,
            why=reasons[row.id],
        )
        for row in rows
    ]


def _reasons(connection: Connection, rows: Sequence[Row[Any]]) -> dict[str, str]:
    """Why each of these articles has no English, in readers' words: the status has the operator's."""
    served = _languages_taken(connection, {row.language for row in rows})
    reasons = {row.id: WAITING if row.language in served else NO_ENGINE for row in rows}
    # Its last task speaks for an article: an earlier revision's may be parked while a later one waits.
    query = select(tasks.c.article, tasks.c.state, tasks.c.reason).where(tasks.c.article.in_(reasons))
    last = {row.article: row for row in connection.execute(query.order_by(tasks.c.id))}
    return reasons | {id_: WHY_PARKED.get(row.reason, FAILED) for id_, row in last.items() if row.state == PARKED}


def _languages_taken(connection: Connection, among: Collection[str]) -> set[str]:
    """Languages of which some translation task is, or has been, in an engine's hands: there is an engine for them."""
    taken = tasks.c.state.in_((CLAIMED, DONE, PARKED)) | (tasks.c.attempts > 0)
    wanted = tasks.c.step == StepName.TRANSLATE, tasks.c.lane.in_(among), taken
    return set(connection.execute(select(tasks.c.lane).where(*wanted).distinct()).scalars())


def all_sources(connection: Connection) -> list[Source]:
    query = select(sources.c.content).order_by(sources.c.id)
    return [unpack(content, Source) for content in connection.execute(query).scalars()]


def recall(connection: Connection, keys: Sequence[MemoryKey]) -> dict[MemoryKey, Rendering]:
    wanted = {hash_: key for key in keys for hash_ in (former_hash(key), memory_hash(key))}
    hashes = list(wanted)
    found: dict[MemoryKey, Rendering] = {}
    for start in range(0, len(hashes), CHUNK):
        query = select(memory).where(memory.c.hash.in_(hashes[start : start + CHUNK]))
        found |= {wanted[row.hash]: Rendering(row.text, row.score) for row in connection.execute(query)}
    return found
