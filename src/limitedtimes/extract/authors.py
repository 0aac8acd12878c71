"""Names of authors out of whatever publishers put into their author fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from limitedtimes.extract.tree import bare, clean

_PREFIX = re.compile(
    r"^(?:von|by|par|de|por|di|door|af|av|autor(?:in|en|a|es)?|auteurs?|text|texte|testo|foto|oleh|автор[ы]?|redaktion)\s*:?\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|;|\||/| und | and | et | y | e | og | och | en | & |、|・(?=\S+\s)| и )\s*")
_MAX_NAME: Final = 60


def names(value: Any) -> list[str]:
    """The names in a JSON-LD author: a string, a thing with a name, or a list of either."""
    if isinstance(value, str):
        return split(value)
    if isinstance(value, list):
        return [name for item in value for name in names(item)]
    if isinstance(value, dict):
        return names(value.get("name") or "")
    return []


def split(text: str) -> list[str]:
    text = _PREFIX.sub("", clean(text))
    return [name for piece in _SPLIT.split(text) if (name := tidy(piece))]


def tidy(name: str) -> str:
    """One name, or "" for an address, a number, or what is too long to be a name."""
    name = _PREFIX.sub("", name.strip(" .,;:|-–—•\"'"))
    if not name or len(name) > _MAX_NAME or "@" in name or "://" in name or not any(map(str.isalpha, name)):
        return ""
    return name


def unique(found: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in found:
        kept.setdefault(bare(name), name)
    return tuple(name for key, name in kept.items() if key)
