"""Every page of the site as a function of the store and the time: what to read, what to choose, what to render."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from limitedtimes.edition import choose, feeds, render
from limitedtimes.edition.names import section_name
from limitedtimes.edition.reading import Reading, reading
from limitedtimes.edition.revisions import history
from limitedtimes.edition.rights import shown
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.stories import Coverage
from limitedtimes.edition.times import day as day_in_words
from limitedtimes.edition.times import weekday
from limitedtimes.model import SECTIONS, Published, Source, Teaser
from limitedtimes.protocols import Reads
from limitedtimes.web.shelf import Answer, answer, redirect

_RECENT, _IN_SECTION, _SAME, _LATEST, _WAITING, _TREND, _DAYS = 60, 8, 8, 8, 2, 2000, 20_000
_KIN, _NEAR = 8, timedelta(days=14)
_ARTICLE: Final = re.compile(
    r"/[^/]{1,40}/[^/]{1,300}\.(?P<id>[0-9a-hjkmnp-tv-z]{10})(?P<side>\.side-by-side)?\.html", re.ASCII
)
_ID: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{10}", re.ASCII)
_SOURCE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_DATE: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
_PAGE: Final = re.compile(r"[1-9]\d{0,5}", re.ASCII)


class NotFound(Exception):
    """No such page; the message says what was looked for."""


class BadRequest(Exception):
    """The address asks for something that cannot be meant; the message says what."""


@dataclass(frozen=True)
class Desk:
    """What every page is made from: the store, the settings, and one moment.

    What many pages share is read once; a desk is good for as long as the store does not change.
    """

    store: Reads
    settings: Settings
    now: datetime

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Sections that have articles, in the order of SECTIONS."""
        return tuple(section for section in SECTIONS if self.store.count(section=section))

    @cached_property
    def trends(self) -> choose.Trends:
        return choose.trends(self.store.teasers(now=self.now, limit=_TREND), now=self.now)

    @cached_property
    def recent(self) -> list[Teaser]:
        return self.teasers(_RECENT)

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

    def kin(self, published: Published) -> list[Teaser]:
        """What is like an article, but of another story, from the weeks around it."""
        given = published.article.published
        at = min(given.at, self.now) if given else published.first_published
        until = min(at + _NEAR, self.now)
        found = self.store.related(published.article.id, since=at - _NEAR, until=until, limit=_KIN)
        return [shown(teaser, self.settings.audience) for teaser in found]

    def source(self, id_: str) -> Source:
        """Raises NotFound."""
        found = next((source for source in self.store.sources() if source.id == id_), None)
        if not _SOURCE.fullmatch(id_) or found is None:
            raise NotFound("There is no source of that name here.")
        return found


def front(desk: Desk) -> Answer:
    by_section = {section: desk.teasers(_IN_SECTION, section=section) for section in SECTIONS}
    chosen = choose.front(desk.recent, by_section)
    return answer(render.front(desk.frame("/"), chosen, waiting=_waiting(desk), trends=desk.trends))


def _waiting(desk: Desk) -> render.Waiting:
    """How many wait in each language, and the newest of each."""
    counts = desk.store.status(now=desk.now).awaiting
    newest = (desk.store.awaiting(limit=_WAITING, language=language) for language in sorted(counts))
    return render.Waiting(counts, [item for items in newest for item in items])


def latest(desk: Desk, page: str) -> Answer:
    size = desk.settings.page_size
    pager = _pager(desk.store.count(), size, page)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size)
    return listed(desk, "/latest", render.Listing("Latest", teasers, pager))


def section(desk: Desk, name: str, page: str) -> Answer:
    if name not in SECTIONS:
        raise NotFound("There is no section of that name.")
    size = desk.settings.page_size
    pager = _pager(desk.store.count(section=name), size, page)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size, section=name)
    return listed(desk, f"/{name}/", render.Listing(section_name(name), teasers, pager), feed=f"/{name}/feed")


def section_root(name: str) -> Answer:
    """``/politics`` leads to ``/politics/``."""
    if name not in SECTIONS:
        raise NotFound("There is nothing at this address.")
    return redirect(f"/{name}/")


def source(desk: Desk, id_: str, page: str) -> Answer:
    publisher, size = desk.source(id_), desk.settings.page_size
    pager = _pager(desk.store.count(source=publisher.id), size, page)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size, source=publisher.id)
    listing = render.Listing(publisher.name, teasers, pager, source=publisher)
    return listed(desk, f"/source/{publisher.id}", listing, feed=f"/source/{publisher.id}/feed")


