"""The table of contents of the whole archive: its days, and the address of every page of an article."""

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


class Contents(Protocol):
    def archive_days(self) -> list[ArchiveDay]:
        """Every day that has published articles, the first first."""
        ...

    def leaves(self, first: date, last: date, *, limit: int, offset: int) -> list[Leaf]:
        """The pages of these days, the first day's first."""
        ...
