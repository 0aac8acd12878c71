"""What a reader looks for, and what is found: the values of the search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from limitedtimes.model import Teaser


@dataclass(frozen=True, slots=True)
class Term:
    """Words to look for, as they follow each other in a text; with ``beginning`` the last may go on."""

    text: str
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What an article must have: one term of every group, none of ``without``, and one of each choice that is made.

    With ``loose`` one thing of all suffices: a group, a source, a language. Dates always hold, and are of UTC.
    """

    words: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # countries: published there, or named in the text
    places: tuple[str, ...] = ()  # countries, regions and towns, by a name of theirs that the text has
    languages: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None  # that day included
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, with pieces of its text, cut before, in and after each place that fits.

    ``(("The ", False), ("election", True), (" in May …", False))``. ``english``: of standfirst or body, which has more
    of it. ``original``: from the original, if only that fits.
    """

    teaser: Teaser
    headline: tuple[tuple[str, bool], ...]
    english: tuple[tuple[str, bool], ...] = ()
    original: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search finds, the latest first. ``total`` is at most what the store looks for: with ``more``
    there are others."""

    hits: tuple[Hit, ...]
    total: int
    more: bool
