"""Page → article. The door of the room: ``extract``, ``detect`` and ``cut``.

HTML is parsed once; only text, structure and picture addresses leave. Nothing here fetches or remembers.
"""

from __future__ import annotations

from limitedtimes.errors import ExtractError
from limitedtimes.extract.body import Body, Votes
from limitedtimes.extract.decode import decode
from limitedtimes.extract.fields import read_fields
from limitedtimes.extract.headline import first_heads
from limitedtimes.extract.language import detect
from limitedtimes.extract.numbering import number
from limitedtimes.extract.pictures import Gallery
from limitedtimes.extract.sentences import cut
from limitedtimes.extract.standfirst import declared_only, shown
from limitedtimes.extract.tree import bare, parse, strip_scripts
from limitedtimes.extract.walk import Run, Walk
from limitedtimes.model import Article, Block, BlockKind, Page, Picture, Source

__all__ = ["cut", "detect", "extract"]


def extract(page: Page, source: Source | None = None) -> Article:
    """The article that a page holds.

    Raises ExtractError with reason ``not-html``, ``empty``, ``too-large``, ``not-an-article`` or ``paywall``.
    """
    languages = source.languages if source else ()
    document = parse(decode(page.body, page.headers.get("content-type", ""), languages), page.final_url)
    found = read_fields(page, document, source)
    strip_scripts(document)
    walk = Walk(document.root)
    titles = {bare(text) for text in (found.headline, *first_heads(document))}
    body = Body(walk.runs, Votes(document), taken=titles)
    start = _headline_order(walk.runs, body, titles)
    gallery = Gallery(walk.shots, walk.runs, body, start=start, base=document.url)
    body.labels |= gallery.orders
    lead = shown(_opening(walk.runs, body, start), body, found.descriptions)
    runs = body.runs(without={run.bare for run in lead})
    opening = " ".join(run.text for run in runs[:3])
    standfirst = " ".join(run.text for run in lead) or declared_only(found.descriptions, opening)
    if not runs or not found.headline:
        raise ExtractError(f"{page.url}: no article was found on the page", reason="not-an-article")
    pictures = gallery.pictures()
    blocks = _in_order(runs, pictures)
    language = detect(" ".join([found.headline, *(block.text for block in blocks)]), languages)
    title = page.entry.title if page.entry else ""
    return Article(
        url=found.url,
        source=source.id if source else page.source,
        language=language,
        headline=found.headline,
        standfirst=standfirst,
        authors=found.authors,
        published=found.published,
        modified=found.modified,
        section=found.section,
        keywords=found.keywords,
        free=found.free,
        blocks=blocks,
        sentences=number(found.headline, standfirst, blocks, language=language),
        fetched_at=page.fetched_at,
        entry_title=title if title != found.headline else "",
    )


def _headline_order(runs: list[Run], body: Body, titles: set[str]) -> int:
    """Where the headline stands on the page; a little before the article's first paragraph where it is not found."""
    prose = body.prose()
    first = prose[0].order if prose else 0
    heads = [run.order for run in runs if run.bare in titles and first - 60 < run.order < first]
    return min(heads, default=first - 15)


def _opening(runs: list[Run], body: Body, start: int) -> list[Run]:
    """The runs from the headline to the article's first paragraphs: where a standfirst can stand."""
    prose = body.prose()
    last = prose[min(2, len(prose) - 1)].order if prose else 0
    return [run for run in runs if start < run.order <= last and run.order not in body.labels]


def _in_order(runs: list[Run], pictures: list[tuple[int, Picture]]) -> tuple[Block, ...]:
    blocks = [(run.order, Block(run.place.kind, run.text)) for run in runs]
    blocks += [(order, Block(BlockKind.PICTURE, picture.caption, picture)) for order, picture in pictures]
    return tuple(block for _, block in sorted(blocks, key=lambda pair: pair[0]))
