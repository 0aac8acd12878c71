"""Every page and feed of a shelf, rendered; and how an HTML5 parser reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from memory_shelf import NOW, MemoryShelf
from rises import rises
from selectolax.lexbor import LexborHTMLParser

from limitedtimes.edition import archive, choose, feeds, render
from limitedtimes.edition.appeals import Form
from limitedtimes.edition.query import query
from limitedtimes.edition.reading import reading
from limitedtimes.edition.settings import Settings
from limitedtimes.model import SECTIONS
from limitedtimes.removal import Party, Removal
from limitedtimes.search import Search


def html_pages(shelf: MemoryShelf, settings: Settings, now: datetime = NOW) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every kind of page."""
    teasers = shelf.teasers(now=now, limit=100)
    frame = render.Frame(settings, now, "/", SECTIONS)
    trends = rises(teasers, now)
    waiting = render.Waiting(shelf.status(now=now).awaiting, shelf.awaiting(limit=9))
    by_section = {section: [t for t in teasers if t.section == section] for section in SECTIONS}
    yield "front", render.front(frame, choose.front(teasers, by_section), waiting=waiting, trends=trends)
    pager = choose.Pager(2, 3, len(teasers))
    yield "list", render.listing(frame, render.Listing("Latest", teasers, pager, "Words"))
    for source in shelf.sources():
        yield source.id, render.listing(frame, render.Listing(source.name, teasers, pager, source=source))
    found = shelf.search(Search(), now=now, limit=20)
    yield "search", render.search(frame, query("a -b:", shelf.sources()), found, pager)
    yield "trends", render.trends(frame, trends)
    yield "sources", render.sources(frame, shelf.sources(), {source.id: 1 for source in shelf.sources()})
    yield "status", render.status(frame, shelf.status(now=now), shelf.gathered())
    for which in ("about", "privacy", "disclaimer", "removal-received"):
        yield which, render.words(frame, which)
    yield "problem", render.problem(frame, status_code=404, title="Not here", message="Nothing.")
    yield "removal", render.removal(frame, Form("<b>", "source", "person", "<i>", '"', {"address": "No.", "": "<u>"}))
    yield "gone", render.gone(frame, Removal(1, now, Party.PERSON, "0123456789", "", "<b>"), whole=False)
    days = shelf.archive_days()
    for page in (
        archive.whole(days),
        archive.year(days, now.year),
        archive.month(days, now.date().replace(day=1), lambda _: teasers),
    ):
        assert page is not None
        yield page.title, render.archive(frame, page)
    around = render.Around(tuple(teasers), tuple(teasers), trends)
    for published in shelf.articles.values():
        view = reading(published, settings.audience)
        yield "article " + published.article.id, render.article(frame, view, around)
        yield "side by side " + published.article.id, render.side_by_side(frame, view)
        yield "file " + published.article.id, render.article_file(published, settings=settings)
        yield "pairs file " + published.article.id, render.article_file(published, side_by_side=True)


def feed_of(shelf: MemoryShelf, settings: Settings) -> feeds.Feed:
    return feeds.Feed(settings, settings.title, "/", "/feed.x", shelf.teasers(now=NOW, limit=50), NOW)


def skeleton(html: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """Tags and names of attributes in document order: what an HTML5 parser makes of the page, without its words."""
    root = LexborHTMLParser(html.decode()).root
    assert root is not None
    return [(node.tag or "", tuple(node.attributes)) for node in root.traverse()]
