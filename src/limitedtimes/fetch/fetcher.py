"""One polite, bounded request at a time for each host, for many threads."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, TypeAlias

import certifi
import urllib3
from urllib3 import HTTPResponse

from limitedtimes.errors import FetchError
from limitedtimes.fetch import guard, robots
from limitedtimes.fetch.answer import BUSY, SERVER_ERROR, Answer, judge, read_page, read_start, retry_after
from limitedtimes.fetch.body import ACCEPT_ENCODING
from limitedtimes.fetch.deadline import Deadline
from limitedtimes.fetch.limits import Limits
from limitedtimes.fetch.shelf import Shelf
from limitedtimes.fetch.target import Target, parse
from limitedtimes.fetch.turns import NotYet, Turns
from limitedtimes.fetch.wire import exchange
from limitedtimes.model import Page, Request

ACCEPT: Final = "text/html, application/xhtml+xml, application/xml, application/json, text/plain;q=0.8, */*;q=0.1"

Reader: TypeAlias = Callable[[HTTPResponse], Answer]


@dataclass(frozen=True, slots=True)
class Visit:
    """How the addresses of one redirect chain are asked for."""

    headers: Mapping[str, str]
    read: Reader
    deadline: Deadline
    asks_robots: bool


class Fetcher:
    """``clock`` gives the aware UTC time; ``delays`` maps a host (or host:port) to its own seconds between requests.

    ``trust`` replaces the certificate authorities of the system and of certifi. Proxies, cookies and credentials of
    the environment are not used.
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
        self._resolver = resolver
        self._trust = trust or _authorities()
        self._closed = threading.Event()
        self._turns = Turns(
            delay=limits.delay, delays=delays or {}, monotonic=monotonic, sleep=sleep or self._closed.wait
        )
        self._rules: Shelf[robots.Rules | FetchError] = Shelf(monotonic)

    def get(self, request: Request, *, gzip: bool = False) -> Page:
        """The page, or its 304 with an empty body when the request's validators still hold.

        ``gzip`` says that a gzip file (a sitemap.xml.gz) is expected too. Waits for the host's turn, so ask
        ``ready_at`` first. Raises FetchError; a transient one always has its ``retry_at``.
        """
        deadline = Deadline(self._limits.deadline, self._monotonic)
        visit = Visit(
            headers={"Accept": ACCEPT, **_validators(request)},
            read=lambda response: read_page(response, self._limits, gzip=gzip),
            deadline=deadline,
            asks_robots=True,
        )
        try:
            target, answer = self._follow(parse(request.url), visit)
            with _named(target):
                self._judge(target, answer, conditional=bool(_validators(request)))
        except FetchError as error:
            if error.transient and error.retry_at is None:
                error.retry_at = self._clock() + self._limits.retry
            raise
        return Page(
            url=request.url,
            final_url=target.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=self._clock(),
            source=request.source,
            entry=request.entry,
        )

    def ready_at(self, host: str) -> datetime:
        """When the next polite request to the host may start; in the past or now: at once. For ``host``: host_of."""
        return self._clock() + timedelta(seconds=self._turns.wait(host))

    def close(self) -> None:
        """Wake everyone who waits for a turn; they, and whoever comes later, get a transient FetchError."""
        self._closed.set()

    def _follow(self, target: Target, visit: Visit) -> tuple[Target, Answer]:
        """The last of a chain of redirects, each hop checked like the first."""
        patience = self._limits.patience
        for _ in range(self._limits.redirects + 1):
            if visit.asks_robots:
                self._ask_robots(target, visit.deadline)
            answer = self._ask(target, visit, patience)
            if not answer.location:
                return target, answer
            target = target.join(answer.location)
            patience = max(patience, self._limits.crawl_delay)  # having begun, rather wait than begin again
        raise FetchError(f"{target.url}: more than {self._limits.redirects} redirects", reason="redirects")

    def _ask(self, target: Target, visit: Visit, patience: float) -> Answer:
        """One request, in its turn."""
        with _named(target), self._turn(target, patience) as waited:
            visit.deadline.extend(waited)
            headers = {"User-Agent": self._limits.user_agent, "Accept-Encoding": ACCEPT_ENCODING, **visit.headers}
            with (
                closing(self._connect(target, visit.deadline)) as connection,
                exchange(connection, target, headers, visit.deadline) as response,
            ):
                return visit.read(response)

    @contextmanager
    def _turn(self, target: Target, patience: float) -> Iterator[float]:
        try:
            with self._turns.turn(target.host, patience=patience) as waited:
                if self._closed.is_set():
                    raise FetchError("stopped before it was fetched", reason="stopped", transient=True)
                yield waited
        except NotYet as error:
            when = self._clock() + timedelta(seconds=error.seconds)
            message = f"{target.host} is not to be asked again before {when:%H:%M:%S} UTC"
            raise FetchError(message, reason="not-yet", transient=True, retry_at=when) from error

    def _connect(self, target: Target, deadline: Deadline) -> socket.socket:
        limits = self._limits
        connection = guard.connect(
            target, resolver=self._resolver, allowed=limits.allow_hosts, timeout=limits.connect, deadline=deadline
        )
        if target.scheme == "http":
            return connection
        try:
            connection.settimeout(deadline.left())
            return self._trust.wrap_socket(connection, server_hostname=target.hostname.rstrip("."))
        except BaseException:
            connection.close()
            raise

    def _judge(self, target: Target, answer: Answer, *, conditional: bool) -> None:
        now = self._clock()
        if answer.status in BUSY:
            wait = retry_after(answer, now=now, limits=self._limits)
            if wait or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                self._turns.hold(target.host, (wait or self._limits.retry).total_seconds())
        judge(answer, conditional=conditional, now=now, limits=self._limits)

    def _ask_robots(self, target: Target, deadline: Deadline) -> None:
        """Raises FetchError when the target's robots.txt keeps us out, or cannot be read."""
        rules = self._rules.get(target.origin, lambda: self._fetch_rules(target, deadline))
        if isinstance(rules, FetchError):
            message = f"{target.url}: not fetched, because {rules.message}"
            raise FetchError(message, reason=rules.reason, transient=rules.transient, retry_at=rules.retry_at)
        if rules.crawl_delay > self._limits.crawl_delay:
            message = f"{target.url}: robots.txt asks for {rules.crawl_delay:g} s between requests, too long to wait"
            raise FetchError(message, reason="robots")
        self._turns.slow_down(target.host, rules.crawl_delay)
        if not rules.allow(target):
            raise FetchError(f"{target.url}: robots.txt asks us to stay away", reason="robots")

    def _fetch_rules(self, target: Target, deadline: Deadline) -> tuple[robots.Rules | FetchError, float]:
        """The rules or the reason to keep out, and how many seconds that is to be believed (RFC 9309, 2.3.1)."""
        visit = Visit(
            headers={"Accept": "text/plain, */*;q=0.1"},
            read=lambda response: read_start(response, most=self._limits.robots_size),
            deadline=deadline,
            asks_robots=False,
        )
        age = self._limits.robots_age.total_seconds()
        try:
            place, answer = self._follow(target.join("/robots.txt"), visit)
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= SERVER_ERROR:
                with _named(place):
                    self._judge(place, answer, conditional=False)
        except FetchError as error:
            if error.reason == "redirects":
                return robots.Rules(), age
            if error.transient:
                error.retry_at = error.retry_at or self._clock() + self._limits.retry
            wait = error.retry_at - self._clock() if error.retry_at else self._limits.retry
            return error, wait.total_seconds()
        return robots.parse(answer.body) if answer.status == HTTPStatus.OK else robots.Rules(), age


