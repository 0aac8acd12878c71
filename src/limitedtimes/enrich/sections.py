"""Which section of the edition an article belongs to: what its publisher calls it, in any language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final
from urllib.parse import unquote, urlsplit

from limitedtimes.model import SECTIONS, Article, Source

UNKNOWN: Final = "news"
_LEVELS: Final = re.compile(r"\s*[/>›»|;,:]\s*")
_WORDS: Final = re.compile(r"[^\w]+")


def section(article: Article, source: Source | None) -> str:
    """One of SECTIONS: by the publisher's own table, else by its name for the section, else by the address.

    The last name that is known counts, because the names go from wide to narrow: politics / abroad is world.
    """
    for table in (_own(source), _table()):
        for found in (_levels(article.section), _path(article.url)):
            known = [ours for name in found if (ours := _look_up(name, table))]
            if known:
                return known[-1]
    return UNKNOWN


def _own(source: Source | None) -> Mapping[str, str]:
    given = source.sections if source else {}
    return {name.casefold(): ours for name, ours in given.items() if ours in SECTIONS}


@cache
def _table() -> Mapping[str, str]:
    file = resources.files(__package__) / "sections.toml"
    lines: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: ours for ours, names in lines.items() for name in names.casefold().split()}


def _levels(name: str) -> list[str]:
    return [level for level in _LEVELS.split(name.casefold().strip()) if level]


def _path(url: str) -> list[str]:
    """The segments of the path but for the last, which names the article."""
    path = unquote(urlsplit(url).path).casefold().strip("/")
    return path.split("/")[:-1]


def _look_up(name: str, table: Mapping[str, str]) -> str | None:
    """The whole name, or the first of its words that the table has."""
    return next((table[word] for word in _spellings(name) if word in table), None)


def _spellings(name: str) -> Iterator[str]:
    yield name
    yield name.replace(" ", "-")
    yield from _WORDS.split(name.replace("_", " "))
