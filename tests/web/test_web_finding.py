"""Search, countries, languages, topics and the calendar, over HTTP."""

from __future__ import annotations

import html

import pytest
from asking import DEFAULT, client
from made_up import HARBOUR, shelf
from memory_shelf import MemoryShelf, with_rights

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Rights


def test_a_search_shows_what_it_finds_with_marks() -> None:
    word = HARBOUR.article.headline.split()[0]
    page = client().get(f"/search?q={word}+source:hafenblatt")
    assert page.status_code == 200
    assert HARBOUR.path in page.text
    assert "<mark>" in page.text
    assert f'value="{word} source:hafenblatt"' in page.text


@pytest.mark.parametrize("asked", ["", "?q=", "?q=%22open", "?q=NOT", "?q=sorce:x", "?q=%00%ff", "?q=" + "x" * 5000])
def test_no_query_is_an_error(asked: str) -> None:
    assert client().get(f"/search{asked}").status_code == 200


def test_bad_syntax_gets_a_hint() -> None:
    assert "did you mean source:?" in client().get("/search?q=sorce:hafenblatt").text


def test_a_query_is_text_in_the_page() -> None:
    page = client().get("/search?q=%3Cscript%3E%22onload%3Dx").text
    assert "<script>" not in page
    assert '"onload' not in page


def test_a_page_of_hits_that_does_not_exist_is_missing() -> None:
    assert client().get("/search?q=zzzz&page=2").status_code == 404
    assert client().get("/search?q=zzzz&page=x").status_code == 400


def test_a_public_search_shows_no_piece_of_what_may_only_be_linked() -> None:
    public = Settings(audience=Audience.PUBLIC)
    for rights, pieces in ((Rights.FULL, True), (Rights.LINK, False), (Rights.EXCERPT, False)):
        store = MemoryShelf([with_rights(HARBOUR, rights)])
        assert ("… a piece" in client(store, public).get("/search?q=country:de").text) is pieces


@pytest.mark.parametrize(
    ("path", "title"), [("/country/de", "Germany"), ("/language/de", "From German"), ("/topic/harbour", "Harbour")]
)
def test_a_country_a_language_and_a_topic_have_a_page_and_feeds(path: str, title: str) -> None:
    page = client().get(path)
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert f'href="{path}/feed.atom"' in page.text
    for suffix in ("rss", "atom", "json"):
        feed = client().get(f"{path}/feed.{suffix}")
        assert feed.status_code == 200
        assert (HARBOUR.path in feed.text) == (HARBOUR.path in page.text)
    assert HARBOUR.path in client().get("/country/de").text
    assert HARBOUR.path not in client().get("/country/fr").text


@pytest.mark.parametrize(
    "path", ["/country/zz", "/language/xx", "/topic/-", "/topic/a_b", "/topic/" + "x" * 99, "/country/de/feed.exe"]
)
def test_what_is_no_country_language_or_topic_is_missing(path: str) -> None:
    assert client().get(path).status_code == 404


def test_a_search_has_feeds_that_its_page_names() -> None:
    word = HARBOUR.article.headline.split()[0]
    page = client().get(f"/search?q={word}+source:hafenblatt").text
    for suffix in ("rss", "atom", "json"):
        address = f"/search/feed.{suffix}?q={word}%20source%3Ahafenblatt"
        assert f'href="{address}"' in page
        feed = client().get(address)
        assert feed.status_code == 200
        assert HARBOUR.path in feed.text
        assert html.escape(f"{DEFAULT.base_url}{address}") in feed.text.replace("\\/", "/")
    assert HARBOUR.path not in client().get("/search/feed.atom?q=zzzz").text
    assert client().get("/search/feed.atom").status_code == 200
    assert client().get("/search/feed.exe?q=x").status_code == 404


def test_a_day_has_a_calendar_of_its_month_with_counts() -> None:
    page = client().get("/date/2023-11-10").text
    assert "<h1>All news articles on 2023-11-10</h1>" in page
    count = shelf().archive_days()[-1].articles
    assert f'<a href="/date/2023-11-10" aria-current="date">10 <span class="small">{count}' in page
    assert 'href="/date/2023-11-30"' not in page
