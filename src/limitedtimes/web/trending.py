"""What rises, counted anew every five minutes, and its pages: the box of other pages, the list, the feeds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
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

STRETCH: Final = Freshness.STRETCH
EARLY: Final = timedelta(seconds=15)
"""So long before its five minutes a list is counted: with 100,000 articles in a month that takes 0.2 seconds."""
IN_BOX: Final = 5
_REPORTS: Final = 3  # of a trend, that are named
_LOOKED_AT: Final = 12  # of its articles, for those
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_log: Final = logging.getLogger(__name__)


class Trending:
    """The trends of the running five minutes: to count them takes longer than to make a page, and pages are made anew
    with every article that comes. What a removed article said is not in them from then on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[datetime, _Counted] = {}

    def trends(self, store: Reads, now: datetime) -> Trends:
        """Who asks for what is not counted yet waits for it."""
        with self._lock:
            kept = self._kept.get(_begin(now))
            if kept is None or kept.forgotten != store.forgotten_at():
                kept = self._keep(_count(store, now))
            return kept.trends

    @contextmanager
    def ahead(self, store: Reads, clock: Callable[[], datetime]) -> Iterator[None]:
        """Count in a thread, each time before the next five minutes begin, so that no reader waits."""
        stop = Event()
        thread = Thread(target=self._go_ahead, args=(store, clock, stop), daemon=True, name="trends")
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _go_ahead(self, store: Reads, clock: Callable[[], datetime], stop: Event) -> None:
        coming = _begin(clock()) + STRETCH
        while not stop.wait(max(0.0, (coming - EARLY - clock()).total_seconds())):
            try:
                counted = _count(store, coming)
                with self._lock:
                    self._keep(counted)
            except Exception as error:  # who asks for them counts them
                _log.error("trends could not be counted: %r", error)
            coming = max(coming, _begin(clock())) + STRETCH

    def _keep(self, counted: _Counted) -> _Counted:
        """With those of the five minutes before, which may still run."""
        begin = _begin(counted.trends.at)
        self._kept = {at: kept for at, kept in self._kept.items() if at >= begin - STRETCH} | {begin: counted}
        return counted


@dataclass(frozen=True, slots=True)
class _Counted:
    trends: Trends
    forgotten: datetime | None  # of the store, before it was counted


def _count(store: Reads, now: datetime) -> _Counted:
    forgotten = store.forgotten_at()
    return _Counted(rising(store, now=now), forgotten)


def _begin(now: datetime) -> datetime:
    """Of the five minutes in which ``now`` is."""
    return now - (now - _EPOCH) % STRETCH


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
