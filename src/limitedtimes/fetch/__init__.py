"""The only door to the web: polite, bounded, and shut towards private networks."""

from limitedtimes.fetch.fetcher import Fetcher
from limitedtimes.fetch.limits import Limits
from limitedtimes.fetch.target import host_of

__all__ = ["Fetcher", "Limits", "host_of"]
