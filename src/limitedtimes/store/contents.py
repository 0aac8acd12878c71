"""The archive in brief, read from indexes as far as there are any."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, select

from limitedtimes.contents import ArchiveDay, Gathered, Leaf
from limitedtimes.protocols import StepName
from limitedtimes.store.schema import addresses, publications, sources, tasks


def archive_days(connection: Connection) -> list[ArchiveDay]:
    """https://www.sqlite.org/optoverview.html#covering: grouped along the index of days, no row is looked at."""
    day, updated = publications.c.day, func.max(publications.c.updated)
    query = select(day, func.count().label("articles"), updated.label("updated")).group_by(day).order_by(day)
    return [ArchiveDay(row.day, row.articles, row.updated) for row in connection.execute(query)]


def leaves(connection: Connection, first: date, last: date, *, limit: int, offset: int) -> list[Leaf]:
    # As times, so that it goes with the index that the order needs.
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    query = (
        select(publications.c.path, publications.c.updated)
        .where(publications.c.published >= begin, publications.c.published < end)
        .order_by(publications.c.published, publications.c.article)
        .limit(limit)
        .offset(offset)
    )
    return [Leaf(row.path, row.updated) for row in connection.execute(query)]


def gathered(connection: Connection) -> list[Gathered]:
    published = {row.source: row for row in connection.execute(_published())}
    polled = {row.source: row for row in connection.execute(_polled())}
    names = {row.id: row.name for row in connection.execute(select(sources.c.id, sources.c.name))}
    found = [_gathered(id_, names.get(id_, id_), published.get(id_), polled.get(id_)) for id_ in {*published, *polled}]
    return sorted(found, key=lambda one: (one.name.casefold(), one.source))


def _published() -> Select[Any]:
    newest = func.max(publications.c.published).label("newest")
    return select(publications.c.source, func.count().label("articles"), newest).group_by(publications.c.source)


def _polled() -> Select[Any]:
    """A task of a feed keeps its failure until a look succeeds."""
    fails = tasks.c.reason != ""
    return (
        select(
            tasks.c.lane.label("source"),
            func.count().label("feeds"),
            func.max(addresses.c.looked_at).label("looked_at"),
            func.sum(case((fails, 1), else_=0)).label("failing"),
            func.max(tasks.c.reason).label("why"),
            func.max(tasks.c.message).label("message"),
            func.min(tasks.c.due).label("next_at"),
        )
        .outerjoin(addresses, addresses.c.url == tasks.c.key)
        .where(tasks.c.step == StepName.POLL)
        .group_by(tasks.c.lane)
    )


def _gathered(id_: str, name: str, published: Row[Any] | None, polled: Row[Any] | None) -> Gathered:
    return Gathered(
        source=id_,
        name=name,
        articles=published.articles if published else 0,
        newest=published.newest if published else None,
        feeds=polled.feeds if polled else 0,
        looked_at=polled.looked_at if polled else None,
        failing=polled.failing if polled else 0,
        why=polled.why if polled else "",
        message=polled.message if polled else "",
        next_at=polled.next_at if polled else None,
    )
