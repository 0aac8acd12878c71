"""My area and saved articles over HTTP."""

from __future__ import annotations

import json
from itertools import product

import pytest
from asking import client
from made_up import FRENCH, HARBOUR, JAPANESE, shelf
from memory_shelf import MemoryShelf, with_rights
from selectolax.lexbor import LexborHTMLParser

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Rights
from limitedtimes.place import Place


def named() -> MemoryShelf:
    """The made-up press, in which the Japanese article names Hamburg."""
    store = shelf()
    store.named[JAPANESE.article.id] = [Place("Hamburg", "de")]
    return store


def test_a_country_has_what_was_published_there_and_what_names_it_and_says_which() -> None:
    page = client(named()).get("/my?country=de")
    assert page.status_code == 200
    rows = {
        article.css("h2 a")[0].attributes["href"]: article.css(".why-here")[0].text(deep=True)
        for article in LexborHTMLParser(page.text).css(".roll article")
    }
    assert rows[HARBOUR.path] == "Why it is here: from Germany"
    assert rows[JAPANESE.path] == "Why it is here: mentions Hamburg"
    assert FRENCH.path not in rows


def test_without_a_choice_there_is_a_form_and_no_article() -> None:
    page = LexborHTMLParser(client().get("/my").text)
    assert page.css("form.choices")[0].attributes["action"] == "/my"
    assert "open" in page.css("details.choose")[0].attributes
    assert page.css(".roll article") == []
    offered = {box.attributes["name"] for box in page.css("form.choices input")}
    assert offered == {"country", "region", "place", "language", "source", "section", "topic", "match"}


def test_the_form_shows_what_is_chosen() -> None:
    page = LexborHTMLParser(client(named()).get("/my?country=de&topic=bridge,%20ferry&match=each").text)
    checked = {(box.attributes["name"], box.attributes["value"]) for box in page.css("input[checked]")}
    assert checked == {("country", "de"), ("match", "each")}
    assert page.css("#topic")[0].attributes["value"] == "bridge, ferry"
    assert "open" not in page.css("details.choose")[0].attributes


def test_the_choice_has_feeds_that_the_page_names() -> None:
    store = named()
    page = client(store).get("/my?country=de&section=business")
    assert 'href="/my/feed.atom?country=de&amp;section=business"' in page.text
    assert 'rel="canonical" href="http://127.0.0.1:8000/my?country=de&amp;section=business"' in page.text
    for suffix in ("rss", "atom", "json"):
        feed = client(store).get(f"/my/feed.{suffix}?country=de&section=business")
        assert feed.status_code == 200
        for published, there in ((HARBOUR, True), (JAPANESE, True), (FRENCH, True)):
            assert (published.path in feed.text) is there
    found = json.loads(client(store).get("/my/feed.json?country=de").text)
    assert found["feed_url"] == "http://127.0.0.1:8000/my/feed.json?country=de"
    assert found["home_page_url"] == "http://127.0.0.1:8000/my?country=de"
    assert found["title"].endswith("Germany")
    assert FRENCH.path not in json.dumps(found)
    assert client().get("/my/feed.exe?country=de").status_code == 404


def test_pages_hold_as_many_as_they_should_and_lead_on() -> None:
    few = Settings(page_size=2)
    first = client(named(), few).get("/my?country=de").text
    assert 'href="/my?country=de&amp;page=2"' in first
    second = client(named(), few).get("/my?country=de&page=2").text
    assert "page 2" in second
    assert 'rel="prev" href="/my?country=de"' in second
    paths = [LexborHTMLParser(text).css(".roll h2 a") for text in (first, second)]
    assert not {a.attributes["href"] for a in paths[0]} & {a.attributes["href"] for a in paths[1]}


BAD = ("", "zz", "%00", "%ff", "<script>", "x" * 3000, "%F0%9F%8D%8E", "1", ",,,", "de,zz", "%ED%A0%80", "'\"")


@pytest.mark.parametrize(
    ("name", "value"), list(product(("country", "place", "topic", "source", "match", "page", "x"), BAD))
)
def test_nothing_in_an_address_is_an_error(name: str, value: str) -> None:
    for path in ("/my", "/my/feed.rss"):
        answer = client(named()).get(f"{path}?section=sport&{name}={value}")
        assert answer.status_code == 200
        assert "<script>" not in answer.text


def test_a_slip_gets_a_hint() -> None:
    assert "“zz” is no country here" in client().get("/my?country=zz").text
    assert "There is no page 99" in client().get("/my?country=de&page=99").text
    assert "A page has a number" in client().get("/my?country=de&page=x").text


def test_a_public_edition_shows_of_an_article_only_what_its_publisher_permits() -> None:
    public = Settings(audience=Audience.PUBLIC)
    said = HARBOUR.translation.sentences[1].text
    for rights, there in ((Rights.FULL, True), (Rights.LINK, False)):
        page = client(MemoryShelf([with_rights(HARBOUR, rights)]), public).get("/my?country=de").text
        assert (said in page) is there


def test_saved_says_without_a_script_what_it_needs() -> None:
    page = LexborHTMLParser(client().get("/saved").text)
    hint = page.css("noscript")[0].text(deep=True) or page.css("noscript")[0].html
    assert hint is not None
    assert "Saving needs JavaScript" in hint


def test_an_article_can_be_saved_and_every_page_leads_to_both() -> None:
    page = LexborHTMLParser(client().get(HARBOUR.path).text)
    button = page.css("button[data-save]")[0].attributes
    assert (button["data-save"], button["data-path"]) == (HARBOUR.article.id, HARBOUR.path)
    assert button["data-source"] == "Hafenblatt"
    links = {link.attributes["href"] for link in page.css(".masthead nav a")}
    assert {"/my", "/saved"} <= links


@pytest.mark.parametrize("path", ["/", "/latest", "/politics/", "/search?q=bridge", "/my?country=de", "/country/de"])
def test_each_line_that_leads_to_an_article_can_save_it(path: str) -> None:
    for teaser in LexborHTMLParser(client().get(path).text).css(".teaser"):
        button, link = teaser.css("button.save")[0].attributes, teaser.css(":is(h2, h3) a")[0]
        assert button["data-path"] == link.attributes["href"]
        assert button["data-headline"] == link.text()
        assert str(button["data-save"]) in str(button["data-path"])


def test_privacy_names_what_lies_in_the_browser_and_about_credits_the_gazetteer() -> None:
    privacy = client().get("/privacy").text
    assert "limitedtimes.saved" in privacy
    assert "limitedtimes.area" in privacy
    about = client().get("/about").text
    assert "GeoNames" in about
    assert "https://creativecommons.org/licenses/by/4.0/" in about
