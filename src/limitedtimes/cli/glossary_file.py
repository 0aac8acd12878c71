"""The edition's glossary: a file beside the database that people edit while the paper runs."""

from __future__ import annotations

import codecs
import fcntl
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from limitedtimes.errors import ConfigError
from limitedtimes.translate.glossary import Glossary, Term, table
from limitedtimes.translate.glossary.table import Row

LARGEST: Final = 64 * 2**20
"""Bytes of a file."""
BOM: Final = codecs.BOM_UTF8
"""Begins the UTF-8 files of spreadsheets, which take any other for something else."""
PATIENCE: Final = 10.0
"""Seconds to wait for another change to end."""


class GlossaryFile:
    """The file, read anew when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._glossary: Glossary | None = None

    def current(self) -> Glossary:
        """As it is now; a file that has been spoilt since is complained of once, and what it was goes on.

        Raises ConfigError for one that cannot be read the first time.
        """
        seen = self._stamp()
        if self._glossary is None or seen != self._seen:
            self._seen = seen
            try:
                self._glossary = Glossary(self.terms())
            except ConfigError as error:
                if self._glossary is None:
                    raise
                print(f"limitedtimes: {error}; the glossary from before it is used", file=sys.stderr)
        return self._glossary

    def _stamp(self) -> tuple[int, int]:
        try:
            stat = self.path.stat()
        except OSError:
            return (0, 0)
        return (stat.st_mtime_ns, stat.st_size)

    def terms(self) -> list[Term]:
        """All entries. Raises ConfigError that names the first line that is wrong, and what to do."""
        rows = self.rows()
        wrong = complaints(self.path, rows)
        if wrong:
            more = f" (and {len(wrong) - 1} more: see `limitedtimes glossary check`)" if len(wrong) > 1 else ""
            raise ConfigError(wrong[0] + more)
        return [row.term for row in rows if row.term]

    def rows(self) -> list[Row]:
        """Every line; none where there is no file."""
        return table.read(text_of(self.path)) if self.path.exists() else []

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Nobody else changes the file meanwhile. Raises ConfigError if another does for PATIENCE seconds."""
        lock = self.path.with_suffix(".lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with lock.open("a") as held:
                _hold(held.fileno(), self.path)
                yield
        except OSError as error:
            raise ConfigError(f"{lock}: cannot be written: {error.strerror}") from None

    def write(self, terms: Sequence[Term]) -> None:
        """The whole file, or nothing; in the form that it has, so that a spreadsheet that wrote it can read it."""
        target = self.path.resolve()  # a link to another folder stays one
        part = target.with_suffix(".part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            before = bytes_of(target) if target.exists() else b""
            mark = BOM if before.startswith(BOM) else b""
            was = before.decode(errors="replace")
            text = table.declaration_of(was) + table.write(terms, delimiter=table.delimiter_of(was))
            with part.open("wb") as file:
                file.write(mark + text.encode())
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            raise ConfigError(f"{self.path}: cannot be written: {error.strerror}") from None


def _hold(lock: int, path: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > ends:
                raise ConfigError(f"{path}: another `limitedtimes glossary` is changing it; try again later") from None
            time.sleep(0.05)


def complaints(path: Path, rows: Sequence[Row]) -> list[str]:
    """One line for each row that is wrong: file, line, and what to do."""
    return [f"{path}:{row.line}: {row.wrong}" for row in rows if row.wrong]


def text_of(path: Path) -> str:
    """Raises ConfigError."""
    data = bytes_of(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8; save it as UTF-8 text") from None


def bytes_of(path: Path) -> bytes:
    """Raises ConfigError, also for more than a glossary can be."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise ConfigError(f"{path}: has more than {LARGEST // 2**20} MiB; split it")
    return data