def _validators(request: Request) -> dict[str, str]:
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in given.items() if value}


def _authorities() -> ssl.SSLContext:
    """The system's certificate authorities, and certifi's for a system that has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@contextmanager
def _named(target: Target) -> Iterator[None]:
    """Whatever goes wrong on the way to a target is a FetchError that names it."""
    try:
        yield
    except FetchError as error:
        if not error.message.startswith(target.url):
            error.message = f"{target.url}: {error.message}"
            error.args = (error.message,)
        raise
    except (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError) as error:
        message = f"{target.url}: {_words(error)}"
        raise FetchError(message, reason=_reason(error), transient=True) from error


def _reason(error: Exception) -> str:
    kinds: list[tuple[type[Exception] | tuple[type[Exception], ...], str]] = [
        ((TimeoutError, urllib3.exceptions.TimeoutError), "timeout"),
        ((ssl.SSLError, urllib3.exceptions.SSLError), "tls"),
        (socket.gaierror, "dns"),
        ((urllib3.exceptions.IncompleteRead, http.client.IncompleteRead), "cut-short"),
        (OSError, "connection"),
    ]
    return next((reason for kind, reason in kinds if isinstance(error, kind)), "protocol")


def _words(error: Exception) -> str:
    return str(error).strip() or type(error).__name__
