"""The form that asks for removals, and what stands where something was removed."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from urllib.parse import urlencode

import httpx
import pytest
from asking import Client, Clock
from made_up import HARBOUR, shelf
from memory_shelf import NOW, MemoryShelf
from selectolax.lexbor import LexborHTMLParser, LexborNode

from limitedtimes.edition.render import side_by_side_path
from limitedtimes.edition.settings import Settings
from limitedtimes.removal import Appeal, Party, Removal
from limitedtimes.web import application
from limitedtimes.web.appeals import LARGEST, Turnstile, shared_turnstile, turnstile

ID = HARBOUR.article.id
GOOD = {
    "what": "article",
    "address": HARBOUR.article.url,
    "who": "person",
    "why": "I am named.",
    "contact": "a@b.example",
}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def one(found: httpx.Response, selector: str) -> LexborNode:
    nodes = LexborHTMLParser(found.text).css(selector)
    assert len(nodes) == 1, f"{selector}: {len(nodes)}"
    return nodes[0]


class Site:
    """A site that several people use, each from an address of their own."""

    def __init__(self) -> None:
        self.shelf, self.clock = shelf(), Clock()
        self._app = application(self.shelf, settings=Settings(), clock=self.clock)

    def sent(self, changes: dict[str, str] | None = None, *, sender: str = "192.0.2.1") -> httpx.Response:
        body = urlencode(GOOD | (changes or {})).encode()
        return Client(self._app, strict=True, sender=sender).request("POST", "/removal", FORM, body)

    def raw(self, body: bytes) -> httpx.Response:
        return Client(self._app, strict=True).request("POST", "/removal", FORM, body)

    def get(self, path: str) -> httpx.Response:
        return Client(self._app, strict=True).get(path)


def test_what_is_asked_is_kept_and_the_reader_is_led_on() -> None:
    site = Site()
    found = site.sent({"why": "I am named.\r\nTwice.\x00"})
    assert (found.status_code, found.headers["location"]) == (303, "/removal/received")
    asked = Appeal(HARBOUR.article.url, False, Party.PERSON, "I am named.\nTwice.", "a@b.example", NOW)
    assert site.shelf.asked_for == [asked]
    assert "waits to be read" in site.get("/removal/received").text


def test_a_page_of_ours_and_a_whole_source_can_be_named_and_the_rest_left_empty() -> None:
    site = Site()
    site.sent({"address": HARBOUR.path, "why": "", "contact": ""})
    site.sent({"address": "https://hafenblatt.example", "what": "source", "who": "publisher"})
    assert [(asked.address, asked.whole, asked.party) for asked in site.shelf.asked_for] == [
        (HARBOUR.path, False, Party.PERSON),
        ("https://hafenblatt.example", True, Party.PUBLISHER),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "the harbour article"}, "address"),
        ({"address": "https://a.example/" + "x" * 2000}, "address"),
        ({"who": ""}, "who"),
        ({"who": "operator"}, "who"),
        ({"what": "everything"}, "what"),
        ({"why": "x" * 2001}, "why"),
        ({"contact": "x" * 201}, "contact"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(changes: dict[str, str], field: str) -> None:
    site = Site()
    found = site.sent(changes)
    assert found.status_code == 400 and found.headers["cache-control"] == "no-store"
    assert site.shelf.asked_for == []
    assert str(one(found, f"#{field}").attributes["aria-describedby"]).startswith(f"{field}-problem")
    assert one(found, f"#{field}-problem").text()
    assert one(found, ".problems a").attributes["href"] == f"#{field}"
    if field != "why":
        assert one(found, "textarea").text() == GOOD["why"]
    if field != "contact":
        assert one(found, "#contact").attributes["value"] == GOOD["contact"]
    assert one(found, "title").text().startswith("Not sent yet")


def test_what_is_typed_is_shown_as_text() -> None:
    found = Site().sent({"address": "", "why": "</textarea><script>x</script>", "contact": '"><b>'})
    assert "<script>x" not in found.text and "<b>" not in found.text.partition('id="contact"')[2]


def test_the_field_that_people_do_not_see_must_stay_empty() -> None:
    site = Site()
    found = site.sent({"url2": "https://spam.example"})
    assert found.status_code == 400 and "must stay empty" in found.text
    assert site.shelf.asked_for == []
    trap = one(found, "#url2")
    assert "value" not in trap.attributes
    assert trap.attributes["tabindex"] == "-1"


def test_one_network_asks_five_times_an_hour_at_most() -> None:
    site = Site()
    assert [site.sent().status_code for _ in range(6)] == [303] * 5 + [429]
    assert site.sent(sender="192.0.2.2").status_code == 303
    assert [site.sent(sender=f"2001:db8::{n}").status_code for n in range(6)][-1] == 429
    assert site.sent(sender="2001:db8:0:1::1").status_code == 303
    site.clock.now += timedelta(minutes=61)
    assert site.sent().status_code == 303


def test_a_slip_in_the_form_does_not_count() -> None:
    site = Site()
    for _ in range(9):
        site.sent({"address": ""})
    assert site.sent().status_code == 303


def passed(turnstile: Turnstile, count: int, answers: Pipe) -> None:
    answers.send([turnstile.lets("192.0.2.1", NOW) for _ in range(count)])


def test_processes_that_share_a_turnstile_count_together() -> None:
    context = multiprocessing.get_context("spawn")
    turnstile, (mine, theirs) = shared_turnstile(context), context.Pipe()
    for number in range(2):
        process = context.Process(target=passed, args=(turnstile, 3, theirs))
        process.start()
        process.join(30)
        assert mine.recv() == [True, True, number == 0]
    assert not turnstile.lets("192.0.2.1", NOW) and turnstile.lets("198.51.100.7", NOW)
    assert turnstile.lets("192.0.2.1", NOW + timedelta(hours=1))


def test_most_of_many_networks_do_not_stand_in_each_others_way() -> None:
    one, times = turnstile(), [NOW] * Turnstile.MOST
    passed = [all(one.lets(f"10.0.{n // 256}.{n % 256}", at) for at in times) for n in range(400)]
    assert sum(passed) > 350


def test_when_too_many_wait_it_is_said_and_nothing_typed_is_lost() -> None:
    site = Site()
    site.shelf.most_appeals = 0
    found = site.sent()
    assert found.status_code == 503 and "Too many requests wait" in found.text and GOOD["why"] in found.text


@pytest.mark.parametrize("body", [b"", b"\xff\xfe%%%=&&&", b"&".join([b"a=1"] * 30), b"{}"])
def test_what_is_no_form_is_answered_with_the_form(body: bytes) -> None:
    assert Site().raw(body).status_code == 400


def test_a_body_that_is_too_large_is_not_read_to_its_end() -> None:
    found = Site().raw(b"why=" + b"x" * LARGEST)
    assert found.status_code == 413 and "too large" in found.text


def test_the_form_can_be_opened_with_an_address_and_has_no_other_way_to_send() -> None:
    site = Site()
    found = site.get(f"/removal?address=/a/{ID}")
    assert one(found, "#address").attributes["value"] == f"/a/{ID}"
    assert one(found, "form").attributes["method"] == "post"
    for method in ("PUT", "DELETE"):
        assert Client(site._app, strict=True).request(method, "/removal").status_code == 405
    assert f'href="/removal?address=/a/{ID}"' in site.get(HARBOUR.path).text


def removed(party: Party = Party.PERSON, *, source: bool = False) -> MemoryShelf:
    kept = shelf()
    del kept.articles[ID]
    at = datetime(2023, 11, 9, 12, tzinfo=UTC)
    gone = Removal(1, at, party, "" if source else ID, "de.hafenblatt", "the operator's own word")
    if source:
        kept.articles = {id_: item for id_, item in kept.articles.items() if item.source.id != "de.hafenblatt"}
        kept.gone["de.hafenblatt"] = gone
    kept.gone[ID] = gone
    return kept


@pytest.mark.parametrize(
    "path", [HARBOUR.path, side_by_side_path(HARBOUR.path), f"/a/{ID}", f"/story/{ID}", f"/story/{ID}/feed.rss"]
)
def test_a_removed_article_answers_410_at_each_of_its_addresses_and_tells_nothing_of_it(path: str) -> None:
    found = Client(application(removed(), settings=Settings(), clock=Clock()), strict=True).get(path)
    assert found.status_code == 410 and found.headers["cache-control"] == "no-store"
    assert "etag" not in found.headers
    assert "This article was removed" in found.text and "9 November 2023" in found.text
    slug = HARBOUR.path.split("/")[-1].split(".")[0]
    assert slug not in found.text and "own word" not in found.text


@pytest.mark.parametrize(
    ("party", "words"),
    [
        (Party.PUBLISHER, "at the wish of its publisher"),
        (Party.PERSON, "at the wish of a person whom it concerns"),
        (Party.OPERATOR, "by a decision of this edition"),
    ],
)
def test_it_says_at_whose_wish_in_general_words(party: Party, words: str) -> None:
    found = Client(application(removed(party), settings=Settings(), clock=Clock()), strict=True).get(f"/a/{ID}")
    assert words in found.text


@pytest.mark.parametrize("path", ["/source/de.hafenblatt", "/source/de.hafenblatt/feed.json"])
def test_a_removed_source_answers_410(path: str) -> None:
    kept = removed(Party.PUBLISHER, source=True)
    found = Client(application(kept, settings=Settings(), clock=Clock()), strict=True).get(path)
    assert found.status_code == 410 and "This source was removed" in found.text
