"""Page → article. The door of the room: ``extract``, ``detect`` and ``cut``.

HTML is parsed once; only text, structure and picture addresses leave. Nothing here fetches or remembers.
"""

from __future__ import annotations

from limitedtimes.errors import ExtractError
from limitedtimes.extract.body import choose
from limitedtimes.extract.decode import decode
from limitedtimes.extract.fields import fields
from limitedtimes.extract.language import detect
from limitedtimes.extract.numbering import number
from limitedtimes.extract.sentences import cut
from limitedtimes.extract.tree import parse
from limitedtimes.extract.walk import Walk
from limitedtimes.model import Article, Block, Page, Source

__all__ = ["cut", "detect", "extract"]


def extract(page: Page, source: Source | None = None) -> Article:
    """The article that a page holds.

    Raises ExtractError with reason ``not-html``, ``empty``, ``too-large``, ``not-an-article`` or ``paywall``.
    """
    languages = source.languages if source else ()
    document = parse(decode(page.body, page.headers.get("content-type", ""), languages), page.final_url)
    found = fields(page, document, source)
    runs = choose(document, Walk(document.root), headline=found.headline, standfirst=found.standfirst)
    if not runs or not found.headline:
        raise ExtractError(f"{page.url}: no article was found on the page", reason="not-an-article")
    blocks = tuple(Block(run.place.kind, run.text) for run in runs)
    language = detect(" ".join([found.headline, *(block.text for block in blocks)]), languages)
    title = page.entry.title if page.entry else ""
    return Article(
        url=found.url,
        source=source.id if source else page.source,
        language=language,
        headline=found.headline,
        standfirst=found.standfirst,
        authors=found.authors,
        published=found.published,
        modified=found.modified,
        section=found.section,
        keywords=found.keywords,
        free=found.free,
        blocks=blocks,
        sentences=number(found.headline, found.standfirst, blocks, language=language),
        fetched_at=page.fetched_at,
        entry_title=title if title != found.headline else "",
    )
