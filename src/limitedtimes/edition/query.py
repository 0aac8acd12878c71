"""What a reader typed into the search, understood: never an error, at worst a hint.

``floods "prime minister" -cup source:merkur country:de from:2023-11-01``
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from limitedtimes.edition.names import COUNTRIES, section_name
from limitedtimes.languages import LANGUAGES
from limitedtimes.model import SECTIONS, Source
from limitedtimes.search import Search, Term

LONGEST: Final = 300  # characters of a query
_MOST: Final = 12  # words or phrases of a query
_LEAST: Final = 3  # letters of a beginning: a shorter one is in every article
_PART: Final = re.compile(r'(?P<minus>-)?(?:(?P<name>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<word>[^\s"]+))')
_DATE: Final = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Query:
    """``hints`` say, a sentence each, what was not taken as it was written. ``search``: None for an empty query."""

    text: str
    search: Search | None
    hints: tuple[str, ...] = ()


class _Reader:
    """Reads a query part by part."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.search = Search()
        self.hints: list[str] = []
        self._joined = False  # the next word is an alternative of the last
        self._filters: dict[str, Callable[[str], None]] = {
            "source": lambda value: self._choose("source", value, sources_named(value, sources)),
            "country": lambda value: self._choose("country", value, _codes(value, COUNTRIES)),
            "language": lambda value: self._choose("language", value, _codes(value, LANGUAGES)),
            "section": lambda value: self._choose("section", value, [s for s in SECTIONS if s == value.lower()]),
            "from": lambda value: self._limit("from", value),
            "to": lambda value: self._limit("to", value),
        }

    def read(self, part: re.Match[str]) -> None:
        name, minus = part["name"], bool(part["minus"])
        phrase = part["phrase"] is not None
        text = part["phrase"] if phrase else part["word"]
        if not phrase and not name and text[:-1].lower() in self._filters and text.endswith(":"):
            name, text = text[:-1], ""
        if phrase and not part["end"] and not text.strip():
            self.hints.append("A quotation mark with nothing behind it was passed over.")
            return
        if phrase and not part["end"]:
            self.hints.append("A quotation mark is missing; the phrase was taken to go on to the end.")
        known = self._filters.get((name or "").lower())
        if known:
            self._filter(name.lower(), known, text, minus=minus)
        elif text == "OR" and not phrase and not minus and not name:
            self._joined = bool(self.search.words)
        else:
            self._word(self._unknown(name, text), phrase=phrase, minus=minus)

    def _filter(self, name: str, known: Callable[[str], None], value: str, *, minus: bool) -> None:
        if minus:
            self.hints.append(f"-{name}: is not possible; only words can be left out. It was passed over.")
        elif not value.strip():
            self.hints.append(f"{name}: has nothing right behind it, and was passed over; write it without a space.")
        else:
            known(value.strip())

    def _unknown(self, name: str | None, text: str) -> str:
        """A filter that does not exist is taken for words."""
        if name is None:
            return text
        near = get_close_matches(name.lower(), self._filters, 1)
        advice = f"did you mean {near[0]}:?" if near else f"there are {', '.join(f'{key}:' for key in self._filters)}."
        self.hints.append(f"{name}: is no filter, and was taken for a word; {advice}")
        return f"{name} {text}"

    def _word(self, text: str, *, phrase: bool, minus: bool) -> None:
        beginning = not phrase and text.endswith("*")
        letters = sum(character.isalnum() for character in text)
        if phrase and not text.strip():
            self.hints.append("There is nothing between the quotation marks; they were passed over.")
        elif not letters:
            self.hints.append(f"“{text}” has no letter or figure to look for, and was passed over.")
        elif beginning and letters < _LEAST:
            self.hints.append(
                f"“{text}” is too short: the beginning of a word needs three letters. It was passed over."
            )
        elif len(self.search.words) + len(self.search.without) >= _MOST:
            self.hints.append(f"“{text}” was passed over: a query may have {_MOST} words or phrases.")
        else:
            self._add(Term(text.rstrip("*") if beginning else text, beginning), minus=minus)

    def _add(self, term: Term, *, minus: bool) -> None:
        words = self.search.words
        if minus:
            self.search = replace(self.search, without=(*self.search.without, term))
        elif self._joined:
            self.search = replace(self.search, words=(*words[:-1], (*words[-1], term)))
        else:
            self.search = replace(self.search, words=(*words, (term,)))
        self._joined = False

    def _choose(self, name: str, value: str, found: Sequence[str]) -> None:
        if not found:
            self.hints.append(f"No {name} here is called “{value}”; the filter was passed over.{_all_sections(name)}")
        elif name == "source":
            self.search = replace(self.search, sources=_with(self.search.sources, found))
        elif name == "country":
            self.search = replace(self.search, countries=_with(self.search.countries, found))
        elif name == "language":
            self.search = replace(self.search, languages=_with(self.search.languages, found))
        else:
            self.search = replace(self.search, sections=_with(self.search.sections, found))

    def _limit(self, name: str, value: str) -> None:
        days = days_of(value)
        if days is None:
            self.hints.append(f"{name}:{value} is no date; write one like 2023-11-10, 2023-11 or 2023.")
        elif name == "from":
            self.search = replace(self.search, since=days[0])
        else:
            self.search = replace(self.search, until=days[1])


def query(text: str, sources: Sequence[Source]) -> Query:
    """``sources`` are those that can be named."""
    kept, reader = text.strip()[:LONGEST], _Reader(sources)
    for part in _PART.finditer(kept):
        reader.read(part)
    search, hints = reader.search, reader.hints
    if len(text.strip()) > LONGEST:
        hints.append(f"Only the first {LONGEST} characters were read.")
    if search.since and search.until and search.since > search.until:
        hints.append("from: is later than to:, so nothing can be found.")
    return Query(kept, search if search != Search() else None, tuple(dict.fromkeys(hints)))


def _with(chosen: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*chosen, *found)))


def _all_sections(name: str) -> str:
    return f" Sections are {', '.join(map(section_name, SECTIONS))}." if name == "section" else ""


def sources_named(value: str, sources: Sequence[Source]) -> list[str]:
    """Ids of the sources with this id, its last part, this name, or a name that has this in it."""
    wanted = value.casefold()
    exact = [s.id for s in sources if wanted in (s.id, s.id.partition(".")[2], s.name.casefold())]
    return exact or [s.id for s in sources if wanted and wanted in s.name.casefold()]


def _codes(value: str, names: dict[str, str]) -> list[str]:
    """``de`` or ``Germany`` → ["de"]"""
    wanted = value.casefold()
    return [code for code, name in names.items() if wanted in (code, name.casefold())]


def days_of(value: str) -> tuple[date, date] | None:
    """First and last day of a day, a month or a year; None for what is none."""
    found = _DATE.fullmatch(value)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    return first, date(year, month or 12, monthrange(year, month or 12)[1])
