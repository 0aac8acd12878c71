"""The state of an edition in figures, for the operator and the status page."""

from __future__ import annotations

import statistics
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, FromClause, Select, func, select

from limitedtimes.protocols import Latency, ParkedTask, Status, StepName
from limitedtimes.store.schema import CLAIMED, PARKED, QUEUED, articles, flags, publications, sources, tasks

RECENT: Final = 20
"""Parked tasks that are shown one by one."""
DAY: Final = timedelta(days=1)


def status(connection: Connection, *, now: datetime) -> Status:
    queue = select(tasks.c.step, func.count()).where(tasks.c.state.in_((QUEUED, CLAIMED))).group_by(tasks.c.step)
    parked = select(tasks.c.reason, func.count()).where(tasks.c.state == PARKED).group_by(tasks.c.reason)
    return Status(
        articles=_size(connection, articles),
        published=_size(connection, publications),
        awaiting=waiting(connection),
        queue=_counts(connection, queue),
        delayed=_delayed(connection, now),
        parked=_counts(connection, parked),
        recent_parked=_recent_parked(connection),
        latency=_latency(connection, now),
        sources=_size(connection, sources),
        newest=connection.execute(select(func.max(publications.c.first_published))).scalar(),
        flags=_counts(connection, select(flags.c.kind, func.sum(flags.c.sentences)).group_by(flags.c.kind)),
    )


def _delayed(connection: Connection, now: datetime) -> dict[str, tuple[int, datetime]]:
    query = select(tasks.c.reason, func.count(), func.min(tasks.c.due)).group_by(tasks.c.reason)
    put_off = tasks.c.step == StepName.TRANSLATE, tasks.c.state == QUEUED, tasks.c.reason != "", tasks.c.due > now
    return {reason: (int(number), until) for reason, number, until in connection.execute(query.where(*put_off))}


def waiting(connection: Connection) -> dict[str, int]:
    query = select(articles.c.language, func.count()).where(articles.c.awaiting).group_by(articles.c.language)
    return _counts(connection, query)


def _size(connection: Connection, table: FromClause) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _counts(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {name: int(number) for name, number in connection.execute(query)}


def _recent_parked(connection: Connection) -> tuple[ParkedTask, ...]:
    query = select(tasks).where(tasks.c.state == PARKED).order_by(tasks.c.since.desc(), tasks.c.id.desc())
    return tuple(
        ParkedTask(
            step=row.step,
            key=row.key,
            reason=row.reason,
            message=row.message,
            attempts=row.attempts,
            since=row.since,
            unexpected=bool(row.detail),
        )
        for row in connection.execute(query.limit(RECENT))
    )


def _latency(connection: Connection, now: datetime) -> Latency | None:
    """Over the articles that their publishers dated within the last 24 hours: an archive says nothing of our speed."""
    query = select(publications.c.latency).where(
        publications.c.published > now - DAY, publications.c.published <= now, publications.c.latency.is_not(None)
    )
    seconds = sorted(connection.execute(query).scalars())
    if not seconds:
        return None
    return Latency(len(seconds), statistics.median(seconds), seconds[(95 * len(seconds) - 1) // 100])
