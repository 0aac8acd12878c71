"""Where articles come from: the catalogue of publishers, feeds, sitemaps, OPML lists, archives. Fetches nothing.

The modules ``feeds``, ``sitemaps``, ``opml`` and ``check`` are part of the door too, for their ``parse``, ``read``,
``write`` and ``review``.
"""

from limitedtimes.sources import check, feeds, opml, sitemaps
from limitedtimes.sources.archives import pages_of
from limitedtimes.sources.catalogue import Catalogue, dump, load
from limitedtimes.sources.discover import feeds_of
from limitedtimes.sources.strangers import NO_COUNTRY, sketch, stranger

__all__ = [
    "NO_COUNTRY",
    "Catalogue",
    "check",
    "dump",
    "feeds",
    "feeds_of",
    "load",
    "opml",
    "pages_of",
    "sitemaps",
    "sketch",
    "stranger",
]
