"""How a configuration becomes parts: pauses between requests, and addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from limitedtimes.cli import compose
from limitedtimes.cli.gathering import queue_feeds
from limitedtimes.config import Config
from limitedtimes.line import poll_todo
from limitedtimes.model import FeedPointer, Source
from limitedtimes.store import open_store


def source(name: str, home: str, *, hosts: tuple[str, ...] = (), delay: float | None = None) -> Source:
    return Source(f"de.{name}", name, home, "de", ("de",), "Europe/Berlin", hosts=hosts, delay=delay)


def test_a_source_slows_down_every_host_of_its_own_even_one_that_is_named_with_a_path() -> None:
    paper = source("talbote", "https://talbote.example/", hosts=("portal.example/talbote",), delay=10)
    assert compose.pauses([paper]) == {"talbote.example": 10, "portal.example": 10}


def test_of_two_sources_on_one_host_the_longer_pause_holds() -> None:
    slow, fast = (source(name, f"https://portal.example/{name}/", delay=wait) for name, wait in (("a", 20), ("b", 5)))
    assert compose.pauses([slow, fast]) == compose.pauses([fast, slow]) == {"portal.example": 20}


def test_an_ipv6_address_stands_in_brackets_in_the_edition_s_links() -> None:
    assert compose.settings(Config(host="::1", port=8001, engine="pseudo")).base_url == "http://[::1]:8001"


def test_a_restart_leaves_a_feed_its_turn_and_a_round_by_hand_does_not(tmp_path: Path) -> None:
    store, feed, now = open_store(tmp_path / "paper.sqlite"), FeedPointer("https://x.example/rss", "de.x"), clock()
    later = now + timedelta(hours=6)
    store.add(poll_todo(feed, due=later), now=now)
    queue_feeds(store, [feed], at_once=False)
    assert store.next_due(now=now) == later
    queue_feeds(store, [feed])
    due = store.next_due(now=now)
    assert due is not None
    assert due < later
    store.close()


def clock() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
