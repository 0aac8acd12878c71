"""Places: which countries, regions and towns the English of an article names. Lists and rules; no model."""

from __future__ import annotations

from limitedtimes.enrich.places.finding import find
from limitedtimes.enrich.places.gazetteer import gazetteer
from limitedtimes.model import Article, Origin, Source, Translation
from limitedtimes.place import Places

__all__ = ["find", "gazetteer", "locate"]


def locate(article: Article, translation: Translation, *, source: Source | None = None) -> Places:
    """The places that the sentences name which are in English."""
    texts = (sentence.text for sentence in translation.sentences if sentence.origin is not Origin.NONE)
    return Places(article.id, find(texts, gazetteer(), home=source.country if source else ""))
