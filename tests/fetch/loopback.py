"""Tiny servers on real sockets, for every good and bad habit of the web's servers."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from limitedtimes.errors import FetchError
from limitedtimes.fetch import Fetcher, Limits
from limitedtimes.model import Page, Request

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CERTIFICATE = Path(__file__).parent / "localhost.pem"


@dataclass(frozen=True)
class Asked:
    """One request as a server saw it; header names are in lower case, ``at`` is by the monotonic clock."""

    path: str
    headers: Mapping[str, str]
    at: float


Answer: TypeAlias = bytes | Iterable[bytes]
Site: TypeAlias = Mapping[str, Answer | Callable[[Asked], Answer]]


@dataclass
class Server:
    port: int
    accepted: int = 0
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{self.host}{path}"

    @property
    def pages_asked(self) -> list[str]:
        """Paths, in order, without the lookups that come before the first page."""
        return [asked.path for asked in self.asked if asked.path not in ("/robots.txt", "/.well-known/tdmrep.json")]

    def drip(self, start: bytes, drop: bytes = b"x", *, seconds: float = 10.0) -> Iterator[bytes]:
        """``start``, then a drop every so often until the test is over."""
        yield start
        while not self.closing.wait(seconds):
            yield drop


def reply(body: bytes = b"", status: str = "200 OK", **headers: str | None) -> bytes:
    """A whole response; underscores in header names stand for hyphens, None leaves a default header out."""
    fields = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return reply(b"", status, location=location)


@contextmanager
def serve(site: Site | None = None, *, tls: bool = False, host: str = "127.0.0.1") -> Iterator[Server]:
    """A server of these paths, 404 for the rest; without any it takes connections and says nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listening:
        server = Server(listening.getsockname()[1])
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if context:
            context.load_cert_chain(CERTIFICATE)
        threads: list[threading.Thread] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    server.accepted += 1
                    threads.append(threading.Thread(target=_talk, args=(server, connection, site, context)))
                    threads[-1].start()

        threads.append(threading.Thread(target=accept))
        threads[0].start()
        try:
            yield server
        finally:
            server.closing.set()
            listening.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join(5)


def _talk(server: Server, connection: socket.socket, site: Site | None, context: ssl.SSLContext | None) -> None:
    with connection, suppress(OSError, ssl.SSLError):
        if site is None:
            server.closing.wait()
            return
        with context.wrap_socket(connection, server_side=True) if context else connection as stream:
            asked = _read_request(stream)
            server.asked.append(asked)
            page = site.get(asked.path, site.get("*", reply(b"", "404 Not Found")))
            answer = page(asked) if callable(page) else page
            for piece in [answer] if isinstance(answer, bytes) else answer:
                stream.sendall(piece)


def _read_request(stream: socket.socket) -> Asked:
    data = b""
    while b"\r\n\r\n" not in data and (received := stream.recv(65536)):
        data += received
    first, *lines = data.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
    return Asked(first.split(" ")[1], headers, time.monotonic())


@contextmanager
def fetching(
    *,
    clock: Callable[[], datetime] = lambda: NOW,
    options: Mapping[str, Any] | None = None,
    **limits: Any,
) -> Iterator[Fetcher]:
    """A fetcher that may talk to localhost and need not pause, unless told otherwise."""
    given = {"allow_hosts": frozenset({"localhost"}), "delay": 0.0, "deadline": 5.0, **limits}
    fetcher = Fetcher(Limits(**given), clock=clock, **(options or {}))
    try:
        yield fetcher
    finally:
        fetcher.close()


def fetch(url: str, *, gzip: bool = False, **limits: Any) -> Page:
    with fetching(**limits) as fetcher:
        return fetcher.get(Request(url), gzip=gzip)


def refusal(url: str, *, gzip: bool = False, **limits: Any) -> FetchError:
    """The error that fetching the URL ends with."""
    with pytest.raises(FetchError) as caught:
        fetch(url, gzip=gzip, **limits)
    return caught.value
