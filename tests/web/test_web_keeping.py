"""How long a page is kept, and how often it is made."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

from asking import Clock, client
from made_up import ARTICLES, HARBOUR, shelf
from memory_shelf import NOW, MemoryShelf

from limitedtimes.model import Published
from limitedtimes.web.shelf import OVERHEAD, Shelf, State, answer

ID = HARBOUR.article.id
STATE = State(NOW, 0)


def test_a_page_is_made_once_and_again_when_the_store_has_changed() -> None:
    store, clock = shelf(), Clock()
    site = client(store, clock=clock)
    first = site.get(HARBOUR.path)
    for _ in range(3):
        assert site.get(HARBOUR.path).content == first.content
    assert store.asked == 1

    store.articles[ID] = replace(HARBOUR, revision=7)
    store.changed = NOW + timedelta(seconds=1)
    clock.now += timedelta(seconds=1)
    second = site.get(HARBOUR.path)
    assert store.asked == 2
    assert "revision 7" in second.text
    assert second.headers["etag"] != first.headers["etag"]


def test_a_page_on_which_nothing_has_changed_is_not_sent_again_later_in_the_day() -> None:
    clock = Clock()
    site = client(shelf(), clock=clock)
    first = site.get("/privacy")
    clock.now += timedelta(hours=1)
    assert site.get("/privacy", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    clock.now += timedelta(days=1)
    assert site.get("/privacy", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_unknown_parameters_do_not_fill_the_shelf() -> None:
    store = shelf()
    site = client(store)
    for number in range(5):
        assert site.get(f"{HARBOUR.path}?utm_source={number}&page={number}").status_code == 200
    assert store.asked == 1


def test_a_removed_article_is_gone_when_the_store_says_so() -> None:
    store, clock = shelf(), Clock()
    site = client(store, clock=clock)
    assert site.get(HARBOUR.path).status_code == 200
    del store.articles[ID]
    store.changed, clock.now = NOW + timedelta(seconds=1), NOW + timedelta(seconds=1)
    assert site.get(HARBOUR.path).status_code == 404
    assert ID not in site.get("/feed.atom").text


def test_the_last_24_hours_move_on_when_nothing_new_comes() -> None:
    clock = Clock()
    site = client(clock=clock)
    assert "5 sources in 5 languages" in site.get("/").text
    clock.now += timedelta(hours=30)
    assert "Trends, 24 hours" not in site.get("/").text


class Meeting(MemoryShelf):
    """Gives the article when a second reader asks for it too, or when none has come for a while."""

    def __init__(self) -> None:
        super().__init__(ARTICLES)
        self.second = Barrier(2)

    def published(self, article: str) -> Published | None:
        with suppress(BrokenBarrierError):
            self.second.wait(0.2)
        return super().published(article)


def test_a_page_that_many_ask_for_at_once_is_made_once() -> None:
    store = Meeting()
    site = client(store)
    with ThreadPoolExecutor(6) as readers:
        answers = list(readers.map(site.get, [HARBOUR.path] * 6))
    assert {(answer.status_code, answer.headers["etag"]) for answer in answers} == {(200, answers[0].headers["etag"])}
    assert store.asked == 1


def test_the_pages_last_asked_for_are_kept() -> None:
    kept = Shelf(2 * (OVERHEAD + 5))
    for name in ("one", "two"):
        kept.keep((name, ""), STATE, answer(name.encode()))
    assert kept.get(("one", ""), STATE)
    kept.keep(("three", ""), STATE, answer(b"three"))
    assert [name for name in ("one", "two", "three") if kept.get((name, ""), STATE)] == ["one", "three"]


def test_a_kept_page_is_sent_to_those_who_take_no_compressed_one_too() -> None:
    site = client(shelf())
    packed = [site.get(HARBOUR.path, headers={"accept-encoding": "gzip"}) for _ in range(2)]
    plain = [site.get(HARBOUR.path, headers={"accept-encoding": "identity"}) for _ in range(2)]
    assert {page.content for page in packed} == {page.content for page in plain}
    assert [page.headers.get("content-encoding") for page in (*packed, *plain)] == ["gzip", "gzip", None, None]


def test_huge_pages_do_not_fill_the_memory() -> None:
    huge = random.Random(1).randbytes(10_000)  # no compression helps
    kept = Shelf(2 * (OVERHEAD + len(huge)) + 500)
    for number in range(9):
        kept.keep((str(number), ""), STATE, answer(huge))
    assert [number for number in range(9) if kept.get((str(number), ""), STATE)] == [7, 8]
    for _ in range(9):
        kept.keep(("8", ""), STATE, answer(huge))
    assert kept.get(("7", ""), STATE)
