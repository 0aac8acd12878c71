"""What one fetcher may spend and whom it may visit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from limitedtimes import __version__
from limitedtimes.errors import ConfigError

PRODUCT: Final = "LimitedTimes"
"""Our product token: the name that a robots.txt calls us by (RFC 9309, 2.2.1)."""

LONGEST_DEADLINE: Final = 60.0


def without_port(host: str) -> str:
    return re.sub(r":\d+\Z", "", host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, times in seconds unless they are timedeltas. Raises ConfigError for a value that cannot be."""

    contact: str = "https://github.com/limitedtimes/limitedtimes"  # URL or mail address of who runs this edition
    allow_hosts: frozenset[str] = frozenset()  # "host" or "host:port" that may have private addresses
    compressed: int = 8 * 2**20  # of a body as it comes over the wire
    decompressed: int = 20 * 2**20  # of a body as it is kept
    deadline: float = 45.0  # a whole request with its robots.txt and redirects, waiting for its turn left out
    connect: float = 10.0  # one TCP connection
    redirects: int = 5
    delay: float = 3.0  # from the start of one request to a host to the start of the next
    patience: float = 60.0  # the longest wait for one's turn at a host
    crawl_delay: float = 300.0  # a robots.txt that asks for more is obeyed by staying away
    retry: timedelta = timedelta(minutes=10)  # when to try again if the server did not say
    retry_after: timedelta = timedelta(days=1)  # the longest Retry-After that is believed
    robots_size: int = 500 * 1024  # RFC 9309, 2.5: at least 500 KiB must be parsed
    robots_age: timedelta = timedelta(hours=24)  # RFC 9309, 2.4: at most

    def __post_init__(self) -> None:
        if not 0 < self.deadline <= LONGEST_DEADLINE:
            raise ConfigError(f"deadline: {self.deadline:g} s is not between 0 and {LONGEST_DEADLINE:g} s")
        if not self.contact.isascii() or not self.contact.isprintable() or not self.contact.strip():
            raise ConfigError(f"contact: {self.contact!r} cannot stand in a user agent; give a URL or a mail address")

    def allows(self, host: str) -> bool:
        """Whether the host, as ``host_of`` names it, may have private addresses."""
        return not self.allow_hosts.isdisjoint({host, without_port(host)})

    @property
    def user_agent(self) -> str:
        """``LimitedTimes/0.1 (+https://example.org/about)``."""
        version = ".".join(__version__.split(".")[:2])
        return f"{PRODUCT}/{version} (+{self.contact})"
