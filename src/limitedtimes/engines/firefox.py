"""The files of a model of Firefox as Mozilla's registry has them: weights and pieces, packed with gzip or not."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from io import BufferedReader
from pathlib import Path
from typing import Final

from limitedtimes.errors import ConfigError

PIECE: Final = 2**20
MAGIC: Final = b"\x1f\x8b"


def is_firefox(folder: Path) -> bool:
    return bool(_weights(folder))


def parts_of(folder: Path) -> list[Path]:
    """The file of its weights, and that of its pieces or those of the source's and of English. Raises ConfigError."""
    return [*_weights(folder)[:1], *_pieces(folder)]


def _weights(folder: Path) -> list[Path]:
    """``model.deen.intgemm.alphas.bin.gz``"""
    return [path for path in _files(folder) if ".intgemm" in path.name and ".bin" in path.name]


def _pieces(folder: Path) -> list[Path]:
    found = [path for path in _files(folder) if "vocab" in path.name and ".spm" in path.name]
    source, target = ([path for path in found if path.name.startswith(side)] for side in ("src", "trg"))
    pieces = source[:1] + target[:1] if source or target else found[:1]
    if len(pieces) != (2 if source or target else 1):
        raise ConfigError(f"{folder}: has no vocab….spm, or not both of srcvocab….spm and trgvocab….spm")
    return pieces


def unpack(path: Path, target: Path, *, most: int, sha256: str = "") -> int:
    """Write what is in a file to another, at most so many bytes; how many. Raises ConfigError, and OSError for the
    target."""
    digest, size = hashlib.sha256(), 0
    with _opened(path) as source, target.open("wb") as out:
        while piece := _read(source, path):
            size += len(piece)
            if size > most:
                raise ConfigError(f"{path}: holds more than `largest_model` lets in")
            digest.update(piece)
            out.write(piece)
    if sha256 and digest.hexdigest() != sha256:
        raise ConfigError(f"{path}: is not what the registry says; pull it again")
    return size


def _opened(path: Path) -> gzip.GzipFile | BufferedReader:
    with path.open("rb") as file:
        is_packed = file.read(len(MAGIC)) == MAGIC
    return gzip.open(path) if is_packed else path.open("rb")


def _read(source: gzip.GzipFile | BufferedReader, path: Path) -> bytes:
    try:
        return source.read(PIECE)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ConfigError(f"{path}: cannot be unpacked ({error}); pull it again") from None


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
