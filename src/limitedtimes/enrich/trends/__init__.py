"""Trends: which names and stories rise against their own past."""

from limitedtimes.enrich.trends.rising import MOST, rising

__all__ = ["MOST", "rising"]
