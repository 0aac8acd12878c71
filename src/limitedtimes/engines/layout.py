"""Which files a model's folder has: weights, a vocabulary and SentencePiece pieces for both languages, or for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from limitedtimes.errors import ConfigError

WEIGHTS, CONFIG = "model.bin", "config.json"
INTGEMM: Final = "model.intgemm.bin"
"""The weights of a model of Firefox, which has no vocabularies but its pieces."""
SHARED: Final = ("shared_vocabulary.json", "sentencepiece.model")
SEPARATE: Final = ("source_vocabulary.json", "target_vocabulary.json", "source.model", "target.model")
"""What it usually has beside these two: one vocabulary and pieces for both sides, or for each. They also come mixed."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Names of files, source before target; one name where both sides share it."""

    vocabularies: tuple[str, ...]
    pieces: tuple[str, ...]


def layout_of(directory: Path) -> Layout:
    """Raises ConfigError that names the first file that is missing."""
    if (directory / INTGEMM).is_file():
        return _expected(directory, Layout((), _present(directory, SEPARATE[2:], SHARED[1:])), ())
    vocabularies = tuple(_vocabulary(directory, name) for name in _present(directory, SEPARATE[:2], SHARED[:1]))
    pieces = _present(directory, SEPARATE[2:], SHARED[1:])
    # A vocabulary of plain text is one of CTranslate2 before 3, whose weights hold the configuration themselves.
    config = (CONFIG,) if vocabularies[0].endswith(".json") else ()
    return _expected(directory, Layout(vocabularies, pieces), (WEIGHTS, *config))


def _expected(directory: Path, layout: Layout, others: Sequence[str]) -> Layout:
    for name in (*others, *layout.vocabularies, *layout.pieces):
        if not (directory / name).is_file():
            raise ConfigError(f"{directory / name}: no such file; the model is not complete")
    return layout


def digest(directory: Path, names: Sequence[str]) -> str:
    """The first 8 hex digits of the SHA-256 of some of its files."""
    found = hashlib.sha256()
    for name in names:
        with (directory / name).open("rb") as file:
            while chunk := file.read(2**20):
                found.update(chunk)
    return found.hexdigest()[:8]


def read_vocabulary(path: Path) -> list[str]:
    """The pieces that a network knows, by their number. Raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text) if path.suffix == ".json" else text.split("\n")
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read as a vocabulary ({error})") from None
    if not isinstance(found, list) or not all(isinstance(piece, str) for piece in found):
        raise ConfigError(f"{path}: a vocabulary is a list of pieces")
    return found


def _present(directory: Path, separate: tuple[str, ...], shared: tuple[str, ...]) -> tuple[str, ...]:
    found = any((directory / name).is_file() or (directory / _text(name)).is_file() for name in separate)
    return separate if found else shared


def _vocabulary(directory: Path, name: str) -> str:
    return _text(name) if (directory / _text(name)).is_file() and not (directory / name).is_file() else name


def _text(name: str) -> str:
    return name.replace(".json", ".txt")
