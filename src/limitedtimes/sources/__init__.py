"""Where articles come from: the catalogue of publishers, feeds, sitemaps, OPML lists, archives. Fetches nothing."""

from limitedtimes.sources.archives import pages_of
from limitedtimes.sources.catalogue import Catalogue, dump, load, stranger
from limitedtimes.sources.discover import feeds_of

__all__ = ["Catalogue", "dump", "feeds_of", "load", "pages_of", "stranger"]
