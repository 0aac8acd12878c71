"""The open models that this program knows of: `known.toml`, read."""

from __future__ import annotations

import difflib
import importlib.resources
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from limitedtimes.engines.formats import Facts
from limitedtimes.errors import ConfigError

MARK: Final = "{language}"
_NONCOMMERCIAL: Final = re.compile(r"(^|[^a-z])(nc|non-?commercial)([^a-z]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """A model on a hub; see `known.toml` for its fields."""

    name: str
    repo: str
    kind: str
    languages: frozenset[str]
    licence: str
    files: tuple[str, ...]
    megabytes: int = 0
    noncommercial: bool = False
    prefix: str = ""
    suffix: str = ""
    target_prefix: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    def facts(self, licence: str) -> Facts:
        """What its card is to say, with the licence as the hub has it."""
        return Facts(
            name=self.name,
            languages=self.languages,
            licence=licence or self.licence.replace("as the hub says", "but the hub names none"),
            prefix=self.prefix,
            suffix=self.suffix,
            target_prefix=self.target_prefix,
            codes=self.codes,
        )


def is_noncommercial(licence: str) -> bool:
    """Whether a licence names itself so: ``cc-by-nc-4.0``."""
    return bool(_NONCOMMERCIAL.search(licence))


@cache
def all_known() -> tuple[Known, ...]:
    """In the order of the table: the best of a language first."""
    return tuple(model for row in _table()["model"] for model in _expanded(row))


@cache
def samples() -> Mapping[str, str]:
    """Language → a sentence to try a model on."""
    return {str(language): str(text) for language, text in _table()["samples"].items()}


def for_language(language: str, models: Sequence[Known] | None = None) -> list[Known]:
    """Those that translate from it, the best first."""
    return [model for model in (all_known() if models is None else models) if language in model.languages]


def chosen(language: str, name: str = "") -> Known:
    """The model of a name, or else the best for a language, which is never a non-commercial one. Raises ConfigError."""
    found = for_language(language)
    if name:
        for model in found:
            if model.name == name:
                return model
        close = difflib.get_close_matches(name, [model.name for model in found], 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise ConfigError(f"{name}: no model of this name from {language!r} is known{hint}")
    for model in found:
        if not model.noncommercial:
            return model
    free = f"; {found[0].name} is non-commercial, and pulled only by --model" if found else ""
    raise ConfigError(f"{language}: no open model from this language is known{free}")


def _table() -> dict[str, Any]:
    return tomllib.loads((importlib.resources.files(__package__) / "known.toml").read_text(encoding="utf-8"))


def _expanded(row: dict[str, Any]) -> list[Known]:
    """One model, or one for each language where the name asks for it."""
    model = Known(**{**row, "languages": frozenset(row["languages"]), "files": tuple(row["files"])})
    if MARK not in model.name:
        return [model]
    return [
        replace(
            model,
            name=model.name.replace(MARK, language),
            repo=model.repo.replace(MARK, language),
            languages=frozenset({language}),
        )
        for language in row["languages"]
    ]
