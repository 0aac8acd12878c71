"""How robots.txt and tdmrep.json are looked up: once a day, through the same door, and before anything else."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import NOW, Asked, Site, fetch, fetching, redirect, refusal, reply, serve

from limitedtimes.errors import FetchError
from limitedtimes.fetch import tdm
from limitedtimes.model import Request

FORBID = reply(b"user-agent: *\ndisallow: /private", content_type="text/plain")
PAGES: Site = {"/": reply(b"front"), "/private/a": reply(b"secret")}


class Hours:
    """A clock that we turn."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_robots_txt_is_asked_for_first_and_obeyed() -> None:
    with serve({**PAGES, "/robots.txt": FORBID}) as server:
        assert fetch(server.url()).body == b"front"
        error = refusal(server.url("/private/a"))
    assert server.asked[0].path == "/robots.txt"
    assert (error.reason, error.transient, error.retry_at) == ("robots", False, None)
    assert server.pages_asked == ["/"]


def test_robots_txt_is_asked_for_once_a_day() -> None:
    hours = Hours()
    with serve({**PAGES, "/robots.txt": FORBID}) as server, fetching(options={"monotonic": hours}) as fetcher:
        for hour in (0, 1, 23.9, 24.1, 30):
            hours.seconds = hour * 3600
            fetcher.get(Request(server.url()))
    assert [asked.path for asked in server.asked].count("/robots.txt") == 2


def test_every_origin_has_its_own_robots_txt() -> None:
    with serve({**PAGES, "/robots.txt": FORBID}) as strict, serve(PAGES) as free, fetching() as fetcher:
        assert fetcher.get(Request(free.url("/private/a"))).body == b"secret"
        with pytest.raises(FetchError):
            fetcher.get(Request(strict.url("/private/a")))


def test_a_redirect_is_checked_against_the_robots_txt_of_where_it_leads() -> None:
    with serve({**PAGES, "/robots.txt": FORBID}) as strict:
        with serve({"/": redirect(strict.url("/private/a"))}) as server:
            assert refusal(server.url()).reason == "robots"
        assert strict.pages_asked == []


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 No", "404 No", "410 Gone", "418 Teapot", "204 None"])
def test_a_robots_txt_that_is_not_there_allows_everything(status: str) -> None:
    with serve({**PAGES, "/robots.txt": reply(b"user-agent: *\ndisallow: /", status)}) as server:
        assert fetch(server.url("/private/a")).body == b"secret"


@pytest.mark.parametrize("status", ["500 Oh", "502 Oh", "503 Oh", "599 Oh", "429 Later"])
def test_a_robots_txt_that_cannot_be_had_keeps_us_out_for_now(status: str) -> None:
    with serve({**PAGES, "/robots.txt": reply(b"", status, retry_after="60")}) as server:
        error = refusal(server.url())
    assert (error.transient, error.retry_at) == (True, NOW + timedelta(seconds=60))
    assert error.reason in ("busy", "server-error")
    assert server.pages_asked == []


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nuser-agent"])
def test_a_robots_txt_that_breaks_off_keeps_us_out_for_now(answer: bytes) -> None:
    with serve({**PAGES, "/robots.txt": answer}) as server:
        error = refusal(server.url())
    assert (error.transient, error.retry_at) == (True, NOW + timedelta(minutes=10))
    assert server.pages_asked == []


def test_a_robots_txt_that_cannot_be_had_is_asked_for_again_when_its_time_has_come() -> None:
    hours = Hours()
    answers = [reply(b"", "500 Oh"), reply(b"user-agent: *\nallow: /")]
    site = {**PAGES, "/robots.txt": lambda _: answers.pop(0)}
    with serve(site) as server, fetching(options={"monotonic": hours}) as fetcher:
        for minutes in (0, 9):
            hours.seconds = minutes * 60
            with pytest.raises(FetchError):
                fetcher.get(Request(server.url()))
        hours.seconds = 601
        assert fetcher.get(Request(server.url())).body == b"front"


def test_a_robots_txt_may_be_redirected_five_times_even_to_another_host() -> None:
    with serve({"/5": FORBID}) as other:
        chain: Site = {f"/{n}": redirect(f"/{n + 1}") for n in (1, 2, 3)} | {"/4": redirect(other.url("/5"))}
        with serve({**PAGES, **chain, "/robots.txt": redirect("/1")}) as server:
            assert refusal(server.url("/private/a")).reason == "robots"


def test_a_robots_txt_redirected_without_end_is_not_there() -> None:
    with serve({**PAGES, "/robots.txt": redirect("/robots.txt")}) as server:
        assert fetch(server.url("/private/a")).body == b"secret"


