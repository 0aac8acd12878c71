"""Sitemaps, which are there only where the operator lets search engines in, and robots.txt, which names them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from limitedtimes.edition import sitemaps
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.sitemaps import Entry, Part
from limitedtimes.web.pages import Desk, NotFound
from limitedtimes.web.shelf import Answer, answer

_XML: Final = "application/xml; charset=utf-8"
_FRESH: Final = timedelta(hours=48)
PAGES: Final = "pages"  # the part that has the pages which are no articles


def robots(settings: Settings) -> bytes:
    """Everything may be crawled, also where nothing may be indexed: a crawler that is kept out never sees that a page
    says "noindex" (https://developers.google.com/search/docs/crawling-indexing/block-indexing)."""
    lines = ["User-agent: *", "Allow: /"]
    if not settings.noindex:
        lines += [f"Sitemap: {settings.base_url}/{name}" for name in ("sitemap.xml", "news-sitemap.xml")]
    return ("\n".join(lines) + "\n").encode()


def _expect_guests(desk: Desk) -> None:
    if desk.settings.noindex:
        raise NotFound("This edition has no sitemap: it asks search engines to keep out.")


def index(desk: Desk) -> Answer:
    _expect_guests(desk)
    entries = [Entry(part.path, part.changed) for part in _parts(desk)]
    return _answer(sitemaps.index(desk.settings, [Entry(f"/sitemap-{PAGES}.xml"), *entries]))


def _parts(desk: Desk) -> list[Part]:
    return sitemaps.parts(desk.days)


def part(desk: Desk, name: str) -> Answer:
    _expect_guests(desk)
    if name == PAGES:
        return _answer(sitemaps.urls(desk.settings, _pages(desk)))
    found = next((one for one in _parts(desk) if one.name == name), None)
    if found is None:
        raise NotFound("The sitemap has no such part.")
    leaves = desk.store.leaves(found.days[0].day, found.days[-1].day, limit=found.count, offset=found.offset)
    return _answer(sitemaps.urls(desk.settings, [Entry(leaf.path, leaf.updated) for leaf in leaves]))


def _pages(desk: Desk) -> list[Entry]:
    """When it changed is known of what shows the latest articles; of the others nothing is said."""
    changed = desk.store.changed_at()
    sections = [f"/{section}/" for section in desk.sections]
    sources = [f"/source/{source.id}" for source in desk.store.sources()]
    still = ["/trends", "/archive", "/sources", "/about", "/privacy", "/disclaimer", "/removal"]
    return [Entry("/", changed), Entry("/latest", changed), *map(Entry, [*sections, *sources, *still])]


def news(desk: Desk) -> Answer:
    """The latest of two days by their publishers' time: an archive that is gathered today is no news."""
    _expect_guests(desk)
    fresh = [one for one in desk.teasers(sitemaps.NEWS) if desk.now - one.published <= _FRESH]
    return _answer(sitemaps.news(desk.settings, fresh))


def _answer(body: bytes) -> Answer:
    return answer(body, media_type=_XML)
