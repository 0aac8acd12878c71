"""What rises, counted anew every five minutes, and its pages: the box of other pages, the list, the feeds."""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from typing import Final

from limitedtimes.edition import choose
from limitedtimes.edition.rights import shown
from limitedtimes.edition.settings import Audience
from limitedtimes.edition.stories import Coverage
from limitedtimes.edition.trends import Rise
from limitedtimes.enrich.trends import MOST, rising
from limitedtimes.protocols import Reads
from limitedtimes.trend import Kind, Trend, Trends
from limitedtimes.web.shelf import Freshness

__all__ = ["IN_BOX", "MOST", "Trending", "rises"]

IN_BOX: Final = 5
_REPORTS: Final = 3  # of a trend, that are named
_LOOKED_AT: Final = 12  # of its articles, for those


class Trending:
    """The trends of the running five minutes: to count them takes longer than to make a page, and pages are made anew
    with every article that comes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[float, Trends] | None = None

    def trends(self, store: Reads, now: datetime) -> Trends:
        stretch = now.timestamp() // Freshness.STRETCH.total_seconds()
        with self._lock:
            if self._kept is None or self._kept[0] != stretch:
                self._kept = stretch, rising(store, now=now)
            return self._kept[1]


def rises(store: Reads, audience: Audience, trends: Trends, *, limit: int) -> tuple[Rise, ...]:
    """The first of the trends with their titles and articles; none of which nothing is published any more."""
    chosen = trends.rising[:limit]
    wanted = {article for trend in chosen for article in trend.articles[:_LOOKED_AT]}
    teasers = {teaser.id: shown(teaser, audience) for teaser in store.reports(wanted)}
    found = []
    for trend in chosen:
        reports = [teasers[article] for article in trend.articles[:_LOOKED_AT] if article in teasers]
        title = _headline(store, trend) if trend.subject.kind is Kind.STORY else trend.title
        if reports and title:
            found.append(Rise(trend, title, choose.spread(reports, _REPORTS), trends.at, trends.days))
    return tuple(found)


def _headline(store: Reads, trend: Trend) -> str:
    """As its page has it; "" where none of it is published."""
    story = store.story(trend.subject.key)
    return Coverage(story.id, story.reports).headline if story and story.reports else ""
