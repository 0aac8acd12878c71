"""An unchanged page costs its headers only."""

from __future__ import annotations

import pytest
from loopback import Asked, fetching, redirect, refusal, reply, serve

from limitedtimes.model import Request

ETAG, DATE = '"v1"', "Sun, 01 Mar 2026 09:00:00 GMT"
BODY = b"<p>news" * 1000


def conditional(asked: Asked) -> bytes:
    """A server that knows one version of its page."""
    if asked.headers.get("if-none-match") == ETAG or asked.headers.get("if-modified-since") == DATE:
        return reply(status="304 Not Modified", etag=ETAG, content_length=None)
    return reply(BODY, etag=ETAG, last_modified=DATE)


def test_the_validators_of_a_page_make_the_next_request_conditional() -> None:
    with serve({"/": conditional}) as server, fetching() as fetcher:
        first = fetcher.get(Request(server.url()))
        second = fetcher.get(Request(server.url(), etag=first.etag, last_modified=first.last_modified))
    assert (first.status, first.body, first.etag, first.last_modified) == (200, BODY, ETAG, DATE)
    assert (second.status, second.body, second.etag) == (304, b"", ETAG)
    assert (server.asked[-1].headers["if-none-match"], server.asked[-1].headers["if-modified-since"]) == (ETAG, DATE)


@pytest.mark.parametrize(("etag", "last_modified"), [(ETAG, ""), ("", DATE)])
def test_either_validator_is_enough(etag: str, last_modified: str) -> None:
    with serve({"/": conditional}) as server, fetching() as fetcher:
        assert fetcher.get(Request(server.url(), etag=etag, last_modified=last_modified)).status == 304


def test_a_changed_page_comes_whole() -> None:
    with serve({"/": conditional}) as server, fetching() as fetcher:
        page = fetcher.get(Request(server.url(), etag='"v0"'))
    assert (page.status, page.body) == (200, BODY)


def test_validators_survive_a_redirect() -> None:
    with serve({"/old": redirect("/"), "/": conditional}) as server, fetching() as fetcher:
        assert fetcher.get(Request(server.url("/old"), etag=ETAG)).status == 304


def test_an_unasked_304_is_an_error() -> None:
    with serve({"/": reply(status="304 Not Modified")}) as server:
        assert refusal(server.url()).reason == "http-304"


def test_a_304_is_over_when_its_headers_are() -> None:
    """Whatever a server appends to a 304, and however slowly, is not waited for."""
    start = reply(status="304 Not Modified", content_length="1000")
    with serve({"/": lambda _: server.drip(start)}) as server, fetching() as fetcher:
        assert fetcher.get(Request(server.url(), etag=ETAG)).body == b""


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', '"ü"', "\x00"])
def test_a_validator_that_cannot_stand_in_a_header_is_not_sent(etag: str) -> None:
    with serve({"/": conditional}) as server, fetching() as fetcher:
        assert fetcher.get(Request(server.url(), etag=etag)).status == 200
    assert not server.asked[-1].headers.keys() & {"if-none-match", "x-evil"}