def day(desk: Desk, given: str, page: str) -> Answer:
    wanted, size = _date(given), desk.settings.page_size
    total = desk.store.count(day=wanted)
    days = desk.store.days(limit=_DAYS)
    earlier, later = choose.neighbours(days, wanted)
    if not total and earlier is None and later is None:
        raise NotFound(f"There are no articles of {day_in_words(wanted)}.")
    pager = _pager(total, size, page)
    teasers = desk.teasers(size, offset=(pager.page - 1) * size, day=wanted)
    listing = render.Listing(
        f"All news articles on {wanted.isoformat()}",
        teasers,
        pager,
        f"{weekday(wanted)}. Days are those of UTC.",
        earlier=earlier,
        later=later,
        by_day=False,
        calendar=choose.calendar(days, wanted),
    )
    return listed(desk, f"/date/{wanted.isoformat()}", listing)


def listed(desk: Desk, path: str, listing: render.Listing, *, feed: str = "") -> Answer:
    number = listing.pager.page
    return answer(render.listing(desk.frame(path if number == 1 else f"{path}?page={number}", feed=feed), listing))


def article(desk: Desk, path: str) -> Answer:
    """The article's page or its side-by-side page. A right id under a wrong section or slug is sent on."""
    asked = _ARTICLE.fullmatch(path)
    published = desk.store.published(asked["id"]) if asked else None
    if asked is None or published is None:
        raise NotFound("There is no article at this address. It may have been removed.")
    right = render.path_of(published.path)
    right = render.side_by_side_path(right) if asked["side"] else right
    if render.path_of(path) != right:
        return redirect(right)
    view, frame = reading(published, desk.settings.audience), desk.frame(right)
    if asked["side"]:
        return answer(render.side_by_side(frame, view))
    return answer(render.article(frame, view, _around(desk, view)))


def _around(desk: Desk, view: Reading) -> render.Around:
    published, id_ = view.published, view.published.article.id
    coverage = desk.coverage(id_)
    story = coverage if coverage and len(coverage.reports) > 1 else None
    otherwise = choose.related(
        id_,
        same_section=desk.teasers(_SAME, section=published.enrichment.section),
        same_source=desk.teasers(_SAME, source=published.source.id),
    )
    views = [report for report in story.reports if report.source != published.source.id] if story else []
    also = choose.read_also(id_, views=views, kin=desk.kin(published), otherwise=otherwise)
    latest = [teaser for teaser in desk.recent if teaser.id != id_][:_LATEST]
    revisions = desk.store.revisions(id_) if published.revision > 1 else []
    return render.Around(also, tuple(latest), desk.trends, story, history(view, revisions))


def story(desk: Desk, id_: str) -> Answer:
    """The page of a story. One that was merged into another leads there."""
    coverage = _coverage(desk, id_)
    if coverage.id != id_:
        return redirect(coverage.path)
    return answer(render.story(desk.frame(coverage.path, feed=f"{coverage.path}/feed"), coverage))


def _coverage(desk: Desk, id_: str) -> Coverage:
    found = desk.coverage(id_) if _ID.fullmatch(id_) else None
    if found is None:
        raise NotFound("There is no story of that number. Its articles may have been removed.")
    return found


def story_feed(desk: Desk, id_: str, suffix: str) -> Answer:
    """The articles of a story, the latest first. Whoever follows a story that was merged gets the one it is in now."""
    coverage = _coverage(desk, id_)
    title = f"{desk.settings.title}: {coverage.headline}"
    return feed_of(desk, suffix, title, coverage.path, coverage.reports[::-1][: desk.settings.feed_size])


def short(desk: Desk, id_: str) -> Answer:
    """``/a/{id}`` leads to the article."""
    published = desk.store.published(id_) if _ID.fullmatch(id_) else None
    if published is None:
        raise NotFound("There is no article of that number. It may have been removed.")
    return redirect(render.path_of(published.path))


def sources(desk: Desk) -> Answer:
    catalogue = desk.store.sources()
    counts = {publisher.id: desk.store.count(source=publisher.id) for publisher in catalogue}
    return answer(render.sources(desk.frame("/sources"), catalogue, counts))


def status(desk: Desk) -> Answer:
    return answer(render.status(desk.frame("/status"), desk.store.status(now=desk.now)))


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


def feed_of(desk: Desk, suffix: str, title: str, page: str, teasers: Sequence[Teaser], *, query: str = "") -> Answer:
    """Raises NotFound for a format that there is not. ``query`` stands behind the addresses of page and feed."""
    if suffix not in feeds.FORMATS:
        raise NotFound("There is no such feed.")
    updated = max((teaser.updated for teaser in teasers), default=desk.store.changed_at() or desk.now)
    write, media_type = feeds.FORMATS[suffix]
    path = f"{page.rstrip('/')}/feed.{suffix}{query}"
    made = write(feeds.Feed(desk.settings, title, page + query, path, teasers, updated.replace(microsecond=0)))
    return answer(made, media_type=media_type)


def problem(desk: Desk, path: str, *, status: int, title: str, message: str) -> Answer:
    frame = render.Frame(desk.settings, desk.now, render.path_of(path))
    return answer(
        render.problem(frame, status_code=status, title=title, message=message), status=status, caching="no-store"
    )


def _pager(total: int, size: int, given: str) -> choose.Pager:
    pager = choose.pager(total, size, page_number(given))
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
