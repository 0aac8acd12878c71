"""An Argos package (`.argosmodel`): a ZIP archive with metadata, a CTranslate2 model and its pieces.

It comes from elsewhere, so nothing in it is believed: names that lead out of the folder and contents larger than they
may be are refused, and only the files that a model needs are written.
"""

from __future__ import annotations

import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from limitedtimes.engines.layout import CONFIG, SEPARATE, SHARED, WEIGHTS
from limitedtimes.errors import ConfigError

METADATA, MODEL, PIECES, BPE, README = "metadata.json", "model", "sentencepiece.model", "bpe.model", "README.md"
MOST_ENTRIES: Final = 10_000
CHUNK: Final = 2**20
"""Bytes; and the longest metadata."""
VOCABULARIES: Final = tuple(name for name in (*SHARED, *SEPARATE) if name.endswith(".json"))
NEEDED: Final = (WEIGHTS, CONFIG, *VOCABULARIES, *(name.replace(".json", ".txt") for name in VOCABULARIES))
"""Files of the folder `model`; whatever else an archive names is not written."""
BROKEN: Final = (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, struct.error, zlib.error)
"""What zipfile raises for an archive that is spoilt (RuntimeError: one that it cannot read, or with a password)."""


@dataclass(frozen=True, slots=True)
class Package:
    """What its metadata say. ``target_prefix`` is the piece that its English begins with, or ""."""

    source: str
    target: str
    version: str
    target_prefix: str


def is_argos(path: Path) -> bool:
    """Whether it is a package, or the folder that one was unpacked to."""
    return zipfile.is_zipfile(path) if path.is_file() else (path / METADATA).is_file() and (path / MODEL).is_dir()


def unpack(path: Path, out: Path, *, most: int) -> Package:
    """Write the model's files and README into ``out``, side by side, at most so many bytes. Raises ConfigError."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _checked(archive, path, most)
            root = _root(entries, path)
            package = _package(next(_chunks(archive, entries[f"{root}{METADATA}"]), b""), path)
            if f"{root}{BPE}" in entries and f"{root}{PIECES}" not in entries:
                raise ConfigError(f"{path}: its pieces are of Moses and BPE, which cannot be read; try another model")
            left = most
            for name in entries:
                if wanted := _wanted(name.removeprefix(root)):
                    left -= _write(archive, entries[name], out / wanted, left)
    except BROKEN as error:
        raise ConfigError(f"{path}: cannot be unpacked ({error}); get a sound copy") from None
    return package


def package_of(folder: Path) -> Package:
    """What the metadata of a package that is unpacked say. Raises ConfigError."""
    try:
        return _package((folder / METADATA).read_bytes(), folder / METADATA)
    except OSError as error:
        raise ConfigError(f"{folder / METADATA}: cannot be read: {error.strerror}") from None


def _checked(archive: zipfile.ZipFile, path: Path, most: int) -> dict[str, zipfile.ZipInfo]:
    """Its files by name. Raises ConfigError if one of all its names is unsafe, or they are too many or too large."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise ConfigError(f"{path}: has {len(entries)} files, and may have {MOST_ENTRIES}")
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        if entry.filename.startswith("/") or ".." in parts or "\\" in entry.orig_filename or ":" in entry.filename:
            raise ConfigError(
                f"{path}: has a file named {entry.filename!r}, which leads out of the folder; not unpacked"
            )
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ConfigError(f"{path}: is compressed in a way that no package is; not unpacked")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise ConfigError(f"{path}: has a link, {entry.filename!r}; not unpacked")
    size = sum(entry.file_size for entry in entries)
    if size > most:
        raise ConfigError(f"{path}: holds {size / 1e9:.1f} GB, over `largest_model`; not unpacked")
    return {entry.filename: entry for entry in entries if not entry.is_dir()}


def _root(entries: dict[str, zipfile.ZipInfo], path: Path) -> str:
    """The folder of the metadata in it, with its slash."""
    found = [name for name in entries if PurePosixPath(name).name == METADATA and name.count("/") <= 1]
    if len(found) != 1:
        raise ConfigError(f"{path}: is no Argos package: expected one {METADATA} in it")
    return found[0].removesuffix(METADATA)


def _wanted(name: str) -> str:
    """The name that a file of the model gets; "" for what is not needed, as a sentence splitter."""
    if name in (PIECES, README):
        return name
    parts = PurePosixPath(name).parts
    return parts[1] if len(parts) == 2 and parts[0] == MODEL and parts[1] in NEEDED else ""


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Unpack one file. Returns its length; raises ConfigError if it is over ``most``, whatever the archive says."""
    written = 0
    with target.open("wb") as file:
        for chunk in _chunks(archive, entry):
            written += len(chunk)
            if written > most:
                raise ConfigError(f"{archive.filename}: {entry.filename} is larger than it says; not unpacked")
            file.write(chunk)
    return written


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a file holds. An OSError of reading is the archive's fault; one of writing is not."""
    try:
        with archive.open(entry) as packed:
            while chunk := packed.read(CHUNK):
                yield chunk
    except OSError as error:
        raise zipfile.BadZipFile(str(error)) from None


def _package(data: bytes, path: Path) -> Package:
    try:
        found: Any = json.loads(data)
        package = Package(
            *(str(found.get(key, "")) for key in ("from_code", "to_code", "package_version", "target_prefix"))
        )
    except (ValueError, AttributeError, RecursionError):
        raise ConfigError(f"{path}: {METADATA} cannot be read") from None
    if not package.source or package.target != "en":
        raise ConfigError(f"{path}: translates from {package.source!r} to {package.target!r}, and English is needed")
    return package
