"""A full-text index as the search uses it: the one thing that each database has its own of.

An article stands in it at its place, a number that grows with its time: what is found comes in the order of places,
the latest first, without sorting. So a search for a word that is in every article ends after the first thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import Connection

from limitedtimes.search import Term

BEGIN, END = "\x02", "\x03"
"""Around what fits, in the texts that are shown: no text of a page has these."""
EVERY: Final = "zall0"
"""The label that every article has."""


@dataclass(frozen=True, slots=True)
class Texts:
    """An article's words: English, original, and labels for what it can be chosen by."""

    headline: str
    standfirst: str
    body: str
    original: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """A search in the index's terms: one of each group, or with ``loose`` one of any, between two places."""

    words: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...]
    labels: tuple[tuple[str, ...], ...]
    first: int
    last: int
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """The headline, with BEGIN and END around what fits, and a piece of another text with the same.

    Of the English the standfirst, if it has all that was looked for, or else what has more of it; of the original where
    no English has any."""

    headline: str
    english: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """How many were found, and those that are to be shown, the highest first."""

    count: int
    marked: Mapping[int, Marked]


class Index(Protocol):
    def put(self, connection: Connection, place: int, texts: Texts) -> None: ...

    def label(self, connection: Connection, place: int, labels: Sequence[str]) -> None:
        """Put other labels to what stands there."""
        ...

    def drop(self, connection: Connection, place: int) -> None: ...

    def tidy(self, connection: Connection, *, begin: bool) -> bool:
        """One bounded piece of the work that takes the words of what was dropped out for good; False at the end."""
        ...

    def find(self, connection: Connection, want: Want, limit: int, *, show: range = range(0)) -> Places:
        """At most so many, the highest. ``show``: which of them, counted from the highest as 0."""
        ...
