"""One HTTP request over one connection, each read and write of it under the deadline of the whole."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection

from limitedtimes.fetch.deadline import Deadline
from limitedtimes.fetch.target import Target


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
    connection: socket.socket, target: Target, headers: Mapping[str, str], deadline: Deadline
) -> Iterator[HTTPResponse]:
    """Ask for the target; the response's body is still on the wire, still encoded. Raises OSError, HTTPException."""
    http = HTTPConnection(target.hostname, target.port)
    http.sock = cast(socket.socket, Wire(connection, deadline))
    http.request(
        "GET",
        target.path,
        headers={"Host": target.host, "Connection": "close", **headers},
        preload_content=False,
        decode_content=False,
    )
    response = http.getresponse()
    try:
        yield response
    finally:
        response.close()