def test_no_more_than_500_kib_of_a_robots_txt_are_read_and_no_half_line() -> None:
    start, half = b"user-agent: *\ndisallow: /private\n", b"disallow: /"
    filler = b"# " + b"x" * (500 * 1024 - len(start) - len(half) - 3) + b"\n"
    content = start + filler + half + b"far-too-late\n"

    def endless(_: Asked) -> Iterator[bytes]:
        yield reply(content, content_length=None)
        while not server.closing.is_set():
            yield b"# and so on\n" * 1000

    with serve({**PAGES, "/robots.txt": endless}) as server:
        assert refusal(server.url("/private/a")).reason == "robots"
        assert fetch(server.url()).body == b"front", "the half line would have forbidden everything"


def test_a_robots_txt_may_be_compressed_and_of_any_type() -> None:
    packed = gzip.compress(b"user-agent: *\ndisallow: /private")
    answer = reply(packed, content_encoding="gzip", content_type="application/octet-stream")
    with serve({**PAGES, "/robots.txt": answer}) as server:
        assert refusal(server.url("/private/a")).reason == "robots"


def test_a_crawl_delay_spaces_the_requests_to_its_host() -> None:
    seconds = Hours()

    def sleep(wait: float) -> None:
        seconds.seconds += wait

    site: dict[str, Any] = {**PAGES, "/robots.txt": reply(b"user-agent: *\ncrawl-delay: 20")}
    times: list[float] = []

    def page(_: Asked) -> bytes:
        times.append(seconds.seconds)
        return reply(b"front")

    with (
        serve({**site, "/": page}) as server,
        fetching(options={"monotonic": seconds, "sleep": sleep}, delay=3.0) as fetcher,
    ):
        for _ in range(3):
            fetcher.get(Request(server.url()))
        assert fetcher.ready_at(server.host) == NOW + timedelta(seconds=20)
    assert [later - earlier for earlier, later in pairwise(times)] == [20.0, 20.0]


def test_a_crawl_delay_that_is_too_long_to_wait_for_is_obeyed_by_staying_away() -> None:
    with serve({**PAGES, "/robots.txt": reply(b"user-agent: *\ncrawl-delay: 3600")}) as server:
        error = refusal(server.url())
    assert (error.reason, error.transient) == ("robots", False)
    assert server.pages_asked == []


RESERVED = [{"location": "/private", "tdm-reservation": 1, "tdm-policy": "https://blatt.example/policy"}]


def tdmrep(rules: object) -> bytes:
    return reply(json.dumps(rules).encode(), content_type="application/json")


def test_what_tdmrep_json_reserves_is_not_fetched() -> None:
    with serve({**PAGES, "/.well-known/tdmrep.json": tdmrep(RESERVED)}) as server, fetching() as fetcher:
        for _ in range(2):
            assert fetcher.get(Request(server.url())).body == b"front"
        with pytest.raises(FetchError) as caught:
            fetcher.get(Request(server.url("/private/a")))
    assert (caught.value.reason, caught.value.transient) == ("reserved", False)
    assert server.pages_asked == ["/", "/"]
    assert [asked.path for asked in server.asked].count("/.well-known/tdmrep.json") == 1


@pytest.mark.parametrize(
    ("rules", "path", "reserved"),
    [
        ([{"location": "/", "tdm-reservation": 1}], "/a", True),
        ([{"location": "/", "tdm-reservation": "1"}], "/a", True),
        ([{"location": "/", "tdm-reservation": 0}], "/a", False),
        ([{"location": "*", "tdm-reservation": 1}], "/a", True),
        ([{"location": "/a/*.html$", "tdm-reservation": 1}], "/a/b.html", True),
        ([{"location": "/a/*.html$", "tdm-reservation": 1}], "/a/b.html?c", False),
        ([{"location": "/a", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}], "/a/b", False),
        ([{"location": "/", "tdm-reservation": 1}, {"location": "/a", "tdm-reservation": 0}], "/a/b", True),
        ([{"location": "/b", "tdm-reservation": 1}], "/a", False),
        ([{"location": 5, "tdm-reservation": 1}, "x", None, {}], "/a", False),
        ({"location": "/", "tdm-reservation": 1}, "/a", False),
        (None, "/a", False),
    ],
)
def test_the_first_rule_that_matches_counts(rules: object, path: str, reserved: bool) -> None:
    assert tdm.parse(json.dumps(rules).encode()).cover(f"https://blatt.example{path}") is reserved


@pytest.mark.parametrize("answer", [reply(b"<html>not found"), reply(b"[" * 100_000), reply(b"", "500 Oh"), b""])
def test_a_tdmrep_json_that_is_none_reserves_nothing(answer: bytes) -> None:
    with serve({**PAGES, "/.well-known/tdmrep.json": answer}) as server:
        assert fetch(server.url()).body == b"front"


@given(st.binary(max_size=200))
def test_no_tdmrep_json_can_break_the_parser(content: bytes) -> None:
    assert tdm.parse(content).cover("https://blatt.example/a") in (True, False)
