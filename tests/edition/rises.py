"""Trends of a made-up press: a name and a story of its articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from memory_chronicle import MemoryChronicle, Said

from limitedtimes.edition.trends import Rise
from limitedtimes.model import Published, Teaser
from limitedtimes.trend import Kind, Subject, Trend, Voices

BARS = (*[0] * 17, 1, 0, 2, 4, 3, 0, 2)


def risen(title: str = "Kelmora", *, kind: Kind = Kind.NAME, key: str = "kelmora", usual: float = 1.2) -> Trend:
    return Trend(
        Subject(kind, key),
        title,
        score=9.0,
        voices=Voices(9, 5),
        hours=6,
        lately=Voices(8, 4),
        usual=usual,
        bars=BARS,
        articles=(),
        along=("Ilse Varga",),
    )


def rises(teasers: Sequence[Teaser], now: datetime) -> list[Rise]:
    """A story under the headline of the first article, and a name that is called as the second one's source."""
    if not teasers:
        return []
    story = risen("", kind=Kind.STORY, key=teasers[0].id, usual=0.0)
    return [
        Rise(story, teasers[0].headline, tuple(teasers[:3]), now, 29),
        Rise(risen(teasers[-1].source_name), teasers[-1].source_name, tuple(teasers[-1:]), now, 29),
    ]


def chronicle_of(articles: Iterable[Published], *, name: str = "Kelmora", story: str = "") -> MemoryChronicle:
    """All of these articles speak of the name, and of the story where there is one."""
    said = []
    for published in articles:
        article = published.article
        at = article.published.at if article.published else article.fetched_at
        who = article.id, article.source, article.language, at
        said.append(Said(Subject(Kind.NAME, name.casefold()), *who, name))
        if story:
            said.append(Said(Subject(Kind.STORY, story), *who))
    return MemoryChronicle(said)
