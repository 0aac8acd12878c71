"""Sitemaps, for search engines that may come in: https://www.sitemaps.org/protocol.html, and that of Google News,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from limitedtimes.contents import ArchiveDay
from limitedtimes.edition.render import path_of
from limitedtimes.edition.safety import plain
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.times import iso
from limitedtimes.model import Teaser

PART: Final = 2_000
"""Addresses in one file: it is made in 50 ms. The protocol permits 50,000, and 50,000 files."""
NEWS: Final = 1000
"""Articles in the news sitemap: Google reads no more."""
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """One address: a path here, and when what is there last changed, where that is known."""

    path: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the sitemap: days of one month, and which of their articles."""

    name: str  # "2023-11", "2023-11.2"
    days: tuple[ArchiveDay, ...]
    offset: int = 0
    count: int = PART

    @property
    def path(self) -> str:
        return f"/sitemap-{self.name}.xml"

    @property
    def changed(self) -> datetime:
        return max(day.updated for day in self.days)


def parts(days: Iterable[ArchiveDay], most: int = PART) -> list[Part]:
    """Whole days of one month as far as they fit into one file; a day with more than that has several. ``days`` are
    the first first. An old part changes only where its articles do."""
    found: list[Part] = []
    month, number, batch = "", 0, list[ArchiveDay]()

    def close() -> None:
        nonlocal number
        for offset in range(0, sum(day.articles for day in batch), most):
            number += 1
            name = month if number == 1 else f"{month}.{number}"
            found.append(Part(name, tuple(batch), offset, most))
        batch.clear()

    for day in days:
        if batch and (f"{day.day:%Y-%m}" != month or sum(one.articles for one in batch) + day.articles > most):
            close()
        if f"{day.day:%Y-%m}" != month:
            month, number = f"{day.day:%Y-%m}", 0
        batch.append(day)
    close()
    return found


def index(settings: Settings, entries: Iterable[Entry]) -> bytes:
    items = "".join(f"<sitemap>{_place(settings, entry)}</sitemap>\n" for entry in entries)
    return f'{_XML}<sitemapindex xmlns="{_SITEMAP}">\n{items}</sitemapindex>\n'.encode()


def urls(settings: Settings, entries: Iterable[Entry]) -> bytes:
    items = "".join(f"<url>{_place(settings, entry)}</url>\n" for entry in entries)
    return f'{_XML}<urlset xmlns="{_SITEMAP}">\n{items}</urlset>\n'.encode()


def _place(settings: Settings, entry: Entry) -> str:
    changed = f"<lastmod>{iso(entry.changed)}</lastmod>" if entry.changed else ""
    return f"<loc>{escape(settings.base_url + path_of(entry.path))}</loc>{changed}"


def news(settings: Settings, teasers: Sequence[Teaser]) -> bytes:
    """When an article was published is when it was here: that is what the protocol asks."""
    publication = f"<news:name>{escape(plain(settings.title))}</news:name><news:language>en</news:language>"
    items = "".join(
        f"<url><loc>{escape(settings.base_url + path_of(teaser.path))}</loc><news:news>"
        f"<news:publication>{publication}</news:publication>"
        f"<news:publication_date>{iso(teaser.first_published)}</news:publication_date>"
        f"<news:title>{escape(plain(teaser.headline))}</news:title></news:news></url>\n"
        for teaser in teasers
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">\n{items}</urlset>\n'.encode()
