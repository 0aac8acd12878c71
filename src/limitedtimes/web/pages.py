"""Every page of the site as a function of the store and the time: what to read, what to choose, what to render."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from limitedtimes.contents import ArchiveDay
from limitedtimes.edition import choose, feeds, render
from limitedtimes.edition.feeds import Entry
from limitedtimes.edition.names import section_name
from limitedtimes.edition.rights import shown
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.stories import Coverage
from limitedtimes.edition.times import day as day_in_words
from limitedtimes.edition.times import weekday
from limitedtimes.edition.trendfeed import entries
from limitedtimes.edition.trends import Rise
from limitedtimes.model import SECTIONS, Source, Teaser
from limitedtimes.protocols import Newsstand
from limitedtimes.removal import Removal
from limitedtimes.web.shelf import Answer, State, answer, redirect
from limitedtimes.web.trending import IN_BOX, MOST, Trending, rises

_RECENT, _IN_SECTION, _WAITING = 60, 8, 2
_DEEPEST: Final = 25  # pages of a list as files: each new article moves all of them; who looks for more goes by date
ID: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{10}", re.ASCII)
_SOURCE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_DATE: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
_PAGE: Final = re.compile(r"[1-9]\d{0,5}", re.ASCII)


class NotFound(Exception):
    """No such page; the message says what was looked for."""


class BadRequest(Exception):
    """The address asks for something that cannot be meant; the message says what."""


class Gone(Exception):
    """What was here is removed. ``path`` is an address of it that does not tell its headline."""

    def __init__(self, removal: Removal, path: str) -> None:
        super().__init__(path)
        self.removal, self.path = removal, path


@dataclass(frozen=True)
class Desk:
    """What every page is made from: the store, the settings, and one moment.

    What many pages share is read once; a desk is good for as long as the store does not change.
    """

    store: Newsstand
    settings: Settings
    now: datetime
    trending: Trending = field(default_factory=Trending)
    state: State | None = None

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Sections that have articles, in the order of SECTIONS."""
        there = self.store.sections()
        return tuple(section for section in SECTIONS if section in there)

    @cached_property
    def box(self) -> tuple[Rise, ...]:
        """What rises most, for the box on other pages."""
        return self.rises(IN_BOX)

    def rises(self, limit: int) -> tuple[Rise, ...]:
        trends = self.trending.trends(self.store, self.now)
        return rises(self.store, self.settings.audience, trends, limit=limit)

    @cached_property
    def catalogue(self) -> list[Source]:
        return self.store.sources()

    @cached_property
    def recent(self) -> list[Teaser]:
        return self.teasers(_RECENT)

    @property
    def deepest(self) -> int | None:
        """The last page that a list of the latest has; None: as many as it fills."""
        return _DEEPEST if self.settings.static else None

    @cached_property
    def days(self) -> list[ArchiveDay]:
        """Every day of the archive: some 20 ms with 100,000 articles, so once for all pages of a state."""
        return self.store.archive_days()

    def frame(self, path: str, *, feed: str = "") -> render.Frame:
        return render.Frame(self.settings, self.now, render.path_of(path), self.sections, feed)

    def teasers(
        self,
        limit: int,
        *,
        offset: int = 0,
        source: str | None = None,
        day: date | None = None,
        section: str | None = None,
    ) -> list[Teaser]:
        """As this edition's audience may see them."""
        found = self.store.teasers(now=self.now, limit=limit, offset=offset, source=source, day=day, section=section)
        return [shown(teaser, self.settings.audience) for teaser in found]

    def coverage(self, article: str) -> Coverage | None:
        """The story of an article, or of the article by whose id it goes; None where none of it is published."""
        found = self.store.story(article)
        if found is None or not found.reports:
            return None
        return Coverage(found.id, tuple(shown(report, self.settings.audience) for report in found.reports))

    def source(self, id_: str) -> Source:
        """Raises NotFound, Gone."""
        found = next((source for source in self.catalogue if source.id == id_), None)
        if found is None:
            self.expect(source=id_)
        if not _SOURCE.fullmatch(id_) or found is None:
            raise NotFound("There is no source of that name here.")
        return found

    def expect(self, *, article: str = "", source: str = "") -> None:
        """Of what is not there. Raises Gone where it was removed."""
        removal = self.store.removed(article=article, source=source)
        if removal:
            raise Gone(removal, f"/source/{source}" if source else f"/a/{article}")


