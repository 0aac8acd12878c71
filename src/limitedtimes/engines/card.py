"""What a model says of itself: the file `model.toml` beside its weights, and the description that a reader sees."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from limitedtimes.errors import ConfigError, TranslateError

FILE: Final = "model.toml"
NEVER: Final = -math.inf
"""The score under which nothing is: of a model of which it is not known what its scores are worth."""


@dataclass(frozen=True, slots=True)
class Description:
    """An engine in words, for the notice on a page. ``scores`` maps "test set metric" to points, or, where a
    model knows several languages, "language test set metric"."""

    id: str
    name: str
    languages: frozenset[str]
    quality: str  # "draft quality": what a reader should expect
    scores: Mapping[str, float]
    licence: str

    def expectation(self, language: str) -> str:
        """What a reader may expect of it from a language: ``draft quality; BLEU 16.4 on flores101_devtest``."""
        bleu = {name.removesuffix(" bleu"): score for name, score in self.scores.items() if name.endswith(" bleu")}
        own = {
            name.removeprefix(f"{language} "): score for name, score in bleu.items() if name.startswith(f"{language} ")
        }
        general = {name: score for name, score in bleu.items() if name.partition(" ")[0] not in self.languages}
        return "; ".join([self.quality, *(f"BLEU {score:.1f} on {name}" for name, score in (own or general).items())])


@dataclass(frozen=True, slots=True)
class Card:
    """The fields of `model.toml`.

    ``max_tokens`` is the longest input that the model was trained on, in pieces; ``beam`` the width it was measured
    with; ``slots`` whether figures are hidden from it (see `hiding.py`), ``numbers`` whether number words are too,
    ``names`` the languages in which names are, ``capitals`` those of them in which every noun has a capital;
    ``plain_punctuation`` whether it knows only straight quotation marks
    (see `punctuation.py`). Pieces that a model asks for, none if empty: ``prefix`` before each sentence
    ("<{language}>"), ``suffix`` after it, ``target_prefix`` before its English. ``codes`` are the languages that the
    model calls otherwise in them. ``draft``: it makes words up; ``unsure`` is the score
    under which it mostly says something else than the original.
    """

    name: str
    languages: frozenset[str]
    max_tokens: int
    max_output_tokens: int
    beam: int
    prefix: str
    suffix: str
    target_prefix: str
    codes: Mapping[str, str]
    slots: bool
    names: frozenset[str]
    capitals: frozenset[str]
    numbers: bool
    plain_punctuation: bool
    draft: bool
    unsure: float
    quality: str
    scores: Mapping[str, float]
    licence: str

    def before(self, language: str) -> list[str]:
        """The piece that goes before a sentence in a language, if there is one."""
        return [self.prefix.replace("{language}", self.codes.get(language, language))] if self.prefix else []

    def describe(self, id_: str) -> Description:
        """The description of an engine that has the model."""
        return Description(id_, self.name, self.languages, self.quality, self.scores, self.licence)

    def expect(self, language: str) -> None:
        """Raises TranslateError (``language``) for one that the model does not know."""
        if language not in self.languages:
            known = ", ".join(sorted(self.languages))
            raise TranslateError(f"{self.name} does not know {language!r}, only {known}", reason="language")

    @property
    def after(self) -> list[str]:
        """The piece that ends a sentence, if there is one."""
        return [self.suffix] if self.suffix else []

    @property
    def opening(self) -> list[str]:
        """The piece that the English begins with, if there is one; it is no part of the translation."""
        return [self.target_prefix] if self.target_prefix else []


def read_card(directory: Path) -> Card:
    """The card of the model in a directory. Raises ConfigError that names the file and the field."""
    path = directory / FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file; a model's directory needs one that describes it, which "
            "`limitedtimes models pull LANG --model DIRECTORY` writes for a copy"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML ({error})") from None
    return Card(
        name=_field(data, "name", str, path),
        languages=_languages(data, path),
        max_tokens=_positive(data, "max_tokens", path),
        max_output_tokens=_positive(data, "max_output_tokens", path, default=250),
        beam=_positive(data, "beam", path, default=1),
        prefix=_field(data, "prefix", str, path, default=""),
        suffix=_field(data, "suffix", str, path, default=""),
        target_prefix=_field(data, "target_prefix", str, path, default=""),
        codes=_codes(data, path),
        slots=_flag(data, "slots", path),
        names=_languages(data, path, "names") if "names" in data else frozenset(),
        capitals=_languages(data, path, "capitals") if "capitals" in data else frozenset(),
        numbers=_flag(data, "numbers", path),
        plain_punctuation=_flag(data, "plain_punctuation", path),
        draft=_flag(data, "draft", path),
        unsure=_unsure(data, path),
        quality=_field(data, "quality", str, path, default=""),
        scores=_scores(data.get("scores", {}), path),
        licence=_field(data, "licence", str, path, default=""),
    )


def write_card(directory: Path, card: Card) -> None:
    """Write `model.toml` into a model's directory, without scores and what is empty. Raises OSError."""
    codes = ", ".join(f"{json.dumps(language)} = {json.dumps(code)}" for language, code in card.codes.items())
    values = {
        "name": card.name,
        "languages": sorted(card.languages),
        "max_tokens": card.max_tokens,
        "max_output_tokens": card.max_output_tokens,
        "beam": card.beam,
        "prefix": card.prefix,
        "suffix": card.suffix,
        "target_prefix": card.target_prefix,
        "slots": card.slots,
        "numbers": card.numbers,
        "names": sorted(card.names),
        "capitals": sorted(card.capitals),
        "plain_punctuation": card.plain_punctuation,
        "draft": card.draft,
        "quality": card.quality,
        "licence": card.licence,
    }
    # Such JSON is TOML; with escapes it is not, beyond 16 bits.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
    if codes:
        lines.append(f"codes = {{ {codes} }}")
    (directory / FILE).write_text("\n".join([*lines, ""]), encoding="utf-8")


