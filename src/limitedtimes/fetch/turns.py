"""Whose turn it is at which host: one request at a time, spaced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from limitedtimes.errors import STOPPED, FetchError
from limitedtimes.fetch.limits import without_port

MOST_HOSTS: Final = 10_000


@dataclass(slots=True)
class Host:
    busy: threading.Lock = field(default_factory=threading.Lock)
    started: float = float("-inf")  # the last request, by the monotonic clock
    held_until: float = float("-inf")  # the server's wish
    crawl_delay: float = 0.0  # its robots.txt's wish

    def ready(self, delay: float) -> float:
        return max(self.started + max(delay, self.crawl_delay), self.held_until)


class Turns:
    """Times are in seconds of the monotonic clock. ``delays`` overrides ``delay`` by host, or host without port."""

    def __init__(
        self,
        delay: float,
        delays: Mapping[str, float],
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._delay, self._delays = delay, delays
        self._closed = threading.Event()
        self._clock, self._monotonic, self._sleep = clock, monotonic, sleep or self._closed.wait
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Nobody gets a turn any more."""
        self._closed.set()

    def wait(self, host: str) -> float:
        """Seconds until the next request to the host may start; a request in flight counts as starting now."""
        state, delay, now = self._host(host), self._delay_of(host), self._monotonic()
        ready = state.ready(delay)
        if state.busy.locked():
            ready = max(ready, now + delay)
        return max(0.0, ready - now)

    def start(self, host: str) -> None:
        """The request goes out now. Called again once connected, so that a slow handshake does not eat the pause."""
        self._host(host).started = self._monotonic()

    def expect_open(self) -> None:
        """Raises FetchError (``stopped``) after ``close``."""
        if self._closed.is_set():
            raise FetchError("stopped by us", reason=STOPPED, transient=True)

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing more of the host for so long."""
        state = self._host(host)
        state.held_until = max(state.held_until, self._monotonic() + seconds)

    def slow_down(self, host: str, crawl_delay: float) -> None:
        """Keep at least so many seconds between requests to the host from now on."""
        self._host(host).crawl_delay = crawl_delay

    @contextmanager
    def turn(self, host: str, *, patience: float) -> Iterator[float]:
        """Wait for the turn, and have the host to oneself inside; gives the seconds waited.

        Raises FetchError: ``not-yet`` when another request or the pause after it takes longer than ``patience``,
        ``stopped`` after ``close``.
        """
        state = self._host(host)
        asked = self._monotonic()
        if not state.busy.acquire(timeout=patience):
            raise self._not_yet(max(self._delay_of(host), self.wait(host)))
        try:
            self._wait_for(state, self._delay_of(host), patience)
            self.start(host)
            yield state.started - asked
        finally:
            state.busy.release()

    def _wait_for(self, state: Host, delay: float, patience: float) -> None:
        while (left := state.ready(delay) - self._monotonic()) > 0:
            self.expect_open()
            if left > patience:
                raise self._not_yet(left)
            self._sleep(left)
        self.expect_open()

    def _not_yet(self, seconds: float) -> FetchError:
        when = self._clock() + timedelta(seconds=seconds)
        message = f"the host is not to be asked again before {when:%H:%M:%S} UTC"
        return FetchError(message, reason="not-yet", transient=True, retry_at=when)

    def _delay_of(self, host: str) -> float:
        return self._delays.get(host, self._delays.get(without_port(host), self._delay))

    def _host(self, name: str) -> Host:
        with self._lock:
            if name not in self._hosts and len(self._hosts) >= MOST_HOSTS:
                self._forget_idle()
            return self._hosts.setdefault(name, Host())

    def _forget_idle(self) -> None:
        now = self._monotonic()
        for name, state in list(self._hosts.items()):
            if not state.busy.locked() and state.ready(self._delay_of(name)) < now:
                del self._hosts[name]
