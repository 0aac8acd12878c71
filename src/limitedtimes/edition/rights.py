"""How much of an article a reader may see: the publisher's rights and the edition's audience decide, nobody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from limitedtimes.edition.settings import Audience
from limitedtimes.model import HEADLINE, STANDFIRST, Article, BlockKind, Rights, Teaser
from limitedtimes.search import Hit

_EXCERPT: Final = 3  # sentences


@dataclass(frozen=True, slots=True)
class Extent:
    """What may be shown of one article. ``parts`` are those of ``Sentence.part``."""

    rights: Rights
    parts: frozenset[int]
    highlights: int | None  # at most so many; None: all
    sentences: int | None = None  # of the body, at most so many; None: all

    @property
    def whole(self) -> bool:
        return self.rights is Rights.FULL


def granted(rights: Rights, audience: Audience) -> Rights:
    """A private edition shows everything; a public one what the publisher permits."""
    return Rights.FULL if audience is Audience.PRIVATE else rights


def extent(article: Article, rights: Rights, audience: Audience) -> Extent:
    """FULL: everything. LINK: headline, one highlight.

    EXCERPT: headline, highlights, standfirst and the beginning of the first paragraph, which may hold a whole article.
    """
    given = granted(rights, audience)
    if given is Rights.FULL:
        return Extent(given, frozenset({HEADLINE, STANDFIRST, *range(len(article.blocks))}), None)
    if given is Rights.LINK:
        return Extent(given, frozenset({HEADLINE}), 1)
    paragraphs = (number for number, block in enumerate(article.blocks) if block.kind is BlockKind.PARAGRAPH)
    return Extent(given, frozenset({HEADLINE, STANDFIRST, *list(paragraphs)[:1]}), None, _EXCERPT)


def shown_hit(hit: Hit, audience: Audience) -> Hit:
    """The hit without pieces of a text that this audience may not see as a whole."""
    teaser = shown(hit.teaser, audience)
    if granted(hit.teaser.rights, audience) is Rights.FULL:
        return replace(hit, teaser=teaser)
    return replace(hit, teaser=teaser, english=(), original=())


def shown(teaser: Teaser, audience: Audience) -> Teaser:
    """The teaser without what this audience may not see."""
    given = granted(teaser.rights, audience)
    if given is Rights.FULL:
        return teaser
    bare = replace(teaser, picture=None, picture_caption="")
    return bare if given is Rights.EXCERPT else replace(bare, standfirst="", highlights=teaser.highlights[:1])
