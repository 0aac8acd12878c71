"""The real server on a real socket."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from made_up import HARBOUR, shelf
from memory_shelf import NOW

from limitedtimes.edition.settings import Settings
from limitedtimes.errors import LimitedTimesError
from limitedtimes.web import application, serve
from limitedtimes.web.server import listen


@contextmanager
def running() -> Iterator[int]:
    """The made-up press, served; gives the port."""
    ready, stop = Event(), Event()
    ports: list[int] = []

    def started(_host: str, port: int) -> None:
        ports.append(port)
        ready.set()

    app = application(shelf(), settings=Settings(), clock=lambda: NOW)
    thread = Thread(target=serve, args=(app, "127.0.0.1", 0), kwargs={"stop": stop, "ready": started})
    thread.start()
    assert ready.wait(10)
    try:
        yield ports[0]
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def ask(port: int, method: str, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path)
        found = connection.getresponse()
        return found, found.read()
    finally:
        connection.close()


def test_the_site_is_served_and_stops_when_told() -> None:
    with running() as port:
        found, body = ask(port, "GET", HARBOUR.path)
        assert found.status == 200 and b"New bridge over the Warne" in body
        head, nothing = ask(port, "HEAD", HARBOUR.path)
        assert nothing == b"" and head.headers["content-length"] == str(len(body))
        assert head.headers["server"] is None
    with pytest.raises(ConnectionRefusedError):
        ask(port, "GET", "/")


def test_a_request_line_that_is_too_long_is_refused_and_the_site_goes_on() -> None:
    with running() as port:
        with suppress(ConnectionError):  # it may hang up before we have read its answer
            assert ask(port, "GET", "/" + "x" * 200_000)[0].status in (400, 404, 414, 431)
        assert ask(port, "GET", "/healthz")[0].status == 200


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(LimitedTimesError, match=f"port {port} on 127.0.0.1 is taken"):
            serve(application(shelf(), settings=Settings(), clock=lambda: NOW), "127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [("203.0.113.7", 8000, "not an address of this machine"), ("127.0.0.1", 70000, "cannot serve on")],
)
def test_an_address_that_cannot_be_served_is_one_clear_line(host: str, port: int, said: str) -> None:
    with pytest.raises(LimitedTimesError, match=said):
        listen(host, port)


PROGRAM = """
import sys
sys.path[:0] = [{folder!r}]
from made_up import shelf
from memory_shelf import NOW
from limitedtimes.edition.settings import Settings
from limitedtimes.web import application, serve
app = application(shelf(), settings=Settings(), clock=lambda: NOW)
serve(app, "127.0.0.1", 0, ready=lambda host, port: print(port, flush=True))
print("stopped", flush=True)
"""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_server_and_lets_its_caller_tidy_up(sign: signal.Signals) -> None:
    folder = str(Path(__file__).resolve().parent.parent / "edition")
    program = [sys.executable, "-c", PROGRAM.format(folder=folder)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        assert ask(port, "GET", "/healthz")[0].status == 200
        process.send_signal(sign)
        printed, errors = process.communicate(timeout=20)
    assert (process.returncode, printed, errors) == (0, "stopped\n", "")