def front(desk: Desk) -> Answer:
    by_section = {section: desk.teasers(_IN_SECTION, section=section) for section in SECTIONS}
    chosen = choose.front(desk.recent, by_section, desk.coverage)
    return answer(render.front(desk.frame("/"), chosen, waiting=_waiting(desk), trends=desk.box))


def _waiting(desk: Desk) -> render.Waiting:
    """How many wait in each language, and the newest of each."""
    counts = desk.store.waiting()
    newest = (desk.store.awaiting(limit=_WAITING, language=language) for language in sorted(counts))
    return render.Waiting(counts, [item for items in newest for item in items])


def latest(desk: Desk, page: str) -> Answer:
    size = desk.settings.page_size
    pager = _pager(desk.store.count(), size, page, most=desk.deepest)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size)
    return listed(desk, "/latest", render.Listing("Latest", teasers, pager))


def section(desk: Desk, name: str, page: str) -> Answer:
    if name not in SECTIONS:
        raise NotFound("There is no section of that name.")
    size = desk.settings.page_size
    pager = _pager(desk.store.count(section=name), size, page, most=desk.deepest)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size, section=name)
    return listed(desk, f"/{name}/", render.Listing(section_name(name), teasers, pager), feed=f"/{name}/feed")


def section_root(name: str) -> Answer:
    """``/politics`` leads to ``/politics/``."""
    if name not in SECTIONS:
        raise NotFound("There is nothing at this address.")
    return redirect(f"/{name}/")


def source(desk: Desk, id_: str, page: str) -> Answer:
    publisher, size = desk.source(id_), desk.settings.page_size
    pager = _pager(desk.store.count(source=publisher.id), size, page, most=desk.deepest)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size, source=publisher.id)
    listing = render.Listing(publisher.name, teasers, pager, source=publisher)
    return listed(desk, f"/source/{publisher.id}", listing, feed=f"/source/{publisher.id}/feed")


def day(desk: Desk, given: str, page: str) -> Answer:
    wanted, size = _date(given), desk.settings.page_size
    total = desk.store.count(day=wanted)
    earlier, later = choose.neighbours(desk.days, wanted)
    if not total and earlier is None and later is None:
        raise NotFound(f"There are no articles of {day_in_words(wanted)}.")
    pager = _pager(total, size, page)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size, day=wanted)
    listing = render.Listing(
        f"All news articles on {wanted.isoformat()}",
        teasers,
        pager,
        f"{weekday(wanted)}. Days are those of UTC.",
        day=wanted,
        earlier=earlier,
        later=later,
        by_day=False,
        calendar=choose.calendar(desk.days, wanted),
    )
    path = f"/date/{wanted.isoformat()}"
    return listed(desk, path, listing, feed=f"{path}/feed")


def day_feed(desk: Desk, given: str, suffix: str) -> Answer:
    """The latest of a day."""
    wanted = _date(given)
    title = f"{desk.settings.title}: {day_in_words(wanted)}"
    found = desk.teasers(desk.settings.feed_size, day=wanted)
    if not found and desk.store.count(day=wanted) == 0:
        raise NotFound(f"There are no articles of {day_in_words(wanted)}.")
    return feed_of(desk, suffix, title, f"/date/{wanted.isoformat()}", found)


def listed(desk: Desk, path: str, listing: render.Listing, *, feed: str = "") -> Answer:
    frame = desk.frame(render.numbered(path, listing.pager.page), feed=feed)
    return answer(render.listing(frame, replace(listing, address=path)))


def renumbered(path: str, page: str) -> Answer:
    """``/latest?page=2`` leads to ``/latest/page/2``."""
    return redirect(render.path_of(render.numbered(path, page_number(page))))


