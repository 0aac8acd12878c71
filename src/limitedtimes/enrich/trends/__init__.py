"""Trends: the names that an article speaks of, and which names and stories rise against their own past."""

from limitedtimes.enrich.trends.naming import names
from limitedtimes.enrich.trends.rising import rising

__all__ = ["names", "rising"]
