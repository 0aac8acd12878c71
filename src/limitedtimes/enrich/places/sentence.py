"""An English sentence as place recognition sees it: its words, what stands between them, and the names among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from limitedtimes.enrich.places.gazetteer import TOKEN, Entry, Gazetteer, Kind, plain

_WITHIN: Final = re.compile(r"[-\u2010\u2011 \u00a0]|\. ?")
"""What may stand between the words of a name; a full stop only after St."""
_SHORTENED: Final = 3
_OPENS: Final = re.compile(r"[.!?:;“”\"„«»(–—/]|^$")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    gap: str  # what stands before it
    opens: bool  # a sentence, a quotation: a capital says nothing about it

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence, and ``rest``, what stands behind the last."""

    all: tuple[Word, ...]
    rest: str

    def at(self, place: int) -> Word | None:
        return self.all[place] if 0 <= place < len(self.all) else None

    def gap(self, place: int) -> str:
        """What stands before a word, or behind the last."""
        return self.all[place].gap if place < len(self.all) else self.rest


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of the gazetteer: the words from ``first`` up to ``end`` of a sentence."""

    entry: Entry
    name: str
    words: Words
    first: int
    end: int
    beside: str = ""  # ``Paris, Texas``: the country of the name that stands behind it

    @property
    def opens(self) -> bool:
        return self.words.all[self.first].opens

    def before(self, by: int = 1) -> Word | None:
        """The word before, where only a blank parts them."""
        return self.words.at(self.first - by) if self._joined(self.first - by + 1, self.first) else None

    def after(self) -> Word | None:
        return self.words.at(self.end) if self.words.gap(self.end) == " " else None

    def _joined(self, first: int, last: int) -> bool:
        return first > 0 and all(self._leads_on(at) for at in range(first, last + 1))

    def _leads_on(self, at: int) -> bool:
        """``J. London``, ``Dr. Lincoln``: after something that short, a full stop ends no sentence."""
        gap, before = self.words.all[at].gap, self.words.all[at - 1].text
        return gap == " " or (gap == ". " and len(before) <= _SHORTENED and before[0].isupper())


def words_of(text: str) -> Words:
    found: list[Word] = []
    at = 0
    for match in TOKEN.finditer(text):
        gap = text[at : match.start()]
        found.append(Word(plain(match[0]), gap, not found or bool(_OPENS.search(gap))))
        at = match.end()
    return Words(tuple(found), text[at:])


def candidates(text: str, known: Gazetteer) -> Iterator[Candidate]:
    """The names in a sentence, of those that begin with the same word the longest; none in a line of capitals."""
    if text.isupper():
        return
    words, at = words_of(text), 0
    while at < len(words.all):
        found = _longest(words, at, known)
        if found and found.entry.kind is not Kind.NONE:
            yield replace(found, beside=_beside(found, known))
        at = found.end if found else at + 1


def _longest(words: Words, first: int, known: Gazetteer) -> Candidate | None:
    for length in range(known.longest.get(words.all[first].text, 0), 0, -1):
        end = first + length
        if end > len(words.all) or not all(_within(words, at) for at in range(first + 1, end)):
            continue
        name = " ".join(word.text for word in words.all[first:end])
        if name in known.entries:
            return Candidate(known.entries[name], name, words, first, end)
    return None


def _beside(one: Candidate, known: Gazetteer) -> str:
    if len(one.entry.bearers) == 0 or one.words.gap(one.end) not in (", ", " (") or one.end >= len(one.words.all):
        return ""
    following = _longest(one.words, one.end, known)
    if following is None or following.entry.kind not in (Kind.COUNTRY, Kind.REGION):
        return ""
    return next((code for code in following.entry.bearers if code in one.entry.bearers), "")


def _within(words: Words, at: int) -> bool:
    gap = words.all[at].gap
    return bool(_WITHIN.fullmatch(gap)) and ("." not in gap or words.all[at - 1].text in ("St", "Mt"))
