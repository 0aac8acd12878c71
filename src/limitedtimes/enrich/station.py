"""The station: an article and its translation in, what the edition adds out."""

from __future__ import annotations

from limitedtimes.enrich.highlights import highlights
from limitedtimes.enrich.sections import section
from limitedtimes.model import Article, Enrichment, Source, Translation


def enrich(article: Article, translation: Translation, *, source: Source | None = None) -> Enrichment:
    """Highlights that each point at a sentence of the translation, and the English section."""
    return Enrichment(
        article=article.id,
        fingerprint=article.fingerprint,
        highlights=highlights(article, translation),
        section=section(article, source),
    )
