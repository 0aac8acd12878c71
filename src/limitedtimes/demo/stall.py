"""One publisher's web server: a site's resources over HTTP, with validators and the publisher's compression."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import brotli
import zstandard

from limitedtimes.demo.site import Resource
from limitedtimes.errors import LimitedTimesError

ADDRESS: Final = "127.0.0.1"

PATIENCE: Final = 10
"""Seconds that a client may take to send its request."""

COMPRESS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": lambda body: bytes(zstandard.ZstdCompressor().compress(body)),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One request that was answered."""

    host: str  # "127.0.0.1:8101"
    path: str
    status: int
    conditional: bool
    agent: str
    at: float  # seconds on the monotonic clock


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    headers: Mapping[str, str]
    body: bytes = b""


Site = Mapping[str, Resource]


def open_stall(
    port: int, compression: str, site: Callable[[], Site], record: Callable[[Hit], None]
) -> ThreadingHTTPServer:
    """A server bound to a port of loopback (0: any that is free), not yet serving.

    ``site`` is asked at each request, so that a new edition is out at once; ``record`` hears of every answer.
    Raises LimitedTimesError when the port is taken.
    """

    # http.server can only be used by subclassing its handler; what it answers is decided in ``answer``.
    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE
        server_version = "SamplePress"
        sys_version = ""

        def handle(self) -> None:
            with suppress(ConnectionError):  # a reader who goes away is no news
                super().handle()

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = answer(site().get(self.path), headers, compression)
            record(hit(self.connection.getsockname()[1], self.path, headers, reply.status))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(reply.body)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on the terminal: the press's hits are its log."""

    try:
        return ThreadingHTTPServer((ADDRESS, port), Handler)
    except OSError as error:
        remedy = "end what is served there (another demo?), or leave out --data"
        message = f"the sample press cannot be served on {ADDRESS}:{port} ({error.strerror}): {remedy}"
        raise LimitedTimesError(message) from error


def hit(port: int, path: str, headers: Mapping[str, str], status: int) -> Hit:
    """What is remembered of a request with these headers (lower-case names)."""
    conditional = not headers.keys().isdisjoint({"if-none-match", "if-modified-since"})
    return Hit(f"{ADDRESS}:{port}", path, status, conditional, headers.get("user-agent", ""), time.monotonic())


def answer(resource: Resource | None, headers: Mapping[str, str], compression: str) -> Answer:
    """The answer to a request with these headers (lower-case names) for what lies at its path."""
    if resource is None:
        return Answer(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain", "Content-Length": "10"}, b"Not found\n")
    validators = {
        "ETag": resource.etag,
        "Last-Modified": format_datetime(resource.modified.astimezone(UTC), usegmt=True),
        "Vary": "Accept-Encoding",
    }
    if unchanged(resource, headers):
        return Answer(HTTPStatus.NOT_MODIFIED, validators)
    body, encoding = resource.body, {}
    if compression and compression in headers.get("accept-encoding", ""):
        body, encoding = COMPRESS[compression](body), {"Content-Encoding": compression}
    described = {"Content-Type": resource.content_type, "Content-Length": str(len(body))}
    return Answer(HTTPStatus.OK, validators | encoding | described, body)


def unchanged(resource: Resource, headers: Mapping[str, str]) -> bool:
    """Whether the client has it already (RFC 9110, section 13.2.2: an entity tag goes before a date)."""
    if tags := headers.get("if-none-match"):
        return resource.etag in tags or tags.strip() == "*"
    if since := headers.get("if-modified-since"):
        return resource.modified <= _http_date(since)
    return False


def _http_date(text: str) -> datetime:
    """An HTTP date; one that is none is long past, so that the client gets the whole answer."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
