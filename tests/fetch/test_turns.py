"""Politeness: one request at a time to a host, and the pause between two is never shorter than asked."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from loopback import NOW, Asked, fetching, reply, serve

from limitedtimes.errors import FetchError
from limitedtimes.fetch.turns import MOST_HOSTS, Turns
from limitedtimes.model import Request


class SimulatedTime:
    """Seconds that pass when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def turns(self, delay: float = 3.0, delays: dict[str, float] | None = None) -> Turns:
        return Turns(delay, delays or {}, clock=lambda: NOW, monotonic=self.monotonic, sleep=self.sleep)


def test_over_a_simulated_day_no_pause_is_shorter_than_three_seconds() -> None:
    time, chance = SimulatedTime(), random.Random(1)
    turns = time.turns()
    starts: dict[str, list[float]] = defaultdict(list)
    while time.seconds < 24 * 3600:
        host = f"blatt-{chance.randrange(5)}.example"
        with turns.turn(host, patience=60):
            time.sleep(chance.expovariate(1 / 0.8))  # resolve, connect
            turns.start(host)
            starts[host].append(time.seconds)
            time.sleep(chance.expovariate(1 / 2))  # the body
    pauses = [later - earlier for times in starts.values() for earlier, later in pairwise(times)]
    assert len(pauses) > 10_000
    assert min(pauses) >= 3.0 - 1e-6


def test_the_first_request_to_a_host_need_not_wait() -> None:
    turns = SimulatedTime().turns()
    assert turns.wait("blatt.example") == 0
    with turns.turn("blatt.example", patience=0) as waited:
        assert waited == 0


def test_hosts_do_not_wait_for_each_other() -> None:
    turns = SimulatedTime().turns()
    with turns.turn("blatt.example", patience=0), turns.turn("zeitung.example", patience=0) as waited:
        assert waited == 0


def test_a_source_may_ask_for_more_and_the_sample_press_for_less() -> None:
    time = SimulatedTime()
    turns = time.turns(delays={"slow.example": 30.0, "localhost": 0.0, "localhost:9": 1.0})
    for host, pause in [("slow.example", 30), ("localhost:8", 0), ("localhost:9", 1), ("other.example:8", 3)]:
        with turns.turn(host, patience=0):
            pass
        assert turns.wait(host) == pause


def test_a_source_of_the_real_web_cannot_ask_for_less() -> None:
    delays = {"blatt.example": 0.0, "localhost": 0.0}
    with serve({"/": reply(b"page")}) as server:
        resolver = {"blatt.example": ["127.0.0.1"], "localhost": ["127.0.0.1"]}
        options = {"delays": delays, "monotonic": lambda: 0.0, "resolver": lambda host, _: resolver[host]}
        with fetching(delay=3.0, patience=0.0, options=options) as fetcher:
            fetcher.get(Request(server.url()))
            assert fetcher.ready_at(server.host) == NOW
            with pytest.raises(FetchError):
                fetcher.get(Request("http://blatt.example/"))
            assert fetcher.ready_at("blatt.example") == NOW + timedelta(seconds=3)


def test_what_a_server_and_its_robots_txt_wish_comes_on_top() -> None:
    time = SimulatedTime()
    turns = time.turns()
    turns.slow_down("blatt.example", 10)
    with turns.turn("blatt.example", patience=0):
        pass
    assert turns.wait("blatt.example") == 10
    turns.hold("blatt.example", 100)
    turns.hold("blatt.example", 50)
    assert turns.wait("blatt.example") == 100
    turns.slow_down("blatt.example", 0)
    time.sleep(100)
    assert turns.wait("blatt.example") == 0


def test_a_wait_longer_than_patience_is_an_error_that_says_when_to_come_again() -> None:
    turns = SimulatedTime().turns()
    turns.hold("blatt.example", 100)
    with pytest.raises(FetchError) as caught, turns.turn("blatt.example", patience=99):
        pass
    assert (caught.value.reason, caught.value.transient) == ("not-yet", True)
    assert caught.value.retry_at == NOW + timedelta(seconds=100)


def test_a_host_that_is_busy_is_not_ready() -> None:
    turns = SimulatedTime().turns(delay=0.5)
    with turns.turn("blatt.example", patience=0):
        assert turns.wait("blatt.example") == 0.5
        with pytest.raises(FetchError) as caught, turns.turn("blatt.example", patience=0):
            pass
        assert caught.value.reason == "not-yet"
    with turns.turn("blatt.example", patience=1):
        pass


def test_a_request_that_fails_gives_its_turn_back() -> None:
    turns = SimulatedTime().turns(delay=0.0)
    with pytest.raises(ZeroDivisionError), turns.turn("blatt.example", patience=0):
        raise ZeroDivisionError
    with turns.turn("blatt.example", patience=0) as waited:
        assert waited == 0


def test_a_crawl_of_very_many_hosts_forgets_those_it_has_done_with() -> None:
    time = SimulatedTime()
    turns = time.turns()
    turns.hold("later.example", 1e6)
    for number in range(MOST_HOSTS + 50):
        with turns.turn(f"{number}.example", patience=0):
            time.sleep(0.01)
    assert len(turns._hosts) <= MOST_HOSTS
    assert turns.wait("later.example") > 0


def test_closing_wakes_those_who_wait_for_their_turn() -> None:
    turns = Turns(30.0, {}, clock=lambda: NOW, monotonic=lambda: 0.0)
    with turns.turn("blatt.example", patience=60):
        pass
    with ThreadPoolExecutor(1) as threads:

        def wait() -> None:
            with turns.turn("blatt.example", patience=60):
                pass

        waiting = threads.submit(wait)
        turns.close()
        with pytest.raises(FetchError, match="stopped"):
            waiting.result(5)


def test_one_host_has_one_connection_however_many_threads_ask() -> None:
    inside, most, lock = [0], [0], threading.Lock()

    def page(_: Asked) -> Iterator[bytes]:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        server.closing.wait(0.02)
        with lock:
            inside[0] -= 1
        yield reply(b"page")

    with serve({"/": page}) as server, fetching() as fetcher, ThreadPoolExecutor(8) as threads:
        pages = list(threads.map(lambda _: fetcher.get(Request(server.url())), range(8)))
    assert [page.body for page in pages] == [b"page"] * 8
    assert most == [1]
    assert len(server.asked) == 10, "eight pages, one robots.txt, one tdmrep.json"


def test_two_hosts_that_redirect_to_each_other_do_not_block_each_other() -> None:
    with (
        serve({"/": lambda _: to(b), "/end": reply(b"a")}) as a,
        serve({"/": lambda _: to(a), "/end": reply(b"b")}) as b,
    ):

        def to(other: object) -> bytes:
            return reply(b"", "302 Found", location=f"http://localhost:{other.port}/end")  # type: ignore[attr-defined]

        with fetching() as fetcher, ThreadPoolExecutor(8) as threads:
            urls = [server.url() for _ in range(4) for server in (a, b)]
            bodies = list(threads.map(lambda url: fetcher.get(Request(url)).body, urls))
    assert bodies == [b"b", b"a"] * 4
