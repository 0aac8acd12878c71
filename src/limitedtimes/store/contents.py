"""The archive's table of contents, read from indexes alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, func, select

from limitedtimes.contents import ArchiveDay, Leaf
from limitedtimes.store.schema import publications


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
