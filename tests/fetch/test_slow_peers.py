"""Servers that take their time: the deadline is for the whole request, and other hosts do not notice."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from loopback import CERTIFICATE, NOW, Server, fetch, fetching, redirect, refusal, reply, serve

from limitedtimes.errors import FetchError
from limitedtimes.fetch import Limits
from limitedtimes.model import Request

DEADLINE = 0.4
GRACE = 3.0  # of a busy machine; a timeout that starts anew with every byte would never end


def slow_status(server: Server) -> Iterator[bytes]:
    return server.drip(b"HTTP/1.1 2", b"0", seconds=0.05)


def slow_headers(server: Server) -> Iterator[bytes]:
    return server.drip(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", seconds=0.05)


def slow_header(server: Server) -> Iterator[bytes]:
    return server.drip(b"HTTP/1.1 200 OK\r\nx: ", b"y", seconds=0.05)


def slow_body(server: Server) -> Iterator[bytes]:
    return server.drip(reply(content_length="1000000"), b"x", seconds=0.05)


def slow_chunks(server: Server) -> Iterator[bytes]:
    return server.drip(reply(content_length=None, transfer_encoding="chunked"), b"1\r\nx\r\n", seconds=0.05)


def slow_trailer(server: Server) -> Iterator[bytes]:
    start = reply(content_length=None, transfer_encoding="chunked") + b"1\r\nx\r\n0\r\n"
    return server.drip(start, b"x: y\r\n", seconds=0.05)


def body_without_end(server: Server) -> Iterator[bytes]:
    return server.drip(reply(b"<p>all there is", content_length=None), b"")


def forever_continue(server: Server) -> Iterator[bytes]:
    return server.drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", seconds=0.02)


def silence(server: Server) -> Iterator[bytes]:
    return server.drip(b"", b"")


SLOW = [
    slow_status,
    slow_headers,
    slow_header,
    slow_body,
    slow_chunks,
    slow_trailer,
    body_without_end,
    forever_continue,
    silence,
]


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize("peer", SLOW)
def test_a_slow_peer_is_left_at_the_deadline(peer: Callable[[Server], Iterator[bytes]], tls: bool) -> None:
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    with serve({"/": lambda _: peer(server)}, tls=tls) as server:
        begun = time.monotonic()
        url = server.url(scheme="https" if tls else "http")
        error = refusal(url, deadline=DEADLINE, options={"trust": trust})
        took = time.monotonic() - begun
    assert (error.reason, error.transient) == ("timeout", True)
    assert error.retry_at == NOW + Limits().retry
    assert DEADLINE * 0.9 <= took <= DEADLINE + GRACE


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_peer_that_never_says_a_word_is_left_at_the_deadline(scheme: str) -> None:
    with serve(None) as server:
        begun = time.monotonic()
        assert refusal(server.url(scheme=scheme), deadline=DEADLINE).reason == "timeout"
        assert time.monotonic() - begun <= DEADLINE + GRACE


def test_a_resolver_that_never_answers_is_left_at_the_deadline() -> None:
    release = threading.Event()

    def resolver(hostname: str, port: int) -> list[str]:
        release.wait(5)
        return []

    begun = time.monotonic()
    assert refusal("http://slow.example/", deadline=DEADLINE, options={"resolver": resolver}).reason == "timeout"
    assert time.monotonic() - begun <= DEADLINE + GRACE
    release.set()


def test_robots_page_and_redirects_share_one_deadline() -> None:
    def late(answer: bytes) -> Callable[[object], Iterator[bytes]]:
        def give(_: object) -> Iterator[bytes]:
            server.closing.wait(DEADLINE * 0.4)
            yield answer

        return give

    site = {"/robots.txt": late(reply()), "/": late(redirect("/b")), "/b": late(reply(b"b"))}
    with serve(site) as server:
        begun = time.monotonic()
        assert refusal(server.url(), deadline=DEADLINE).reason == "timeout"
        assert time.monotonic() - begun <= DEADLINE + GRACE


def test_other_hosts_are_served_while_one_is_slow() -> None:
    with (
        serve({"/": lambda _: slow_body(slow)}) as slow,
        serve({"/": reply(b"quick")}) as quick,
        fetching(deadline=2.0) as fetcher,
        ThreadPoolExecutor(1) as threads,
    ):
        waiting = threads.submit(fetcher.get, Request(slow.url()))
        for _ in range(5):
            assert fetcher.get(Request(quick.url())).body == b"quick"
        assert not waiting.done()
        with pytest.raises(FetchError, match="took too long"):
            waiting.result(5)


def test_a_peer_that_is_only_a_little_slow_is_waited_for() -> None:
    def unhurried(_: object) -> Iterator[bytes]:
        for byte in reply(b"worth it"):
            server.closing.wait(0.001)
            yield bytes([byte])

    with serve({"/": unhurried}) as server:
        assert fetch(server.url()).body == b"worth it"
