"""What a site asks of its visitors, looked up once a day: its robots.txt, and its reservation of text mining."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Final

from limitedtimes.errors import STOPPED, FetchError
from limitedtimes.fetch import robots, tdm
from limitedtimes.fetch.answer import SERVER_ERROR, Answer, judge, read_start
from limitedtimes.fetch.failures import named
from limitedtimes.fetch.limits import Limits
from limitedtimes.fetch.shelf import Shelf
from limitedtimes.fetch.target import Target
from limitedtimes.fetch.turns import Turns
from limitedtimes.fetch.visitor import Visit, Visitor
from limitedtimes.wire import Deadline

ROBOTS: Final = "/robots.txt"
TDM: Final = "/.well-known/tdmrep.json"
OUR_OWN: Final = frozenset({"not-yet", STOPPED})
"""Reasons that say nothing about the site: it was not asked."""


class Sites:
    """Remembers for each origin. ``monotonic`` is in seconds, ``clock`` is aware UTC."""

    def __init__(
        self,
        limits: Limits,
        visitor: Visitor,
        turns: Turns,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._limits, self._visitor, self._turns, self._clock = limits, visitor, turns, clock
        self._robots: Shelf[robots.Rules | FetchError] = Shelf(monotonic)
        self._reserved: Shelf[tdm.Reservations] = Shelf(monotonic)

    def permit(self, target: Target, deadline: Deadline) -> None:
        """Raises FetchError: ``robots``, ``reserved``, or what kept us from reading the robots.txt."""
        rules = self._robots.get(target.origin, lambda: self._fetch_rules(target, deadline))
        if isinstance(rules, FetchError):
            message = f"{target.url}: not fetched, because {rules.message}"
            raise FetchError(message, reason=rules.reason, transient=rules.transient, retry_at=rules.retry_at)
        if rules.crawl_delay > self._limits.crawl_delay:
            message = f"{target.url}: robots.txt asks for {rules.crawl_delay:g} s between requests, too long to wait"
            raise FetchError(message, reason="robots")
        self._turns.slow_down(target.host, rules.crawl_delay)
        if not rules.allow(target.url):
            raise FetchError(f"{target.url}: robots.txt asks us to stay away", reason="robots")
        reservations = self._reserved.get(target.origin, lambda: self._fetch_reservations(target, deadline))
        if reservations.cover(target.url):
            raise FetchError(f"{target.url}: {TDM} reserves text and data mining", reason="reserved")

    def _fetch_rules(self, target: Target, deadline: Deadline) -> tuple[robots.Rules | FetchError, float]:
        """The rules or the reason to keep out, and how many seconds that is to be believed (RFC 9309, 2.3.1)."""
        try:
            place, answer = self._look_up(target, ROBOTS, deadline)
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= SERVER_ERROR:
                with named(place):
                    judge(answer, conditional=False, now=self._clock(), limits=self._limits)
        except FetchError as error:
            if error.reason != "redirects":
                return self._kept_out(error)
            answer = Answer(HTTPStatus.NOT_FOUND, {})
        rules = robots.parse(answer.body) if answer.status == HTTPStatus.OK else robots.Rules()
        return rules, self._limits.robots_age.total_seconds()

    def _kept_out(self, error: FetchError) -> tuple[FetchError, float]:
        now = self._clock()
        until = error.retry_at or now + self._limits.retry
        if error.transient:
            error.retry_at = until
        return error, (until - now).total_seconds()

    def _fetch_reservations(self, target: Target, deadline: Deadline) -> tuple[tdm.Reservations, float]:
        """A file that is not there, or is not what it should be, reserves nothing."""
        try:
            _, answer = self._look_up(target, TDM, deadline)
        except FetchError as error:
            if error.reason in OUR_OWN:
                raise
            return tdm.Reservations(), self._limits.retry.total_seconds()
        return tdm.parse(answer.body), self._limits.robots_age.total_seconds()

    def _look_up(self, target: Target, path: str, deadline: Deadline) -> tuple[Target, Answer]:
        visit = Visit(
            headers={"Accept": "*/*"},
            read=lambda response: read_start(response, self._limits, most=self._limits.robots_size),
            deadline=deadline,
        )
        return self._visitor.follow(target.join(path), visit)
