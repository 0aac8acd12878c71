"""The TDM Reservation Protocol's file (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from limitedtimes.fetch import robots

MOST_RULES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Reservations:
    """Patterns of paths, as in a robots.txt, each with whether its pages are reserved; the first match counts."""

    rules: tuple[tuple[robots.Rules, bool], ...] = ()

    def cover(self, url: str) -> bool:
        return next((reserved for pattern, reserved in self.rules if not pattern.allow(url)), False)


def parse(content: bytes) -> Reservations:
    """Never fails: what is not such a file reserves nothing."""
    try:
        entries = json.loads(content)
    except (ValueError, RecursionError):
        return Reservations()
    found = [_rule(entry) for entry in entries[:MOST_RULES]] if isinstance(entries, list) else []
    return Reservations(tuple(rule for rule in found if rule))


def _rule(entry: object) -> tuple[robots.Rules, bool] | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("location"), str):
        return None
    pattern = " ".join(entry["location"].split())
    return robots.parse(f"user-agent: *\ndisallow: {pattern}".encode()), str(entry.get("tdm-reservation")) == "1"
