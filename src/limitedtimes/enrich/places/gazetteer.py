"""The names of places, as lists beside this file have them: countries, regions, towns, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

TOKEN: Final = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word; ``U.S.`` is one."""
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_A_REGION: Final = 2_000  # thousands of people, where the list does not say
LARGE: Final = 500
"""Thousands of people from which a town is meant, rather than a person of its name."""
_NAMESAKES: Final = (
    "Jordan Chad Georgia Israel India Kenya Cuba Malta China Cyprus Ireland France Holland England Mali Niger Dominica "
    "German English French Dane Finn Scot Pole Turk Lombard Breton Welsh Irish Lorraine Brittany Virginia Montana "
    "Victoria Hesse Norman Catalan Savoy Maine Carolina Bali Java Goa Sindh Tennessee Dakota"
)
"""Countries, regions and peoples whose names people have."""
_NO_PLURAL: Final = ("ese", "ish", "ch", "s", "men", "woman", "sh")


class Kind(StrEnum):
    COUNTRY = "country"
    PEOPLE = "people"  # "German", "Germans": stands for the country
    REGION = "region"
    TOWN = "town"
    NONE = "none"  # a phrase that names no place


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and who bears it: country → thousands of people. ``place`` is the name that pages show."""

    place: str
    kind: Kind
    bearers: Mapping[str, int]
    word: bool = False  # it is an English word as well
    person: bool = False  # people have the name as well, or it is known for something else

    @property
    def large(self) -> bool:
        return self.kind is Kind.TOWN and max(self.bearers.values()) >= LARGE


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """``entries`` by their words, joined by blanks; ``longest``: of a first word, how many its longest name has."""

    entries: Mapping[str, Entry]
    longest: Mapping[str, int]
    given: frozenset[str]  # given names of people


def words(text: str) -> tuple[str, ...]:
    """The words of a name, as ``Gazetteer`` has them: ``St. Louis’s`` → St, Louis."""
    return tuple(plain(found) for found in TOKEN.findall(text))


def plain(word: str) -> str:
    """Without a possessive ending, with one kind of apostrophe."""
    return _POSSESSIVE.sub("", word).replace("’", "'")


@cache
def gazetteer() -> Gazetteer:
    """Read once: some 9,000 names, 2 MB, 40 ms."""
    found: dict[str, Entry] = {}
    for name, entry in (*_towns(), *_regions()):
        before = found.get(name)
        found[name] = _joined(before, entry) if before else entry
    found |= dict(_countries())
    for name, entry in _shared():
        before = found.get(name)
        found[name] = _joined(before, entry) if before and before.kind is not Kind.COUNTRY else entry
    found |= {" ".join(words(row)): Entry("", Kind.NONE, {}) for row in _rows("phrases.txt")}
    return Gazetteer(found, _longest(found), frozenset(_rows("given.txt")))


def _joined(one: Entry, other: Entry) -> Entry:
    """A name that two lists have: the kind of the later one, the bearers of both."""
    bearers = dict(one.bearers)
    for country, people in other.bearers.items():
        bearers[country] = max(people, bearers.get(country, 0))
    place = max(one.place, other.place, key=len) if other.kind is Kind.TOWN else other.place
    return Entry(place, other.kind, bearers, other.word, one.person or other.person)


def _longest(names: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for name in names:
        parts = name.split(" ")
        longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
    return longest


def _rows(name: str) -> list[str]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]


def _countries() -> Iterator[tuple[str, Entry]]:
    for row in _rows("countries.tsv"):
        code, names, *people = row.split("\t")
        place = names.split(";")[0]
        for name in _forms(people):
            yield _named(name, place, Kind.PEOPLE, {code: 0})
        for name in names.split(";"):
            yield _named(name, place, Kind.COUNTRY, {code: 0})


def _regions() -> Iterator[tuple[str, Entry]]:
    for row in _rows("regions.tsv"):
        place, code, *others = row.split("\t")
        for name in (place, *_forms(others)):
            yield _named(name, place, Kind.REGION, {code: _A_REGION})


def _shared() -> Iterator[tuple[str, Entry]]:
    for row in _rows("shared.tsv"):
        name, bearers = row.split("\t")
        yield _named(name, name, Kind.REGION, _people(bearers))


def _towns() -> Iterator[tuple[str, Entry]]:
    for row in _rows("cities.tsv"):
        name, bearers, *marks = row.split("\t")
        mark = marks[0] if marks else ""
        yield " ".join(words(name)), Entry(name, Kind.TOWN, _people(bearers), "w" in mark, "p" in mark)


def _people(bearers: str) -> dict[str, int]:
    pairs = (pair.split("=") for pair in bearers.split(","))
    return {code: int(count) for code, count in pairs}


def _named(name: str, place: str, kind: Kind, bearers: Mapping[str, int]) -> tuple[str, Entry]:
    return " ".join(words(name)), Entry(place, kind, bearers, person=name in _NAMESAKES.split())


def _forms(column: list[str]) -> Iterator[str]:
    """The words of a column, and their plurals."""
    for name in column[0].split(";") if column else ():
        yield name
        if not name.endswith(_NO_PLURAL):
            yield name + "s"