def story(desk: Desk, id_: str) -> Answer:
    """The page of a story. One that was merged into another leads there."""
    coverage = _coverage(desk, id_)
    if coverage.id != id_:
        return redirect(coverage.path)
    return answer(render.story(desk.frame(coverage.path, feed=f"{coverage.path}/feed"), coverage))


def _coverage(desk: Desk, id_: str) -> Coverage:
    found = desk.coverage(id_) if ID.fullmatch(id_) else None
    if found is None:
        desk.expect(article=id_)
        raise NotFound("There is no story of that number.")
    return found


def story_feed(desk: Desk, id_: str, suffix: str) -> Answer:
    """The articles of a story, the latest first. Whoever follows a story that was merged gets the one it is in now."""
    coverage = _coverage(desk, id_)
    title = f"{desk.settings.title}: {coverage.headline}"
    return feed_of(desk, suffix, title, coverage.path, coverage.reports[::-1][: desk.settings.feed_size])


def trends(desk: Desk) -> Answer:
    return answer(render.trends(desk.frame("/trends", feed="/trends/feed"), desk.rises(MOST)))


def trends_feed(desk: Desk, suffix: str) -> Answer:
    return feed_of(desk, suffix, f"{desk.settings.title}: Trends", "/trends", [], others=entries(desk.rises(MOST)))


def sources(desk: Desk) -> Answer:
    catalogue = desk.store.sources()
    counts = Counter({one.source: one.articles for one in desk.store.gathered()})
    return answer(render.sources(desk.frame("/sources"), catalogue, counts))


def status(desk: Desk) -> Answer:
    return answer(render.status(desk.frame("/status"), desk.store.status(now=desk.now), desk.store.gathered()))


def words(desk: Desk, which: str) -> Answer:
    return answer(render.words(desk.frame(f"/{which}"), which))


def feed(desk: Desk, suffix: str, *, section: str | None = None, source: str | None = None) -> Answer:
    """The latest of the whole edition, of a section, or of a source."""
    if section is not None and section not in SECTIONS:
        raise NotFound("There is no such feed.")
    title, page = desk.settings.title, "/"
    if section is not None:
        title, page = f"{title}: {section_name(section)}", f"/{section}/"
    if source is not None:
        title, page = f"{title}: {desk.source(source).name}", f"/source/{source}"
    return feed_of(desk, suffix, title, page, desk.teasers(desk.settings.feed_size, section=section, source=source))


def feed_of(
    desk: Desk,
    suffix: str,
    title: str,
    page: str,
    teasers: Sequence[Teaser],
    *,
    query: str = "",
    others: Sequence[Entry] = (),
) -> Answer:
    """``suffix`` is one of the formats; ``query`` stands behind the addresses of page and feed."""
    dates = *(teaser.updated for teaser in teasers), *(entry.updated for entry in others)
    updated = max(dates, default=desk.store.changed_at() or desk.now)
    write, media_type = feeds.FORMATS[suffix]
    path = f"{page.rstrip('/')}/feed.{suffix}{query}"
    made = write(feeds.Feed(desk.settings, title, page + query, path, teasers, updated.replace(microsecond=0), others))
    return answer(made, media_type=media_type)


def gone(desk: Desk, error: Gone) -> Answer:
    frame = desk.frame(error.path)
    body = render.gone(frame, error.removal, whole=error.path.startswith("/source/"))
    return answer(body, status=410, caching="no-store")


def _pager(total: int, size: int, given: str, *, most: int | None = None) -> choose.Pager:
    pager = choose.pager(total, size, page_number(given), most=most)
    if pager is None:
        raise NotFound("The list has no page of that number.")
    return pager


def page_number(given: str) -> int:
    """1 where none is given. Raises BadRequest."""
    if given and not _PAGE.fullmatch(given):
        raise BadRequest("A page has a number between 1 and 999999.")
    return int(given or 1)


def _date(given: str) -> date:
    try:
        return date.fromisoformat(given if _DATE.fullmatch(given) else "")
    except ValueError:
        raise BadRequest("A date is written like 2023-11-10.") from None
