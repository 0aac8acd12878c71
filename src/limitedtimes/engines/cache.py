"""The folder that pulled models are kept in: one folder each, with a record of where its files came from.

A model is put together in a folder beside its own, which takes its name when all is there; so a model in the cache is a
whole one, whenever it is interrupted.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from limitedtimes.engines.card import FILE, read_card
from limitedtimes.engines.download import Web, download
from limitedtimes.engines.formats import Facts, prepare
from limitedtimes.engines.hub import PACKAGE, Offer
from limitedtimes.engines.layout import layout_of
from limitedtimes.errors import ConfigError, ModelError

RECORD: Final = "pulled.json"
COMING: Final = ".coming-"
"""What the folder of a model that is not whole begins with."""
GOING: Final = ".going-"
"""And that of one that is being removed."""
MADE: Final = "made"
GIVEN: Final = "given"
MARGIN: Final = 2**26
"""Bytes that are left free."""

Progress = Callable[[str, int, int], object]
"""Hears of a file's name, its bytes so far, and of how many (0: not known)."""


@dataclass(frozen=True, slots=True)
class Cache:
    """``most`` bytes are the largest model. ``free`` says how many bytes the disk of a folder has left."""

    folder: Path
    most: int
    free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free

    def names(self) -> list[str]:
        """Models that are there, also one that has lost its card or its record."""
        return sorted({path.parent.name for file in (FILE, RECORD) for path in self.folder.glob(f"[!.]*/{file}")})

    def begun(self) -> set[str]:
        """Models that are not whole yet: their pull was interrupted, or goes on."""
        return {path.name.removeprefix(COMING) for path in self.folder.glob(f"{COMING}*")}

    def path(self, name: str) -> Path:
        """Where a model is, or would be. Raises ConfigError for a name that is none."""
        if not name or name.startswith(".") or Path(name).name != name:
            raise ConfigError(f"{name}: is no name of a model")
        return self.folder / name

    def holds(self, name: str) -> bool:
        return (self.path(name) / FILE).is_file()

    def pull(self, offer: Offer, facts: Facts, web: Web, progress: Progress) -> Path:
        """Bring a model that is not there. Raises ModelError, ConfigError, in one line that says what to do."""
        with self._coming(facts.name) as coming:
            given = coming / GIVEN
            self._expect_room(offer, given)
            sums = self._download(offer, given, web, progress)
            source = given / PACKAGE if PACKAGE in offer.files else given
            return self._make(source, coming, facts, _origin(offer, facts, sums))

    def take(self, given: Path, facts: Facts) -> Path:
        """Bring a model that lies elsewhere on this machine. Raises ModelError, ConfigError."""
        if not given.exists():
            raise ConfigError(
                f"{given}: no such file or folder; a model of a hub goes by its name in `limitedtimes models list`"
            )
        with self._coming(facts.name) as coming:
            return self._make(given, coming, facts, {"from": str(given.resolve()), "licence": facts.licence})

    def check(self, name: str) -> list[str]:
        """What is wrong with a model, one line each: its files against the record, its card, its parts."""
        path, found = self._existing(name), []
        try:
            for file, sum_ in self.record(name)["files"].items():
                if not (path / file).is_file():
                    found.append(f"{path / file}: is gone")
                elif sha256_of(path / file) != sum_:
                    found.append(f"{path / file}: is not what was pulled")
            read_card(path)
            layout_of(path)
        except (ConfigError, ModelError) as error:
            found.append(str(error))
        return found

    def record(self, name: str) -> Mapping[str, Any]:
        """Where a model came from: ``from``, ``licence`` and ``files`` with their checksums. Raises ModelError."""
        path = self._existing(name) / RECORD
        try:
            found: Any = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise ModelError(f"{path}: cannot be read ({error})") from None
        if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
            raise ModelError(f"{path}: is no record of a model")
        return found

    def remove(self, name: str) -> None:
        """Delete a model, and what came of one that is not whole. Raises ModelError."""
        path, coming, gone = self.path(name), self.folder / f"{COMING}{name}", self.folder / f"{GOING}{name}"
        if not any(folder.is_dir() for folder in (path, coming, gone)):
            raise ModelError(f"{name}: is not in the cache; `limitedtimes models list` shows what is")
        try:
            if coming.is_dir():
                with _alone(coming, name):
                    shutil.rmtree(coming)
            if gone.is_dir():  # a removal was interrupted
                shutil.rmtree(gone)
            if path.is_dir():
                path.rename(gone)  # at once, so that nobody finds half of it
                shutil.rmtree(gone)
        except OSError as error:
            raise ModelError(f"{path}: cannot be removed: {error.strerror}") from None

    def _existing(self, name: str) -> Path:
        path = self.path(name)
        if not path.is_dir():
            raise ModelError(f"{name}: is not in the cache; `limitedtimes models pull LANG --model {name}` brings it")
        return path

    @contextmanager
    def _coming(self, name: str) -> Iterator[Path]:
        """The folder that a model comes into, held by this process alone; what is in it stays when this fails."""
        target, coming = self.path(name), self.folder / f"{COMING}{name}"
        if target.exists():
            raise ConfigError(f"{target}: is there already; `limitedtimes models remove {name}` removes it")
        try:
            (coming / GIVEN).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelError(
                f"{coming}: cannot be written: {error.strerror}; set `model_cache` to a folder that can"
            ) from None
        with _alone(coming, name):
            yield coming

    def _expect_room(self, offer: Offer, given: Path) -> None:
        """For what is still to come, and as much again for what is made of it."""
        if offer.size > self.most:
            raise ModelError(
                f"{offer.origin}: {offer.size / 1e9:.2f} GB are over the limit; raise `largest_model` to pull it"
            )
        there = sum(path.stat().st_size for path in given.iterdir())
        need, free = 2 * offer.size - min(there, offer.size) + MARGIN, self.free(self.folder)
        if need > free:
            raise ModelError(
                f"{self.folder}: {need / 1e9:.2f} GB are needed and {free / 1e9:.2f} GB are free; make room, or set "
                "`model_cache` to a folder on another disk"
            )

    def _download(self, offer: Offer, given: Path, web: Web, progress: Progress) -> dict[str, str]:
        """Name → SHA-256 of what was brought. A file that came before, whole, is not asked for again."""
        self._forget(offer, given)
        sums, left = {}, self.most
        for name, wanted in offer.files.items():
            target = given / name
            if target.is_file():  # it took its name when it was checked
                sums[name] = sha256_of(target)
            else:
                heard = partial(_heard, progress, name, wanted.size)
                sums[name] = download(wanted, target, web, most=left, progress=heard)
            left -= target.stat().st_size
        return sums

    def _forget(self, offer: Offer, given: Path) -> None:
        """What came of another revision does not fit with this one."""
        note = given.parent / "revision"
        if note.is_file() and note.read_text(encoding="utf-8") != offer.revision:
            shutil.rmtree(given)
            given.mkdir()
        note.write_text(offer.revision, encoding="utf-8")

    def _make(self, source: Path, coming: Path, facts: Facts, origin: Mapping[str, object]) -> Path:
        made, target = coming / MADE, self.path(facts.name)
        shutil.rmtree(made, ignore_errors=True)
        try:
            prepare(source, made, facts, most=self.most)
        except ConfigError:  # what has come is no model, and would be none the next time
            shutil.rmtree(coming, ignore_errors=True)
            raise
        files = {path.name: sha256_of(path) for path in sorted(made.iterdir())}
        try:
            (made / RECORD).write_text(json.dumps({**origin, "files": files}, indent=1) + "\n", encoding="utf-8")
            made.rename(target)
            shutil.rmtree(coming)
        except OSError as error:
            raise ModelError(f"{target}: cannot be written: {error.strerror}; make room, and pull again") from None
        return target


@contextmanager
def _alone(coming: Path, name: str) -> Iterator[None]:
    """Hold the folder that a model comes into. Raises ModelError if another process does."""
    lock = os.open(coming, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ModelError(f"{name}: another process is pulling it; wait for it") from None
    finally:
        os.close(lock)


def _heard(progress: Progress, name: str, size: int, done: int) -> None:
    progress(name, done, size)


def _origin(offer: Offer, facts: Facts, sums: Mapping[str, str]) -> dict[str, object]:
    return {"from": offer.origin, "revision": offer.revision, "licence": facts.licence, "downloaded": dict(sums)}


def sha256_of(path: Path) -> str:
    """In hex. Raises ModelError."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(2**20):
                digest.update(chunk)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}") from None
    return digest.hexdigest()
