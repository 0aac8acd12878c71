"""The nouns of grouping: what an article is about, what is like it, and the story that it is in.

A story has the id of its first article. So no id is ever made up, and the id of a story that turned out to be another
one leads on: its first article is in that other story now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from limitedtimes.model import Teaser


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an article is about. A term is 63 bits of the hash of a word, a name or a number."""

    article: str
    at: datetime  # when the publisher published it, never later than we saw it
    terms: Mapping[int, float]  # those that say most, with weights: a vector of Euclidean length 1
    counted: frozenset[int] = field(default_factory=frozenset)  # every term of the text, for the document frequencies
    names: Mapping[str, str] = field(default_factory=dict)  # at the top of the article: key → as it is written


@dataclass(frozen=True, slots=True)
class Kin:
    """An article of the archive that shares terms with another."""

    article: str
    story: str
    at: datetime
    likeness: float  # cosine of the two sketches, 0 to 1
    shared: int  # terms


@dataclass(frozen=True, slots=True)
class Grouping:
    """Where an article belongs. The members of ``absorbed`` stories are in ``story`` from now on."""

    sketch: Sketch
    story: str
    absorbed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, the first to report first. One article alone is a story too."""

    id: str
    reports: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Document frequencies: how many articles there are, and how many have each of the terms asked for."""

    articles: int
    having: Mapping[int, int]
