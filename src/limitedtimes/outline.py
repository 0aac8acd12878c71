"""All that is published, each article in one short line: for whoever has to know which pages there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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


class Outlines(Protocol):
    """The part of the store's reads that says what there is."""

    def outlines(self, *, now: datetime) -> list[Outline]:
        """Every published article, the latest first by the publisher's time (never later than ``now``)."""
        ...
