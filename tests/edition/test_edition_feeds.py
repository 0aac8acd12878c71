"""The feeds, as feed readers read them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import feedparser
from lxml import etree
from made_up import ARTICLES, HARBOUR, shelf
from memory_shelf import NOW, MemoryShelf
from pages_of import feed_of

from limitedtimes.edition import feeds
from limitedtimes.edition.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = Settings(base_url="https://limitedtimes.example")


def test_rss_and_atom_say_the_same_to_a_feed_reader() -> None:
    feed = feed_of(shelf(), SETTINGS)
    rss, atom = (feedparser.parse(write(feed)) for write in (feeds.rss, feeds.atom))
    assert not rss.bozo and not atom.bozo
    assert (rss.version, atom.version) == ("rss20", "atom10")
    assert len(rss.entries) == len(atom.entries) == len(ARTICLES)
    for one, other in zip(rss.entries, atom.entries, strict=True):
        assert (one.id, one.link, one.title, one.published_parsed) == (
            other.id,
            other.link,
            other.title,
            other.published_parsed,
        )


def test_an_entry_names_its_original_in_its_language() -> None:
    entry = feedparser.parse(feeds.atom(feed_of(shelf(), SETTINGS))).entries[0]
    assert entry.link == "https://limitedtimes.example" + HARBOUR.path
    via = next(link for link in entry.links if link.rel == "via")
    assert via.href == HARBOUR.article.url and via.hreflang == "de"
    assert HARBOUR.article.headline in entry.summary and "translated by machine from German" in entry.summary


def test_rss_has_what_the_specification_requires() -> None:
    channel = etree.fromstring(feeds.rss(feed_of(shelf(), SETTINGS))).find("channel")
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    own = channel.find(ATOM + "link")
    assert own is not None and own.get("rel") == "self"
    for item in channel.iter("item"):
        assert item.findtext("title") and str(item.findtext("link")).startswith("https://limitedtimes.example/")
        guid = item.find("guid")
        assert guid is not None and guid.get("isPermaLink") == "false"
        date = item.findtext("pubDate") or ""
        assert re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", date)


def test_atom_has_what_the_specification_requires() -> None:
    """RFC 4287, 4.1: id, title, updated; an author for every entry; one alternate link of a type."""
    root = etree.fromstring(feeds.atom(feed_of(shelf(), SETTINGS)))
    assert root.tag == ATOM + "feed"
    entries = root.findall(ATOM + "entry")
    assert entries
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        assert len([link for link in element.findall(ATOM + "link") if link.get("rel") == "alternate"]) == 1
        assert str(element.findtext(ATOM + "updated")).endswith("Z")
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_json_feed_has_what_the_specification_requires() -> None:
    described = json.loads(feeds.json_feed(feed_of(shelf(), SETTINGS)))
    assert described["version"] == "https://jsonfeed.org/version/1.1"
    assert described["feed_url"] == "https://limitedtimes.example/feed.x"
    for item in described["items"]:
        assert item["id"] and item["url"] and item["content_html"] and item["date_published"]
        assert "" not in item.values() and [] not in item.values()


def test_an_id_stays_when_host_headline_and_section_change() -> None:
    moved = replace(HARBOUR, path=HARBOUR.path.replace("/politics/", "/world/").replace("new-bridge", "old-bridge"))
    ids = [
        feedparser.parse(write(feed_of(MemoryShelf([article]), settings))).entries[0].id
        for article, settings in ((HARBOUR, SETTINGS), (moved, Settings(base_url="http://elsewhere.example")))
        for write in (feeds.rss, feeds.atom)
    ]
    assert len(set(ids)) == 1


def test_an_empty_feed_is_valid() -> None:
    feed = feed_of(MemoryShelf([]), SETTINGS)
    assert feedparser.parse(feeds.rss(feed)).bozo == 0
    assert feedparser.parse(feeds.atom(feed)).bozo == 0
    assert json.loads(feeds.json_feed(feed))["items"] == []


def test_a_revision_moves_updated_and_leaves_published() -> None:
    revised = replace(HARBOUR, revision=3, updated=NOW + timedelta(hours=1))
    before, after = (
        feedparser.parse(feeds.atom(feed_of(MemoryShelf([article]), SETTINGS))).entries[0]
        for article in (HARBOUR, revised)
    )
    assert before.published == after.published
    assert before.updated < after.updated
