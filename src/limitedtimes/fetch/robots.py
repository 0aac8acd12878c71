"""What a robots.txt lets us do (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from limitedtimes.fetch.limits import PRODUCT
from limitedtimes.fetch.target import Target


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin, for us. No parsed file: everything is allowed."""

    parsed: Protego | None = None

    def allow(self, target: Target) -> bool:
        return self.parsed is None or bool(self.parsed.can_fetch(target.url, PRODUCT))

    @property
    def crawl_delay(self) -> float:
        """Seconds; 0 when none is asked for. Not in the RFC, but many ask."""
        return float(self.parsed.crawl_delay(PRODUCT) or 0) if self.parsed else 0.0


def parse(content: bytes) -> Rules:
    return Rules(Protego.parse(content.decode("utf-8-sig", "replace")))
