"""What truly differs between databases: how to connect and begin, how to choose tasks for a claim, what errors say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from limitedtimes.errors import StoreError
from limitedtimes.protocols import StepName


@dataclass(frozen=True, slots=True)
class Wish:
    """What a claimer asks for: see ``Queue.claim``."""

    step: StepName
    limit: int
    lanes: Collection[str] | None = None
    avoid: Collection[str] = ()
    per_lane: int | None = None


class Database(Protocol):
    """One database: its two engines share their connections, and differ in how a transaction begins."""

    @property
    def reader(self) -> Engine: ...

    @property
    def writer(self) -> Engine: ...

    def choose(self, connection: Connection, wish: Wish, now: datetime) -> Sequence[int]:
        """The ids of the queued tasks that fit the wish, the oldest due first, and nobody else's until the commit."""
        ...

    def explain(self, error: DBAPIError) -> StoreError | None:
        """What a person can do about an error; None for one that is a mistake of ours."""
        ...

    def sweep(self) -> bool:
        """Leave nothing in the files of what was deleted; False where readers kept a part of it too long."""
        ...

    def close(self) -> None: ...
