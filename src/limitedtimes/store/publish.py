"""Publication: the one row of an article that every list reads."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from limitedtimes.model import (
    HEADLINE,
    STANDFIRST,
    Article,
    BlockKind,
    Enrichment,
    Origin,
    Translation,
    article_path,
    english_part,
)
from limitedtimes.protocols import Translated
from limitedtimes.store import search
from limitedtimes.store.changes import mark_changed, with_its_story
from limitedtimes.store.codec import encode, pack
from limitedtimes.store.schema import enrichments, flags, publications, upsert
from limitedtimes.store.values import no_longer_awaiting, number_of

FIXED: Final = frozenset({"path", "first_published", "latency"})
"""Columns that the first publication decides for ever."""


def publish(connection: Connection, item: Translated, enrichment: Enrichment, *, now: datetime) -> None:
    """Put a revision on its page, unless a later one is there already."""
    article, translation = item.article, item.translation
    row = {"article": article.id, "fingerprint": article.fingerprint, "content": pack(enrichment)}
    upsert(connection, enrichments, row)
    number = number_of(connection, article.id, article.fingerprint)
    before = connection.execute(
        select(publications.c.revision, publications.c.first_published, publications.c.published).where(
            publications.c.article == article.id
        )
    ).one_or_none()
    if before and before.revision > number:
        return
    first = before.first_published if before else now
    # An article that says no date stands where it was first seen: an old page from an archive is not today's news.
    undated = before.published if before else article.fetched_at
    published = min(article.published.at if article.published else undated, first)
    row = _teaser(article, translation, enrichment) | {
        "revision": number,
        "fingerprint": article.fingerprint,
        "path": article_path(
            article.id,
            section=enrichment.section,
            headline=english_part(article, translation, HEADLINE),
            published=published,
        ),
        "first_published": first,
        "updated": max(now, first),
        "latency": _latency(article, first),
        "published": published,
        "place": search.put(connection, item, enrichment, published),
        "day": published.astimezone(UTC).date(),
    }
    upsert(connection, publications, row, keep=FIXED)
    _keep_flags(connection, translation)
    no_longer_awaiting(connection, article.id)
    mark_changed(connection, now, with_its_story(connection, article.id))


def _teaser(article: Article, translation: Translation, enrichment: Enrichment) -> dict[str, Any]:
    pictures = [(part, block.picture) for part, block in enumerate(article.blocks) if block.kind is BlockKind.PICTURE]
    part, picture = pictures[0] if pictures else (None, None)
    picked = [translation.sentences[highlight.sentence] for highlight in enrichment.highlights]
    return {
        "article": article.id,
        "source": article.source,
        "language": article.language,
        "section": enrichment.section,
        "headline": english_part(article, translation, HEADLINE),
        "standfirst": _in_english(article, translation, STANDFIRST),
        "original_headline": article.headline,
        "original_url": article.url,
        "authors": list(article.authors),
        "picture": encode(picture),
        "picture_caption": _in_english(article, translation, part) if part is not None else "",
        "highlights": [line.text for line in picked if line.origin is not Origin.NONE],
        "flags": sum(bool(sentence.flags) for sentence in translation.sentences),
    }


def _in_english(article: Article, translation: Translation, part: int) -> str:
    """A part without the sentences that could not be translated: a list has no room to mark them."""
    numbers = [sentence.number for sentence in article.sentences if sentence.part == part]
    lines = [translation.sentences[number] for number in numbers]
    return " ".join(line.text for line in lines if line.origin is not Origin.NONE)


def _latency(article: Article, first_published: datetime) -> float | None:
    """Seconds; None when the publisher gave no time, or one in the future."""
    if article.published is None or article.published.at > first_published:
        return None
    return (first_published - article.published.at).total_seconds()


def _keep_flags(connection: Connection, translation: Translation) -> None:
    """How many sentences of the article have a flag of each kind."""
    connection.execute(delete(flags).where(flags.c.article == translation.article))
    counts = Counter(kind for sentence in translation.sentences for kind in {flag.kind for flag in sentence.flags})
    if counts:
        rows = [{"article": translation.article, "kind": kind, "sentences": count} for kind, count in counts.items()]
        connection.execute(insert(flags), rows)
