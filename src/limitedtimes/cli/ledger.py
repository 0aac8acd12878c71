"""What each service was sent, day by day: a small file beside the database, so that a restart forgets nothing.

It is not in the database, because an engine knows of no store, and counts before it sends, not when an article is done.
Every count is one locked read and one whole new file, which costs nothing beside a request over the network; so
`gather`, `read` and `translate` may count at once.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from limitedtimes.engines.service import Service
from limitedtimes.errors import ConfigError, TranslateError

FILE: Final = "engines.json"
DAYS: Final = 62
"""Days that are kept: this month and the last, to compare with a bill."""
CHARACTERS, READ, WRITTEN = "characters", "tokens read", "tokens written"

Counts = dict[str, int]
Days = dict[str, dict[str, Counts]]
"""Day (UTC) → name of the service → what is counted."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The file in a folder."""

    folder: Path
    clock: Callable[[], datetime]

    @property
    def path(self) -> Path:
        return self.folder / FILE

    def today(self) -> dict[str, Counts]:
        """Name of the service → its counts of today (UTC)."""
        return self._read().get(self._day(), {})

    def add(self, name: str, counts: Counts, *, budget: int = 0) -> None:
        """Count, unless the characters of the day would be more than the budget: TranslateError (``budget``)."""
        with self._changed() as days:
            known = days.setdefault(self._day(), {}).setdefault(name, {})
            sent = known.get(CHARACTERS, 0)
            if budget and sent + counts.get(CHARACTERS, 0) > budget:
                why = f"{name}: the day's budget of {budget} characters is used up; {sent} were sent"
                raise TranslateError(why, reason="budget", transient=True, retry_at=self._tomorrow())
            known.update({kind: known.get(kind, 0) + count for kind, count in counts.items()})

    def _day(self) -> str:
        return self.clock().astimezone(UTC).date().isoformat()

    def _tomorrow(self) -> datetime:
        now = self.clock().astimezone(UTC)
        return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)

    @contextmanager
    def _changed(self) -> Iterator[Days]:
        """The days, to be changed; written when the block ends well."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / f"{FILE}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                days = self._read()
                yield days
                self._write(days)
        except OSError as error:
            raise ConfigError(f"{self.path}: what is sent cannot be counted ({error.strerror})") from None

    def _read(self) -> Days:
        """Raises ConfigError for a file that is not ours: to begin anew would forget what was spent."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{self.path}: cannot be read ({error})") from None
        try:
            return {day: dict(map(_counted, of.items())) for day, of in json.loads(text).items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            why = "is not what was written; mend it, or remove it to forget what was sent today"
            raise ConfigError(f"{self.path}: {why}") from None

    def _write(self, days: Days) -> None:
        part = self.path.with_suffix(".part")
        latest = dict(sorted(days.items())[-DAYS:])
        with part.open("w", encoding="utf-8") as file:
            json.dump(latest, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path)


def _counted(item: tuple[str, dict[str, object]]) -> tuple[str, Counts]:
    name, counts = item
    return name, {kind: int(str(count)) for kind, count in counts.items()}


@dataclass(frozen=True, slots=True)
class ServiceMeter:
    """Counts what one service is sent, within its budget."""

    ledger: Ledger
    service: Service

    def spend(self, characters: int) -> None:
        self.ledger.add(self.service.name, {CHARACTERS: characters}, budget=self.service.budget)

    def note(self, *, read: int, written: int) -> None:
        self.ledger.add(self.service.name, {READ: read, WRITTEN: written})


def spending(ledger: Ledger, services: Mapping[str, Service]) -> list[str]:
    """One line for each service: what it was sent today, and of how much."""
    today, lines = ledger.today(), []
    for name, service in sorted(services.items()):
        counts = today.get(name, {})
        limit = f" of {service.budget:,}" if service.budget else ""
        tokens = [f", {counts[kind]:,} {kind}" for kind in (READ, WRITTEN) if counts.get(kind)]
        lines.append(f"{name}: {counts.get(CHARACTERS, 0):,}{limit} characters sent today{''.join(tokens)}")
    return lines
