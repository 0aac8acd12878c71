"""What the edition adds to a translated article: highlights, section and story. Reads values, makes no text."""

from limitedtimes.enrich.sections import section
from limitedtimes.enrich.station import enrich

__all__ = ["enrich", "section"]
