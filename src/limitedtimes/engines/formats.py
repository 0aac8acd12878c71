"""From files as they are found, in one of the formats that models come in, to a folder that the engine loads."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from limitedtimes.engines import argos, firefox, marian
from limitedtimes.engines.card import FILE, NEVER, Card, write_card
from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.layout import CONFIG, INTGEMM, SEPARATE, SHARED, WEIGHTS
from limitedtimes.errors import ConfigError, ModelError

PIECES: Final[Mapping[str, str]] = {
    "sentencepiece.bpe.model": SHARED[1],
    "spiece.model": SHARED[1],
    "source.spm": SEPARATE[2],
    "target.spm": SEPARATE[3],
}
"""What others call the files of pieces, and what this program does."""
FIREFOX: Final = 120
"""Pieces of a sentence that a model of Firefox takes; they were trained on few that are longer."""
KNOWN: Final = (WEIGHTS, CONFIG, *SHARED, *SEPARATE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a model that its files do not say; see `Card` for the fields that are also there."""

    name: str
    languages: frozenset[str]
    licence: str
    prefix: str = ""
    suffix: str = ""
    target_prefix: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    max_tokens: int = 200
    beam: int = 2
    plain_punctuation: bool = False
    sums: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of what is packed in files, by their names

    def card(self) -> Card:
        return Card(
            name=self.name,
            languages=self.languages,
            max_tokens=self.max_tokens,
            max_output_tokens=2 * self.max_tokens + 16,
            beam=self.beam,
            prefix=self.prefix,
            suffix=self.suffix,
            target_prefix=self.target_prefix,
            codes=self.codes,
            slots=False,
            names=frozenset(),
            capitals=frozenset(),
            numbers=False,
            plain_punctuation=self.plain_punctuation,
            draft=False,
            unsure=NEVER,
            quality="not measured here",
            scores={},
            licence=self.licence,
        )


def prepare(given: Path, out: Path, facts: Facts, *, most: int) -> None:
    """Write the model at ``given`` into the folder ``out``, with a card unless it has its own, at most so many bytes.

    Raises ConfigError that names the file and what is wrong with it, ModelError where ``out`` cannot be written.
    """
    out.mkdir(parents=True)
    try:
        facts = _reader(given)(given, out, facts, most)
    except OSError as error:
        raise ModelError(
            f"{error.filename or out}: cannot be written: {error.strerror}; make room, and pull again"
        ) from None
    if not (out / FILE).is_file():
        write_card(out, facts.card())
    Shelf(threads=1).open(out).load()  # so that what is prepared is known to be a model


Reader = Callable[[Path, Path, Facts, int], Facts]


def _reader(given: Path) -> Reader:
    if argos.is_argos(given):
        return _from_argos if given.is_file() else _from_argos_folder
    if marian.is_marian(given):
        return _from_marian
    if firefox.is_firefox(given):
        return _from_firefox
    if (given / WEIGHTS).is_file():
        return _from_ctranslate2
    raise ConfigError(
        f"{given}: no model in a format that is known: an .argosmodel file, a folder of CTranslate2 ({WEIGHTS}) or of "
        f"Firefox (…intgemm….bin), or an OPUS-MT checkpoint ({marian.VOCABULARY} with {' or '.join(marian.WEIGHTS)})"
    )


def _from_ctranslate2(given: Path, out: Path, facts: Facts, most: int) -> Facts:
    names = {**{name: name for name in (*KNOWN, FILE)}, **PIECES}
    names |= {name.replace(".json", ".txt"): name.replace(".json", ".txt") for name in KNOWN if "vocabulary" in name}
    found = {path: out / names[path.name] for path in sorted(given.iterdir()) if path.name in names}
    _expect_room(list(found), most)
    for path, target in found.items():
        shutil.copyfile(path, target)
    return facts


def _from_marian(given: Path, out: Path, facts: Facts, most: int) -> Facts:
    _expect_room([path for path in given.iterdir() if path.is_file()], most)
    marian.convert(given, out)
    return replace(facts, plain_punctuation=True)


def _from_firefox(given: Path, out: Path, facts: Facts, most: int) -> Facts:
    parts = firefox.parts_of(given)
    names = SHARED[1:] if len(parts) == 2 else SEPARATE[2:]
    for path, name in zip(parts, (INTGEMM, *names), strict=True):
        most -= firefox.unpack(path, out / name, most=most, sha256=facts.sums.get(path.name, ""))
    return replace(facts, max_tokens=FIREFOX, beam=1)


def _from_argos(given: Path, out: Path, facts: Facts, most: int) -> Facts:
    return _of_package(argos.unpack(given, out, most=most), given, facts)


def _from_argos_folder(given: Path, out: Path, facts: Facts, most: int) -> Facts:
    facts = _of_package(argos.package_of(given), given, facts)
    if not (given / argos.PIECES).is_file():
        raise ConfigError(f"{given / argos.PIECES}: no such file; only pieces of SentencePiece can be read")
    facts = _from_ctranslate2(given / argos.MODEL, out, facts, most)
    shutil.copyfile(given / argos.PIECES, out / argos.PIECES)
    return facts


def _of_package(package: argos.Package, given: Path, facts: Facts) -> Facts:
    if facts.languages != {package.source}:
        raise ConfigError(f"{given}: translates from {package.source!r}, not from {', '.join(sorted(facts.languages))}")
    return replace(facts, target_prefix=package.target_prefix)


def _expect_room(paths: list[Path], most: int) -> None:
    size = sum(path.stat().st_size for path in paths)
    if size > most:
        raise ConfigError(f"{paths[0].parent}: holds {size / 1e9:.1f} GB, over `largest_model`")
