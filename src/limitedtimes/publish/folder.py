"""The folder that is published into: whose files are whose, one publisher at a time, each file whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final
from urllib.parse import unquote

from limitedtimes.errors import ConfigError, LimitedTimesError
from limitedtimes.publish.manifest import Entry, Manifest

OWN: Final = ".limitedtimes"
"""The folder in it that is ours alone."""


def file_of(address: str) -> PurePosixPath:
    """``/latest`` → ``latest/index.html``, ``/world/`` → ``world/index.html``, ``/feed.rss`` → ``feed.rss``.

    Raises ValueError for an address that no file can have.
    """
    parts = [unquote(part) for part in address.split("/")[1:]]
    name = parts[-1] if ("." in parts[-1] and not _is_id(parts)) or address.startswith("/_") else ""
    folders = parts[:-1] if name or not parts[-1] else parts
    path = PurePosixPath(*folders, name or "index.html")
    if any(part in ("", ".", "..") or "/" in part or "\0" in part for part in folders) or path.parts[0] == OWN:
        raise ValueError(f"{address}: cannot be a file")
    return path


def _is_id(parts: list[str]) -> bool:
    """Whether what ends the address is the name of a thing, a point in it or not: ``/source/de.merkur``."""
    return len(parts) == 2 and parts[0] in ("source", "topic")


class Folder:
    """A context: holds the folder's lock, which the kernel takes back when the process dies, however it dies."""

    def __init__(self, path: Path, *, into: bool = False) -> None:
        """``into``: add the paper to a folder that has files of others. Raises ConfigError, LimitedTimesError."""
        self.path = path
        self._own = path / OWN
        with self._explained():
            self._make_ours(into)
            self._lock = (self._own / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.manifest = Manifest(self._own)
        except OSError:
            self._lock.close()
            raise ConfigError(f"{path}: another `publish` is at work on this folder") from None
        except LimitedTimesError:
            self._lock.close()
            raise

    def _make_ours(self, into: bool) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise ConfigError(f"{self.path}: is a file; name a folder to publish into")
        self.path.mkdir(parents=True, exist_ok=True)
        if not self._own.exists() and any(self.path.iterdir()) and not into:
            raise ConfigError(
                f"{self.path}: has files that `publish` did not write; name an empty folder, or say --into to put the "
                "paper among them (no file of theirs is touched)"
            )
        self._own.mkdir(exist_ok=True)

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self.manifest.close()
        self._lock.close()

    def has(self, entry: Entry) -> bool:
        """Whether the file is there, as long as it was written."""
        try:
            return (self.path / file_of(entry.address)).stat().st_size == entry.size
        except OSError:
            return False

    def is_foreign(self, address: str) -> bool:
        """Whether somebody else's file stands where this address would be written. An empty one has no owner."""
        if address in self.manifest.entries or address in self.manifest.begun:
            return False
        path = self.path / file_of(address)
        return path.exists() and (path.is_dir() or path.stat().st_size > 0)

    def write(self, entry: Entry, body: bytes) -> bool:
        """Put a page at its address, whole; what is there already is left as it is. Whether anything was written."""
        before = self.manifest.entries.get(entry.address)
        if before and before.digest == entry.digest and self.has(before):
            if before != entry:
                self.manifest.put(entry)
            return False
        path = self.path / file_of(entry.address)
        with self._explained():
            self.manifest.begin(entry.address)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._replace(path, body)
            self.manifest.put(entry)
        return True

    def write_beside(self, name: str, body: bytes) -> None:
        """A file for the web server's own use, where no reader looks."""
        path = self._own / name
        with self._explained():
            if not path.exists() or path.read_bytes() != body:
                self._replace(path, body)

    def _replace(self, path: Path, body: bytes) -> None:
        """The part lies on the same file system, and nobody who copies the site takes it along."""
        part = self._own / "part"
        part.write_bytes(body)
        part.replace(path)

    def remove(self, address: str) -> None:
        """Take a file away that we wrote, and the folders that it leaves empty."""
        path = self.path / file_of(address)
        with self._explained():
            path.unlink(missing_ok=True)
            self.manifest.drop(address)
            for parent in path.relative_to(self.path).parents[:-1]:
                try:
                    (self.path / parent).rmdir()
                except OSError:
                    break

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LimitedTimesError(
                f"{error.filename or self.path}: cannot be written ({os.strerror(error.errno or 0)}); mend that and "
                "run the command again: it goes on where it was"
            ) from error


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:24]
