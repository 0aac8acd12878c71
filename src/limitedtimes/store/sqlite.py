"""SQLite: one file, one writer at a time, readers that never wait.

WAL lets readers go on beside the writer; ``synchronous=FULL`` makes a commit survive a loss of power. Transactions
are begun by SQLAlchemy's documented events for pysqlite: a write takes the lock at once (``BEGIN IMMEDIATE``), so that
it waits for its turn in the beginning and never fails in the middle.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Select,
    bindparam,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from limitedtimes.errors import StoreError
from limitedtimes.store import fts5
from limitedtimes.store.database import Wish
from limitedtimes.store.schema import QUEUED, tasks

ADVICE: Final = {
    "SQLITE_BUSY": "is locked by another process; end that one, or try again",
    "SQLITE_LOCKED": "is locked by another process; end that one, or try again",
    "SQLITE_FULL": "cannot grow: the disk is full; make room and start again, nothing that was kept is lost",
    "SQLITE_NOTADB": "is not a limitedtimes database; name another file",
    "SQLITE_CORRUPT": "is damaged; restore a backup",
    "SQLITE_CANTOPEN": "cannot be opened; check that its folder exists and may be written to",
    "SQLITE_READONLY": "cannot be written to; check its permissions and those of its folder",
    "SQLITE_PERM": "cannot be written to; check its permissions and those of its folder",
    "SQLITE_IOERR": "cannot be read or written: the disk failed; check the disk",
}
"""By the beginning of SQLite's name for the error."""


class Sqlite:
    """A database file, created if it is not there."""

    def __init__(self, path: Path, *, wait: timedelta) -> None:
        self.path = path
        self._wait = wait
        # Threads wait for SQLite's lock, not for a connection.
        self.reader: Engine = create_engine(URL.create("sqlite", database=str(path)), max_overflow=-1)
        event.listen(self.reader, "connect", self._connected)
        event.listen(self.reader, "begin", _begin)
        self.writer: Engine = self.reader.execution_options(write=True)

    def choose(self, connection: Connection, wish: Wish, now: datetime) -> Sequence[int]:
        wanted = {
            "step": wish.step,
            "now": now,
            "limit": wish.limit,
            "per_lane": min(wish.limit, wish.per_lane or wish.limit),
            "lanes": list(wish.lanes or ()),
            "avoid": list(wish.avoid),
        }
        return connection.execute(_choice(wish.lanes is not None), wanted).scalars().all()

    def explain(self, error: DBAPIError) -> StoreError | None:
        name = getattr(error.orig, "sqlite_errorname", "")
        for beginning, advice in ADVICE.items():
            if name.startswith(beginning):
                return StoreError(f"{self.path}: the database {advice}")
        return None

    def sweep(self) -> bool:
        """What is deleted is overwritten in the database; the log beside it keeps earlier pages until it is cut off."""
        with self.reader.connect() as connection:
            busy, *_ = _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        self.reader.dispose()

    def _connected(self, connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # pysqlite begins nothing by itself: _begin does
        connection.execute(f"PRAGMA busy_timeout = {int(self._wait.total_seconds() * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        fts5.prepare(connection, record.info)

    def use_wal(self) -> None:
        """Kept in the file once set. SQLite does not wait for others here, so two that start at once need patience."""
        deadline = time.monotonic() + self._wait.total_seconds()
        while True:
            try:
                with self.reader.connect() as connection:
                    _driver(connection).execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.Error as error:
                if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                    raise DBAPIError("PRAGMA journal_mode = WAL", None, error) from error
                time.sleep(0.01)


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@cache
def _choice(among_lanes: bool) -> Select[Any]:
    """The first tasks of each lane, merged: jumps from lane to lane in the index instead of reading what waits behind.

    https://wiki.postgresql.org/wiki/Loose_indexscan has the idea of the recursive part.
    """
    lanes = _lanes()
    inner = tasks.alias("first")
    first = (
        select(inner.c.id)
        .where(*_queued(inner), inner.c.lane == lanes.c.lane, inner.c.due <= bindparam("now"))
        .order_by(inner.c.due, inner.c.id)
        .limit(bindparam("per_lane"))
        .correlate(lanes)
    )
    chosen = (
        select(tasks.c.id)
        .join_from(lanes, tasks, tasks.c.id.in_(first))
        .where(lanes.c.lane.not_in(bindparam("avoid", expanding=True)))
        .order_by(tasks.c.due, tasks.c.id)
        .limit(bindparam("limit"))
    )
    return chosen.where(lanes.c.lane.in_(bindparam("lanes", expanding=True))) if among_lanes else chosen


def _lanes() -> CTE:
    """A recursive query of the lanes that have queued tasks of a step; its last row is NULL."""
    here, beyond = tasks.alias("here"), tasks.alias("beyond")
    lanes = select(func.min(here.c.lane).label("lane")).where(*_queued(here)).cte("lanes", recursive=True)
    following = select(func.min(beyond.c.lane)).where(*_queued(beyond), beyond.c.lane > lanes.c.lane)
    return lanes.union_all(select(following.scalar_subquery()).where(lanes.c.lane.is_not(None)))


def _queued(table: FromClause) -> tuple[ColumnElement[bool], ...]:
    return table.c.step == bindparam("step"), table.c.state == QUEUED
