"""An operator's own words: which term of a language must become which in English, where, and whether it did.

The entries are a table that people edit (`table`) or exchange (`tbx`). Knows nothing of articles.
"""

from limitedtimes.translate.glossary.finding import EVERYWHERE, UNTOUCHED, Found, Glossary, Scope
from limitedtimes.translate.glossary.term import Term

__all__ = ["EVERYWHERE", "UNTOUCHED", "Found", "Glossary", "Scope", "Term"]
