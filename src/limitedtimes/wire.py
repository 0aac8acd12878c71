"""One HTTP request over one connection, each read and write of it under the deadline of the whole.

Whoever opened the connection says whom it leads to: `fetch` behind its guard, an engine to the address that its
operator gave.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, cast

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection

MOST_DIGITS: Final = 10


class Deadline:
    """Counts down from ``seconds``. A socket's own timeout starts anew with every byte; this one does not."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than 0. Raises TimeoutError."""
        left = self._end - self._monotonic()
        if left <= 0:
            raise TimeoutError("the time for the whole request is over")
        return left

    def renew(self, seconds: float) -> None:
        """Count anew: of a large file, each piece has its own time."""
        self._end = self._monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Give back time that was not the server's: waiting for one's turn."""
        self._end += seconds


class Wire:
    """What http.client needs of a socket: it grants each read no more than what is left of the whole request.

    It does not close: http.client hangs up after the headers of a last response, while the body is still to come.
    The socket belongs to whoever opened it.
    """

    closed = False

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(self._deadline.left())
        self._connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(cast(Any, self))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)

    def readall(self) -> bytes:
        """http.client takes a chunk of length -1 for leave to read without end."""
        raise ValueError("a read without a limit")

    def flush(self) -> None:
        """Nothing is kept back."""

    def settimeout(self, _seconds: object) -> None:
        """urllib3 would set its own; the deadline rules."""

    def close(self) -> None:
        """See the class."""


@contextmanager
def exchange(
    connection: socket.socket,
    deadline: Deadline,
    path: str,
    headers: Mapping[str, str],
    *,
    post: bytes | None = None,
) -> Iterator[HTTPResponse]:
    """Ask for a path, or post to it; ``headers`` name the ``Host``. The response's body is still on the wire, still
    encoded. Raises OSError, HTTPException."""
    http = HTTPConnection(headers["Host"])
    http.sock = cast(socket.socket, Wire(connection, deadline))
    http.request(
        "GET" if post is None else "POST",
        path,
        body=post,
        headers={"Connection": "close", **headers},
        preload_content=False,
        decode_content=False,
    )
    response = http.getresponse()
    try:
        yield response
    finally:
        response.close()


def asked_wait(given: str, *, now: datetime, most: timedelta) -> timedelta | None:
    """Retry-After as seconds or as an HTTP date (RFC 9110, 10.2.3), at most ``most``; None if it is no time to come."""
    given = given.strip()
    if given.isascii() and given.isdecimal():
        wait = timedelta(seconds=int(given)) if len(given) < MOST_DIGITS else most
    else:
        try:
            when = parsedate_to_datetime(given)
        except (ValueError, OverflowError):
            return None
        wait = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    return min(wait, most) if wait > timedelta() else None
