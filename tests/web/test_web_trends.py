"""Trends over HTTP: what stands in the box and on the page, where it leads, what the feeds say, and what goes again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic, sleep
from xml.etree import ElementTree as ET

import pytest
from asking import Client, Clock, client
from made_up import ARTICLES, HARBOUR, shelf
from memory_chronicle import MemoryChronicle
from memory_shelf import NOW, MemoryShelf, teaser_of, with_rights
from rises import chronicle_of
from selectolax.lexbor import LexborHTMLParser, LexborNode

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Rights
from limitedtimes.trend import Mention, Pulse, Subject, Worth
from limitedtimes.web import ahead, application

ATOM = "{http://www.w3.org/2005/Atom}"
WHY = "5 sources in 5 languages in the last 6 hours; usually 1 a day"


def of_one_story() -> MemoryShelf:
    """The press of the last day speaks of one event, which began with the harbour."""
    store = shelf()
    recent = [one for one in ARTICLES if NOW - teaser_of(one).published < timedelta(hours=24)]
    store.stories = dict.fromkeys((one.article.id for one in recent), HARBOUR.article.id)
    store.chronicle = chronicle_of(recent, story=HARBOUR.article.id)
    return store


def page(path: str, store: MemoryShelf | None = None) -> LexborHTMLParser:
    return page_of(client(store), path)


def page_of(site: Client, path: str) -> LexborHTMLParser:
    found = site.get(path)
    assert found.status_code == 200
    return LexborHTMLParser(found.text)


def one(parsed: LexborHTMLParser, selector: str) -> LexborNode:
    found = parsed.css_first(selector)
    assert found is not None, selector
    return found


def test_a_name_leads_to_all_that_has_it_and_says_why_it_rises() -> None:
    for path, place in (("/", ".trends li"), (HARBOUR.path, ".trends li"), ("/trends", ".rise")):
        rise = one(page(path), place)
        assert one_link(rise) == ("/search?q=%22Kelmora%22", "Kelmora")
        assert WHY in rise.text()


def one_link(node: LexborNode) -> tuple[str | None, str]:
    link = node.css_first("a")
    assert link is not None
    return link.attributes["href"], link.text()


def test_a_story_leads_to_its_page_and_takes_its_name_along() -> None:
    store = of_one_story()
    parsed = page("/trends", store)
    assert len(parsed.css(".rise")) == 1
    path, title = one_link(one(parsed, ".rise"))
    assert path == f"/story/{HARBOUR.article.id}"
    assert title == one(page(str(path), store), "h1").text()
    assert "With it: Kelmora" in one(parsed, ".rise").text()
    sources = [node.text() for node in parsed.css(".rise .briefs bdi")]
    assert len(sources) == len(set(sources)) == 3


def test_the_chart_is_drawn_in_the_page_and_told_in_words() -> None:
    chart = one(page("/trends"), ".rise svg")
    assert chart.attributes["role"] == "img"
    assert chart.attributes["aria-label"] == (
        "Sources in each of the last 24 hours: at most 2 sources from 16:00 to 17:00 UTC, 0 in the running hour"
    )
    bars = chart.css("rect")
    assert 5 < len(bars) <= 10
    assert all(0 <= int(str(bar.attributes["x"])) <= 115 for bar in bars)
    assert "style" not in client().get("/trends").text.replace("stylesheet", "").replace("/static/style.", "")


@pytest.mark.parametrize("path", ["/trends/feed.atom", "/trends/feed.rss", "/trends/feed.json"])
def test_a_feed_has_an_entry_for_each(path: str) -> None:
    found = client().get(path)
    assert found.status_code == 200
    assert "urn:limitedtimes:trend:2023-11-10:name:kelmora" in found.text
    assert WHY in found.text and "/search?q=%22Kelmora%22" in found.text


def test_an_entry_stays_the_same_while_its_trend_goes_on() -> None:
    clock = Clock()
    site = client(clock=clock)
    first = ET.fromstring(site.get("/trends/feed.atom").text)
    clock.now += timedelta(hours=2)
    later = ET.fromstring(site.get("/trends/feed.atom").text)
    for name in ("id", "published", "title"):
        path = f"{ATOM}entry/{ATOM}{name}"
        assert first.findtext(path) == later.findtext(path) != ""
    assert str(first.findtext(f"{ATOM}updated")) < str(later.findtext(f"{ATOM}updated"))


def test_a_trend_that_goes_on_at_midnight_is_an_entry_of_the_new_day() -> None:
    clock = Clock()
    clock.now = NOW + timedelta(hours=8)
    store = shelf()
    store.chronicle = MemoryChronicle(one for one in store.chronicle.said if NOW - one.at < timedelta(hours=14))
    entry = ET.fromstring(client(store, clock=clock).get("/trends/feed.atom").text).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == "urn:limitedtimes:trend:2023-11-11:name:kelmora"
    assert entry.findtext(f"{ATOM}published") == "2023-11-11T00:00:00Z"


def test_the_json_feed_says_why() -> None:
    items = json.loads(client().get("/trends/feed.json").text)["items"]
    assert [(item["title"], item["summary"], item["tags"]) for item in items] == [("Kelmora", WHY, ["Name"])]


def test_what_is_removed_rises_no_more() -> None:
    store = of_one_story()
    for article in list(store.articles):
        del store.articles[article]
    assert not page("/trends", store).css(".rise")
    assert "Nothing is in the news more than usual." in client(store).get("/trends").text


def test_a_public_edition_names_only_what_it_may_show() -> None:
    store = MemoryShelf([with_rights(published, Rights.LINK) for published in ARTICLES])
    store.chronicle = chronicle_of(ARTICLES)
    text = client(store, Settings(audience=Audience.PUBLIC)).get("/trends").text
    assert "/search?q=%22Kelmora%22" in text
    assert teaser_of(HARBOUR).standfirst and teaser_of(HARBOUR).standfirst not in text


class Counted(MemoryChronicle):
    """Remembers how often it was asked."""

    asked = 0

    def pulse(self, *, now: datetime, days: int, worth: Worth) -> Pulse:
        self.asked += 1
        return super().pulse(now=now, days=days, worth=worth)

    def mentions(self, subjects: Sequence[Subject], *, now: datetime) -> dict[Subject, tuple[Mention, ...]]:
        return dict(super().mentions(subjects, now=now))


def test_trends_are_counted_once_in_five_minutes_however_many_articles_come() -> None:
    store, clock = shelf(), Clock()
    store.chronicle = counted = Counted(store.chronicle.said)
    site = client(store, clock=clock)
    for minute in range(3):
        clock.now = NOW + timedelta(minutes=minute)
        store.changed = clock.now
        for path in ("/", "/trends", HARBOUR.path, "/trends/feed.rss"):
            assert site.get(path).status_code == 200
    assert counted.asked == 1
    clock.now = NOW + timedelta(minutes=5)
    site.get("/trends")
    assert counted.asked == 2


def test_the_next_trends_are_counted_before_a_reader_asks_for_them() -> None:
    store, clock = shelf(), Clock()
    store.chronicle = counted = Counted(store.chronicle.said)
    app = application(store, settings=Settings(), clock=clock)
    site = Client(app, strict=True)
    site.get("/trends")
    clock.now = NOW + timedelta(minutes=4, seconds=50)
    with ahead(app):
        deadline = monotonic() + 10
        while counted.asked < 2 and monotonic() < deadline:
            sleep(0.01)
        assert counted.asked == 2
        site.get("/trends")  # of the running five minutes
    clock.now = NOW + timedelta(minutes=5, seconds=20)
    assert len(page_of(site, "/trends").css(".rise")) == 1
    assert counted.asked == 2


def test_a_reader_gets_trends_when_they_could_not_be_counted_ahead() -> None:
    class Failing(Counted):
        def pulse(self, *, now: datetime, days: int, worth: Worth) -> Pulse:
            found = super().pulse(now=now, days=days, worth=worth)
            if self.asked == 1:
                raise OSError("the disk")
            return found

    store, clock = shelf(), Clock()
    store.chronicle = failing = Failing(store.chronicle.said)
    app = application(store, settings=Settings(), clock=clock)
    clock.now = NOW + timedelta(minutes=4, seconds=50)
    with ahead(app):
        deadline = monotonic() + 10
        while failing.asked < 1 and monotonic() < deadline:
            sleep(0.01)
    clock.now = NOW + timedelta(minutes=5)
    assert len(page_of(Client(app, strict=True), "/trends").css(".rise")) == 1


def test_what_a_removed_article_said_counts_no_more_at_once() -> None:
    store, clock = shelf(), Clock()
    site = client(store, clock=clock)
    assert WHY in site.get("/trends").text
    latest = store.chronicle.said[0].article
    clock.now += timedelta(seconds=2)
    store.chronicle.forget(latest, clock.now)
    store.changed = clock.now
    for path in ("/trends", "/"):
        assert "6 sources in 6 languages in the last 12 hours; usually 1 a day" in site.get(path).text
