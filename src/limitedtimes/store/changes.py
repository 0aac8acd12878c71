"""The mark that says when readers saw a change, and the log of what each change was about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from limitedtimes.store.schema import changes, marks, sketches, upsert

CHANGED: Final = "changed"
REMOVED: Final = "removed"
"""Marks: when readers saw a change last, and when an article was removed."""
_KEPT: Final = timedelta(days=30)
"""How long the log is kept; what was put aside before that is made anew."""


def mark_changed(connection: Connection, now: datetime | None, subjects: Iterable[str] = ()) -> None:
    """Something that a reader can see changed: these articles and sources (``subject_of_source``), or only lists.

    The mark validates every list page.
    """
    at = mark(connection, CHANGED, now)
    if at is None:
        return
    rows = [{"at": at, "subject": subject} for subject in sorted({"", *subjects})]
    connection.execute(insert(changes), rows)
    connection.execute(delete(changes).where(changes.c.at < at - _KEPT))


def mark(connection: Connection, name: str, now: datetime | None) -> datetime | None:
    """Where the mark stands then. It only goes forward, whatever the clock does, and never stands still."""
    before = marked_at(connection, name)
    at = max((at for at in (now, before and before + timedelta(microseconds=1)) if at), default=None)
    if at:
        upsert(connection, marks, {"name": name, "at": at})
    return at


def marked_at(connection: Connection, name: str) -> datetime | None:
    return connection.execute(select(marks.c.at).where(marks.c.name == name)).scalar_one_or_none()


def since(connection: Connection, at: datetime) -> list[str] | None:
    """What changed after a mark; None where the log does not have that mark (any more)."""
    found = connection.execute(select(changes.c.at).where(changes.c.at == at).limit(1)).first()
    if found is None:
        return None
    query = select(changes.c.subject).where(changes.c.at > at, changes.c.subject != "").distinct()
    return list(connection.execute(query).scalars())


def with_its_story(connection: Connection, article: str) -> set[str]:
    """The article and all that are in one story with it: the pages of those say so."""
    mine = select(sketches.c.story).where(sketches.c.article == article).scalar_subquery()
    return {article, *connection.execute(select(sketches.c.article).where(sketches.c.story == mine)).scalars()}
