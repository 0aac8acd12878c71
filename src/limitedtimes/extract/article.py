"""The way of a page through this room, from bytes to article: every other module is one step of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.errors import ExtractError
from limitedtimes.extract.body import Body, Votes
from limitedtimes.extract.bylines import without_bylines
from limitedtimes.extract.dates import first_moment
from limitedtimes.extract.decode import decode
from limitedtimes.extract.fields import Fields, read_fields
from limitedtimes.extract.gates import Evidence, check, check_reservation
from limitedtimes.extract.headline import first_heads
from limitedtimes.extract.hints import drop, dropped, hints_of, marks, select, texts
from limitedtimes.extract.language import detect
from limitedtimes.extract.numbering import number
from limitedtimes.extract.pictures import Gallery
from limitedtimes.extract.standfirst import declared_only, shown
from limitedtimes.extract.tree import Document, bare, parse, strip_scripts
from limitedtimes.extract.walk import Run, Walk
from limitedtimes.extract.written_dates import in_text
from limitedtimes.model import Article, Block, BlockKind, Hints, Page, Picture, Source

_HEAD_RUNS: Final = 60  # the headline stands no more than so many runs before the first paragraph
_DATE_LINE: Final = 120  # characters; a longer line is no line with a date
_TITLE: Final = 20  # letters; a longer run that holds such a title is the headline with its kicker
_MAX_RUNS: Final = 20_000
_LEAD_RUNS: Final = 15  # where no headline is found, a standfirst is looked for in so many runs before it


@dataclass(frozen=True, slots=True)
class Content:
    standfirst: str
    blocks: tuple[Block, ...]
    dates: tuple[str, ...]  # that the page shows between headline and text


def extract(page: Page, source: Source | None = None) -> Article:
    """The article that a page holds, read with the hints of its source.

    Raises ExtractError with reason ``not-html``, ``empty``, ``too-large``, ``reserved``, ``not-an-article`` or
    ``paywall``, and ConfigError for a hint that is no CSS selector.
    """
    languages = source.languages if source else ()
    hints = hints_of(source)
    document = parse(decode(page.body, page.headers.get("content-type", ""), languages), page.final_url)
    check_reservation(page, document)
    drop(document, hints)
    found = read_fields(page, document, source)
    content = _read(document, found, hints)
    zone = source.time_zone if source else ""
    given = page.entry.published if page.entry else None
    language = detect(" ".join([found.headline, *(block.text for block in content.blocks)]), languages)
    title = page.entry.title if page.entry else ""
    return Article(
        url=found.url,
        source=source.id if source else page.source,
        language=language,
        headline=found.headline,
        standfirst=content.standfirst,
        authors=found.authors,
        published=found.published or first_moment(content.dates, zone=zone, now=page.fetched_at) or given,
        modified=found.modified,
        section=found.section,
        keywords=found.keywords,
        free=found.free,
        blocks=content.blocks,
        sentences=number(found.headline, content.standfirst, content.blocks, language=language, languages=languages),
        fetched_at=page.fetched_at,
        entry_title=title if title != found.headline else "",
    )


def _read(document: Document, found: Fields, hints: Hints) -> Content:
    """The standfirst and blocks of a page, if it passes the gates."""
    strip_scripts(document)
    walk = Walk(document.root, marks(document, hints))
    if len(walk.runs) > _MAX_RUNS:
        raise ExtractError(f"{document.url}: the page has more than {_MAX_RUNS:,} pieces of text", reason="too-large")
    titles = {bare(text) for text in (found.headline, *found.titles, *first_heads(document))}
    body = Body(walk.runs, Votes(document), taken=titles, boxes=select(document, hints.body))
    start = _headline_order(walk.runs, body, titles)
    gallery = Gallery(walk.shots, walk.runs, body, start=start, base=document.url)
    body.labels |= gallery.orders | dropped(walk.runs, hints)
    lead = texts(document, hints.standfirst) or [
        run.text for run in shown(_opening(walk.runs, body, start=start, titles=titles), body, found.descriptions)
    ]
    runs = without_bylines(body.runs(without=set(map(bare, lead))), found.authors)
    check(_evidence(document, found, runs, body=body, page=walk.runs))
    opening = " ".join(run.text for run in runs[:3])
    standfirst = " ".join(lead) or declared_only(found.descriptions, opening)
    first = runs[0].order
    head = [run.text for run in walk.runs if start < run.order < first and len(run.text) <= _DATE_LINE]
    dates = tuple(map(in_text, head))
    return Content(standfirst, _in_order(runs, gallery.pictures()), dates)


def _evidence(document: Document, found: Fields, runs: Sequence[Run], *, body: Body, page: Sequence[Run]) -> Evidence:
    return Evidence(
        url=document.url,
        headline=found.headline,
        body=runs,
        inside=body.inside,
        page=page,
        types=found.types,
        declared=found.declared,
        free=found.free,
    )


def _headline_order(runs: Sequence[Run], body: Body, titles: set[str]) -> int:
    """Where the headline stands on the page; a little before the article's first paragraph where it is not found."""
    prose = body.prose()
    first = prose[0].order if prose else 0
    heads = [run.order for run in runs if run.bare in titles and first - _HEAD_RUNS < run.order < first]
    return min(heads, default=first - _LEAD_RUNS)


def _opening(runs: Sequence[Run], body: Body, *, start: int, titles: set[str]) -> list[Run]:
    """The runs from the headline to the article's first paragraphs: where a standfirst can stand."""
    prose = body.prose()
    last = prose[min(2, len(prose) - 1)].order if prose else 0
    zone = [run for run in runs if start < run.order <= last and run.order not in body.labels]
    return [run for run in zone if not any(len(title) >= _TITLE and title in run.bare for title in titles)]


def _in_order(runs: Sequence[Run], pictures: Sequence[tuple[int, Picture]]) -> tuple[Block, ...]:
    blocks = [(run.order, Block(run.place.kind, run.text)) for run in runs]
    blocks += [(order, Block(BlockKind.PICTURE, picture.caption, picture)) for order, picture in pictures]
    return tuple(block for _, block in sorted(blocks, key=lambda pair: pair[0]))
