"""The page of a story, its feeds, and what an article's page says of it."""

from __future__ import annotations

import json

from asking import Client, client
from made_up import ARTICLES, shelf

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Published

FIRST, SECOND, THIRD = sorted(ARTICLES, key=lambda one: one.first_published)[:3]
ID = FIRST.article.id


def site(*members: Published, config: Settings | None = None) -> Client:
    store = shelf()
    store.stories = {one.article.id: ID for one in members}
    return client(store, config or Settings())


def test_the_page_of_a_story_names_every_source_and_what_it_says() -> None:
    page = site(FIRST, SECOND, THIRD).get(f"/story/{ID}")
    assert page.status_code == 200
    assert "3 articles from 3 sources" in page.text
    for one in (FIRST, SECOND, THIRD):
        assert one.path in page.text and one.source.name in page.text
        assert one.article.headline in page.text
    assert page.text.index(FIRST.path) < page.text.index(SECOND.path) < page.text.index(THIRD.path)
    assert "First to report" in page.text


def test_the_id_of_a_story_that_was_merged_leads_to_the_one_it_is_in() -> None:
    found = site(FIRST, SECOND).get(f"/story/{SECOND.article.id}")
    assert found.status_code in (301, 308) and found.headers["location"] == f"/story/{ID}"


def test_a_story_that_is_not_there() -> None:
    for path in ("/story/0123456789", "/story/x", f"/story/{THIRD.article.id}", f"/story/{ID}/feed.pdf"):
        assert site(FIRST, SECOND).get(path).status_code == 404


def test_the_feed_of_a_story_has_its_articles_the_latest_first() -> None:
    feed = json.loads(site(FIRST, SECOND).get(f"/story/{ID}/feed.json").text)
    assert [item["id"] for item in feed["items"]] == [f"urn:limitedtimes:{one.article.id}" for one in (SECOND, FIRST)]


def test_an_article_tells_of_its_story_and_has_other_views_first_in_what_to_read_next() -> None:
    page = site(FIRST, SECOND).get(FIRST.path).text
    assert f'href="/story/{ID}"' in page and "One story, 2 sources" in page
    assert page.index(SECOND.path, page.index("Read also")) > 0
    alone = site(FIRST).get(FIRST.path).text
    assert "/story/" not in alone


def test_a_public_edition_shows_of_a_linked_source_one_highlight() -> None:
    closed = site(FIRST, SECOND, config=Settings(audience=Audience.PUBLIC)).get(f"/story/{ID}").text
    assert FIRST.path in closed and "<img" not in closed
