"""The nouns of removals: who asks for what to be taken down, what was taken down, and what the store does about it.

What is removed is kept out for ever by the hashes of its addresses. Nothing else of it is kept: neither its address,
which often holds its headline, nor what was asked once that is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol


class Party(StrEnum):  # at whose wish, in general words
    PUBLISHER = "publisher"
    PERSON = "person"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Appeal:
    """What somebody asks through the form. What is theirs alone is erased when it is answered."""

    address: str  # as given: of the article, here or at its publisher's; of the source's page or site
    whole: bool  # the whole source
    party: Party
    why: str
    contact: str
    at: datetime
    number: int = 0  # the store's, from 1


@dataclass(frozen=True, slots=True)
class Target:
    """What to take down: an article by its id, or all that a source has and will ever have."""

    article: str = ""
    source: str = ""
    addresses: tuple[str, ...] = ()  # that are to be kept out with it, beside those that the store knows
    hosts: tuple[str, ...] = ()  # of a source: all of them are its own


@dataclass(frozen=True, slots=True)
class Removal:
    """What was taken down, as far as that is remembered."""

    number: int
    at: datetime
    party: Party
    article: str  # id; "" for a whole source
    source: str  # id; "" where it was never known
    note: str  # the operator's own, which no page shows


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a removal deleted: articles, sentences of the translation memory, corrections by hand."""

    articles: int = 0
    memory: int = 0
    corrections: int = 0


MOST_APPEALS: Final = 500
"""So many wait at most. One more is refused, and its sender told to write."""


class Appeals(Protocol):
    """The part of it that the site needs."""

    def ask(self, appeal: Appeal) -> int | None:
        """Keep it; the number of one that says the same and waits already. None where MOST_APPEALS wait."""
        ...

    def removed(self, *, article: str = "", source: str = "") -> Removal | None:
        """What keeps an article or a source out; an article may be kept out with its source."""
        ...


class Removals(Appeals, Protocol):
    """What people ask to be taken down, and what is."""

    def appeals(self) -> list[Appeal]:
        """Those that wait for an answer, the first to come first."""
        ...

    def answer(self, number: int) -> bool:
        """Erase it, as answered; False where none of that number waits."""
        ...

    def remove(self, target: Target, *, party: Party, note: str, answered: Sequence[int], now: datetime) -> Deleted:
        """Delete all that there is of it, keep it out from now on, and erase the appeals that this answers."""
        ...

    def sweep(self) -> bool:
        """Take what was deleted out of the files too; False where others read so long that this must be done later."""
        ...

    def allow(self, target: Target, *, now: datetime) -> bool:
        """Let it in again, if it is gathered again; False where nothing keeps it out."""
        ...

    def removals(self) -> list[Removal]:
        """All that are in force, the first first."""
        ...

    def article_at(self, url: str) -> str:
        """The id of the article that the page at this address was; "" where that is not known."""
        ...