def _field(data: Mapping[str, Any], key: str, kind: type, path: Path, *, default: object = None) -> Any:
    value = data.get(key, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ConfigError(f"{path}: {key} must be given as {kind.__name__}, and is {value!r}")
    return value


def _flag(data: Mapping[str, Any], key: str, path: Path) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise ConfigError(f"{path}: {key} must be true or false, and is {value!r}")
    return value


def _positive(data: Mapping[str, Any], key: str, path: Path, *, default: int | None = None) -> int:
    value: int = _field(data, key, int, path, default=default)
    if value < 1:
        raise ConfigError(f"{path}: {key} must be at least 1, and is {value}")
    return value


def _languages(data: Mapping[str, Any], path: Path, key: str = "languages") -> frozenset[str]:
    languages = _field(data, key, list, path)
    if not languages or not all(isinstance(code, str) for code in languages):
        raise ConfigError(f'{path}: {key} must list ISO 639 codes, as in ["de"], and is {languages!r}')
    return frozenset(languages)


def _unsure(data: Mapping[str, Any], path: Path) -> float:
    """A mean log-probability: none is above 0."""
    value = data.get("unsure", NEVER)
    if not isinstance(value, int | float) or isinstance(value, bool) or not value <= 0:
        raise ConfigError(f"{path}: unsure must be a number of at most 0, and is {value!r}")
    return float(value)


def _codes(data: Mapping[str, Any], path: Path) -> dict[str, str]:
    codes: dict[str, str] = _field(data, "codes", dict, path, default={})
    if not all(isinstance(code, str) for code in codes.values()):
        raise ConfigError(
            f'{path}: codes must be text for each language, as in {{ de = "deu_Latn" }}, and is {codes!r}'
        )
    return codes


def _scores(table: object, path: Path) -> dict[str, float]:
    """Flat or one level deep: ``flores = {bleu = 20.1}`` becomes ``{"flores bleu": 20.1}``."""
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: scores must be a table, and is {table!r}")
    found: dict[str, float] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= {f"{name} {metric}": points for metric, points in _scores(value, path).items()}
        elif isinstance(value, int | float):
            found[name] = float(value)
        else:
            raise ConfigError(f"{path}: scores.{name} must be a number, and is {value!r}")
    return found
