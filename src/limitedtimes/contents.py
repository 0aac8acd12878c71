"""The whole archive in brief: its days, each article in one short line, and what each source has given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ArchiveDay:
    day: date  # UTC
    articles: int
    updated: datetime  # the latest change of one of them


@dataclass(frozen=True, slots=True)
class Leaf:
    """The page of an article."""

    path: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Outline:
    """A published article, as far as it says which pages there are and whether they changed."""

    id: str
    path: str
    source: str
    language: str
    section: str
    published: datetime
    updated: datetime
    story: str = ""  # the id of the story that it is in, alone or not; "": not grouped yet


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came of one source, and when it was looked at."""

    source: str  # id
    name: str
    articles: int  # published
    newest: datetime | None  # by the publisher's time
    feeds: int  # that are looked at
    looked_at: datetime | None  # the last look at one of them that brought an answer
    failing: int  # feeds of which the last look failed
    why: str  # the reason of one of these, "" where none fails
    message: str  # its words, for the operator
    next_at: datetime | None  # when the first of its feeds is looked at again


class Outlines(Protocol):
    """The part of the store's reads that says what there is."""

    def outlines(self, *, now: datetime) -> list[Outline]:
        """Every published article, the latest first by the publisher's time (never later than ``now``)."""
        ...


def subject_of_source(source: str) -> str:
    """How a change of what is known of a source is told from one of an article, whose id has no colon."""
    return f"source:{source}"


class Contents(Protocol):
    def changes(self, since: datetime) -> list[str] | None:
        """The subjects of all changes that readers could see after that one (a time that ``changed_at`` said): the ids
        of articles, and sources (``subject_of_source``). None where that one is not known: anything may have changed.
        """
        ...

    def archive_days(self) -> list[ArchiveDay]:
        """Every day that has published articles, the first first."""
        ...

    def leaves(self, first: date, last: date, *, limit: int, offset: int) -> list[Leaf]:
        """The pages of these days, the first day's first."""
        ...

    def gathered(self) -> list[Gathered]:
        """Of every source that is looked at or has articles, by name."""
        ...
