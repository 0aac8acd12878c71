"""Goes to an address and follows where it points: every hop in its turn, guarded, and under one deadline."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TypeAlias

from urllib3 import HTTPResponse

from limitedtimes.errors import FetchError
from limitedtimes.fetch import guard
from limitedtimes.fetch.answer import Answer
from limitedtimes.fetch.body import ACCEPT_ENCODING
from limitedtimes.fetch.failures import named
from limitedtimes.fetch.limits import Limits
from limitedtimes.fetch.target import Target
from limitedtimes.fetch.turns import Turns
from limitedtimes.wire import Deadline, exchange

Reader: TypeAlias = Callable[[HTTPResponse], Answer]


@dataclass(frozen=True, slots=True)
class Visit:
    """How one address, and those that it redirects to, are asked for."""

    headers: Mapping[str, str]
    read: Reader
    deadline: Deadline
    permit: Callable[[Target], None] | None = None  # raises FetchError for a hop that must not be made


class Visitor:
    """``trust`` holds the certificate authorities. Keeps no cookies, uses no proxies, sends no credentials."""

    def __init__(self, limits: Limits, turns: Turns, resolver: guard.Resolver, trust: ssl.SSLContext) -> None:
        self._limits, self._turns, self._resolver, self._trust = limits, turns, resolver, trust
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def follow(self, target: Target, visit: Visit) -> tuple[Target, Answer]:
        """The last of a chain of redirects, each hop checked like the first. Raises FetchError."""
        patience = self._limits.patience
        for _ in range(self._limits.redirects + 1):
            if visit.permit:
                visit.permit(target)
            answer = self._ask(target, visit, patience)
            if not answer.location:
                return target, answer
            target = target.join(answer.location)
            patience = max(patience, self._limits.crawl_delay)  # having begun, rather wait than begin again
        raise FetchError(f"{target.url}: more than {self._limits.redirects} redirects", reason="redirects")

    def close(self) -> None:
        """Hang up on every server."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _ask(self, target: Target, visit: Visit, patience: float) -> Answer:
        own = {"Host": target.host, "User-Agent": self._limits.user_agent, "Accept-Encoding": ACCEPT_ENCODING}
        with named(target), self._turns.turn(target.host, patience=patience) as waited:
            visit.deadline.extend(waited)
            with self._connection(target, visit.deadline) as connection:
                self._turns.start(target.host)
                with exchange(connection, visit.deadline, target.path, {**own, **visit.headers}) as response:
                    answer = visit.read(response)
            self._turns.expect_open()  # else a body may look whole because we hung up
            return answer

    @contextmanager
    def _connection(self, target: Target, deadline: Deadline) -> Iterator[socket.socket]:
        limits = self._limits
        raw = guard.connect(
            target,
            resolver=self._resolver,
            private=limits.allows(target.host),
            timeout=limits.connect,
            deadline=deadline,
        )
        with closing(raw), closing(self._secured(raw, target)) as connection, self._listed(connection):
            if isinstance(connection, ssl.SSLSocket):
                connection.settimeout(deadline.left())  # of the whole handshake
                connection.do_handshake()
            yield connection

    def _secured(self, raw: socket.socket, target: Target) -> socket.socket:
        if target.scheme == "http":
            return raw
        name = target.hostname.rstrip(".")
        return self._trust.wrap_socket(raw, server_hostname=name, do_handshake_on_connect=False)

    @contextmanager
    def _listed(self, connection: socket.socket) -> Iterator[None]:
        with self._lock:
            self._open.add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._open.remove(connection)
