"""Who pays for what a service is sent, and where it is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Payer:
    """On whose account sentences are sent: a source and an article of it. An engine hands it on and never looks in."""

    source: str = ""
    article: str = ""


NOBODY: Final = Payer()  # pays for lines of text, which are of no article


@dataclass(frozen=True, slots=True)
class Spending:
    """What a service was sent on one account in a day (UTC): characters, and tokens as far as it tells them."""

    day: date
    service: str
    payer: Payer
    characters: int = 0
    read: int = 0
    written: int = 0


class Accounts(Protocol):
    """What was sent to services that count it."""

    def spend(self, item: Spending, *, check: Callable[[int, int], object]) -> None:
        """Count, in ONE transaction with ``check``, which raises: of characters that day, for all, for the source."""

    def spent(self, *, since: date | None = None, article: str = "", by_article: bool = False) -> list[Spending]:
        """By day, service and source, the earliest first; with an article's id, or ``by_article``, of each article."""
