"""The room's door: pages for many threads, one polite and bounded request at a time for each host."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

import certifi

from limitedtimes.errors import FetchError
from limitedtimes.fetch import guard
from limitedtimes.fetch.answer import asks_to_wait, judge, read_page
from limitedtimes.fetch.failures import named
from limitedtimes.fetch.limits import Limits
from limitedtimes.fetch.sites import Sites
from limitedtimes.fetch.target import parse
from limitedtimes.fetch.turns import Turns
from limitedtimes.fetch.visitor import Visit, Visitor
from limitedtimes.model import Page, Request
from limitedtimes.wire import Deadline

ACCEPT: Final = "text/html, application/xhtml+xml, application/xml, application/json, text/plain;q=0.8, */*;q=0.1"


class Fetcher:
    """``clock`` gives the aware UTC time; ``trust`` replaces the certificate authorities of the system and of certifi.

    ``delays`` maps a host ("host" or "host:port") to its own seconds between requests: more than ``limits.delay``, or
    less if it is one of ``limits.allow_hosts``.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        delays: Mapping[str, float] | None = None,
        resolver: guard.Resolver = guard.resolve,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._limits, self._clock, self._monotonic = limits, clock, monotonic
        self._turns = Turns(
            limits.delay, _courteous(delays or {}, limits), clock=clock, monotonic=monotonic, sleep=sleep
        )
        self._visitor = Visitor(limits, self._turns, resolver, trust or _authorities())
        self._sites = Sites(limits, self._visitor, self._turns, clock=clock, monotonic=monotonic)

    def get(self, request: Request, *, gzip: bool = False) -> Page:
        """The page, or its 304 with an empty body when the request's validators still hold.

        ``gzip`` says that a gzip file (a sitemap.xml.gz) is welcome too; it comes unpacked. Waits for the host's
        turn, so ask ``ready_at`` first. Raises FetchError; a transient one always has its ``retry_at``.
        """
        try:
            return self._get(request, gzip=gzip)
        except FetchError as error:
            if error.transient and error.retry_at is None:
                error.retry_at = self._clock() + self._limits.retry
            raise

    def ready_at(self, host: str) -> datetime:
        """When the next polite request to the host (as ``host_of`` names it) may start; not later than now: at once."""
        return self._clock() + timedelta(seconds=self._turns.wait(host))

    def close(self) -> None:
        """Stop now: whoever waits for a turn or a server, or comes later, gets a transient FetchError."""
        self._turns.close()
        self._visitor.close()

    def _get(self, request: Request, *, gzip: bool) -> Page:
        deadline = Deadline(self._limits.deadline, self._monotonic)
        validators = _validators(request)
        visit = Visit(
            headers={"Accept": ACCEPT, **validators},
            read=lambda response: read_page(response, self._limits, gzip=gzip),
            deadline=deadline,
            permit=lambda target: self._sites.permit(target, deadline),
        )
        target, answer = self._visitor.follow(parse(request.url), visit)
        now = self._clock()
        self._turns.hold(target.host, asks_to_wait(answer, now=now, limits=self._limits))
        with named(target):
            judge(answer, conditional=bool(validators), now=now, limits=self._limits)
        return Page(
            url=request.url,
            final_url=target.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=now,
            source=request.source,
            entry=request.entry,
        )


def _courteous(delays: Mapping[str, float], limits: Limits) -> dict[str, float]:
    return {host: seconds if limits.allows(host) else max(seconds, limits.delay) for host, seconds in delays.items()}


def _validators(request: Request) -> dict[str, str]:
    """What makes the request conditional; one that cannot stand in a header is left out, which only costs bytes."""
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


def _authorities() -> ssl.SSLContext:
    """The system's certificate authorities, and certifi's for a system that has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
