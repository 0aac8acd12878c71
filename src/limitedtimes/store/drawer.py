"""``drawer.Drawer`` as a SQLite file of its own, which several processes share and anybody may delete.

The file has the mark up to which its contents are right. To catch up with a later one, whoever comes first deletes what
the changes in between were about, and moves the mark, in one transaction. What is put in must have been read at or
after the file's mark: a page that took long to make, while its article was corrected, is not kept.
"""

from __future__ import annotations

import hashlib
import logging
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from limitedtimes.contents import Contents
from limitedtimes.drawer import Folder
from limitedtimes.errors import StoreError

_NAME: Final = re.compile(r"pages-[0-9a-f]{16}\.sqlite")
_WAIT: Final = timedelta(seconds=10)  # for the write of another process
_DROPPED: Final = 256  # one folder of so many goes at a time when the drawer is full: others wait meanwhile
_NEARLY: Final = 15 / 16
_LOOK: Final = 50  # writes between two looks at the size
_log: Final = logging.getLogger(__name__)
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS folders (
    key INTEGER PRIMARY KEY, label TEXT NOT NULL, until REAL, subjects BLOB NOT NULL, content BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS links (subject INTEGER, key INTEGER, PRIMARY KEY (subject, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
"""


def open_drawer(path: Path, most: float) -> FileDrawer:
    """``most``: megabytes of the file. One that is damaged is replaced. Raises StoreError."""
    try:
        return FileDrawer(path, most)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: cannot be used ({error}); make room, or look at its permissions") from None
    except sqlite3.DatabaseError as error:
        _log.warning("%s: %s; it is begun anew", path, error)
        _delete(path)
        return FileDrawer(path, most)


def path_of(data: Path, edition: str) -> Path:
    """Of the drawer of one way to make pages, which is named by 16 hexadecimal digits."""
    return data / f"pages-{edition}.sqlite"


def delete_others(data: Path, edition: str) -> None:
    """Delete the drawers of other ways to make pages, which an earlier version or other settings had."""
    for other in drawers_in(data):
        if other != path_of(data, edition):
            _delete(other)


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def drawers_in(data: Path) -> list[Path]:
    """The files of all drawers in a folder."""
    return sorted(path for path in data.glob("pages-*.sqlite") if _NAME.fullmatch(path.name))


class FileDrawer:
    """One file. Threads may share it. Raises sqlite3.Error for a file that cannot be used."""

    def __init__(self, path: Path, most: float) -> None:
        self.path, self._most = path, most * 1e6
        self._broken = False
        self._reading, self._writing = Lock(), Lock()
        self._written = 0
        self._writer = self._connect(_WAIT)
        self._writer.executescript(_TABLES)
        self._reader = self._connect(timedelta())

    def _connect(self, wait: timedelta) -> sqlite3.Connection:
        found = sqlite3.connect(self.path, timeout=wait.total_seconds(), isolation_level=None, check_same_thread=False)
        found.execute("PRAGMA secure_delete = ON")
        found.execute("PRAGMA journal_mode = WAL")
        # After a loss of power the file is as it was some transactions ago, mark and contents together.
        found.execute("PRAGMA synchronous = NORMAL")
        return found

    def catch_up(self, contents: Contents, mark: datetime) -> None:
        def work() -> None:
            reached = self._mark()
            if reached is None or reached < mark:
                self._forget(contents.changes(reached) if reached else [])
                self._set_mark(mark)

        self._write(work)

    def restart(self, contents: Contents, changed_at: Callable[[], datetime | None]) -> None:
        """Catch up when a process begins, which may find another database than there was: an older one, from a backup.
        Asked in this order, no process can be ahead of the answer."""
        reached = self._mark()
        mark = changed_at()
        if reached is not None and (mark is None or mark < reached):
            self._write(self._begin_anew)
        if mark is not None:
            self.catch_up(contents, mark)

    def _begin_anew(self) -> None:
        self._forget(None)
        self._writer.execute("DELETE FROM marks")

    def get(self, label: str, *, now: datetime) -> bytes | None:
        if self._broken:
            return None
        query = "SELECT label, until, content FROM folders WHERE key = ?"
        try:
            with self._reading:
                row = self._reader.execute(query, (_number(label),)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error, unless_busy=True)
            return None
        if row is None or row[0] != label or (row[1] is not None and row[1] <= now.timestamp()):
            return None
        return bytes(row[2])

    def put(self, folder: Folder, *, mark: datetime) -> None:
        def work() -> None:
            if self._mark() == mark:
                self._put(folder)

        self._write(work, unless_busy=True)
        self._written += 1
        if self._written % _LOOK == 0:
            self._make_room()

    def _put(self, folder: Folder) -> None:
        key = _number(folder.label)
        self._drop([key])
        numbers = sorted({*map(_number, folder.subjects)})
        packed = b"".join(number.to_bytes(8, "big", signed=True) for number in numbers)
        until = folder.until.timestamp() if folder.until else None
        row = key, folder.label, until, packed, folder.content
        self._writer.execute("INSERT INTO folders VALUES (?, ?, ?, ?, ?)", row)
        self._writer.executemany("INSERT INTO links VALUES (?, ?)", [(number, key) for number in numbers])

    @property
    def full(self) -> bool:
        """Whether what is put in drives out something else, or soon will."""
        return self._broken or self._size() > self._most * _NEARLY

    def _make_room(self) -> None:
        """Which are dropped is left to chance: what is asked for often is soon there again."""
        while self._size() > self._most and self._write(self._drop_some, unless_busy=True):
            pass

    def _drop_some(self) -> None:
        first = random.randrange(-(2**63), 2**63)  # noqa: S311 — hides nothing
        query = "SELECT key FROM folders WHERE key BETWEEN ? AND ?"
        self._drop(_firsts(self._writer.execute(query, (first, min(first + 2**64 // _DROPPED, 2**63 - 1)))))

    def _size(self) -> int:
        """Bytes of the file that are in use."""
        with self._writing:
            pages, free, size = (
                self._writer.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
        return int((pages - free) * size)

    def _forget(self, subjects: Iterable[str] | None) -> None:
        """What is about these; None: all."""
        if subjects is None:
            self._writer.execute("DELETE FROM folders")
            self._writer.execute("DELETE FROM links")
            return
        for subject in subjects:
            found = self._writer.execute("SELECT key FROM links WHERE subject = ?", (_number(subject),))
            self._drop(_firsts(found))

    def _drop(self, keys: Iterable[int]) -> None:
        for key in keys:
            row = self._writer.execute("SELECT subjects FROM folders WHERE key = ?", (key,)).fetchone()
            if row is None:
                continue
            numbers = (row[0][at : at + 8] for at in range(0, len(row[0]), 8))
            links = [(int.from_bytes(number, "big", signed=True), key) for number in numbers]
            self._writer.executemany("DELETE FROM links WHERE subject = ? AND key = ?", links)
            self._writer.execute("DELETE FROM folders WHERE key = ?", (key,))

    def _mark(self) -> datetime | None:
        row = self._writer.execute("SELECT at FROM marks").fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def _set_mark(self, mark: datetime) -> None:
        self._writer.execute("INSERT OR REPLACE INTO marks VALUES ('right', ?)", (mark.isoformat(),))

    def _write(self, work: Callable[[], object], *, unless_busy: bool = False) -> bool:
        """In one transaction; whether it was. What cannot be written is no reason not to answer a reader."""
        if self._broken:
            return False
        try:
            with self._writing, self._transaction():
                work()
        except sqlite3.Error as error:
            self._give_up(error, unless_busy=unless_busy)
            return False
        return True

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise
        self._writer.execute("COMMIT")

    def _give_up(self, error: sqlite3.Error, *, unless_busy: bool) -> None:
        """A drawer that did not catch up must not be read from again."""
        if unless_busy and getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            return
        self._broken = True
        advice = "until the next start articles are made anew with each change; delete it if this goes on"
        _log.error("%s: %s; %s", self.path, error, advice)

    def sweep(self) -> bool:
        with self._writing:
            busy, *_ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        self._reader.close()
        self._writer.close()


def _number(text: str) -> int:
    """64 bits, as SQLite has them: two labels that share them would only drive one another out."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _firsts(rows: Iterable[tuple[int, ...]]) -> list[int]:
    return [row[0] for row in rows]
