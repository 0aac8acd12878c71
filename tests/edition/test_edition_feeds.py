"""The feeds, as feed readers read them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from made_up import ARTICLES, HARBOUR, shelf
from memory_shelf import NOW, MemoryShelf, teaser_of
from pages_of import feed_of
from selectolax.lexbor import LexborHTMLParser

from limitedtimes.edition import feeds
from limitedtimes.edition.settings import Settings

SCHEMAS = Path(__file__).with_name("schemas")
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


def test_an_entry_says_how_many_sentences_are_in_doubt_if_any_are() -> None:
    said = [feeds.summary_html(replace(teaser_of(HARBOUR), flags=count)) for count in (0, 1, 2)]
    assert "doubt" not in said[0]
    assert "; 1 sentence in doubt. Original:" in said[1] and "; 2 sentences in doubt. " in said[2]


def allowed(write: feeds.Format, body: bytes) -> list[str]:
    """What is against the rules of the format, and, as feed validators ask too, against those of its HTML and ids."""
    if write is feeds.json_feed:
        rules = Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text(encoding="utf-8")))
        found = json.loads(body)
        return [error.message for error in rules.iter_errors(found)] + unlike(
            [item["id"] for item in found["items"]], [item["content_html"] for item in found["items"]]
        )
    grammar = etree.RelaxNG(etree.parse(str(SCHEMAS / ("atom.rng" if write is feeds.atom else "rss.rng"))))
    root = etree.fromstring(body)
    grammar.validate(root)
    ids = root.findall(f"{ATOM}entry/{ATOM}id") + root.findall("channel/item/guid")
    texts = root.findall(f"{ATOM}entry/{ATOM}summary") + root.findall("channel/item/description")
    links = [(link.getparent(), link.get("rel")) for link in root.iter(f"{ATOM}link")]
    twice = [f"two links {rel}" for place, rel in links if links.count((place, rel)) > 1]
    return (
        [str(error.message) for error in grammar.error_log]
        + twice
        + unlike([str(node.text) for node in ids], [str(node.text) for node in texts])
    )


def unlike(ids: list[str], texts: list[str]) -> list[str]:
    """Ids that come twice, and HTML with what no reader shows or with addresses that mean nothing elsewhere."""
    found = [one for one in ids if ids.count(one) > 1]
    for text in texts:
        for node in LexborHTMLParser(text).css("* > *:not(head, body)"):
            address = node.attributes.get("href", "https://")
            if node.tag not in ("p", "ul", "li", "a", "span") or not str(address).startswith(("https://", "http://")):
                found.append(f"<{node.tag}> {address}")
    return found


@pytest.mark.parametrize("write", [feeds.rss, feeds.atom, feeds.json_feed])
def test_a_feed_is_as_its_format_is_written(write: feeds.Format) -> None:
    bare = replace(HARBOUR, article=replace(HARBOUR.article, authors=(), url="javascript:x"))
    for feed in (
        feed_of(shelf(), SETTINGS),
        feed_of(MemoryShelf([bare]), SETTINGS),
        feed_of(MemoryShelf([]), SETTINGS),
    ):
        assert allowed(write, write(feed)) == []
    others = [replace(feeds.entry_of(teaser), html="<p>ok</p>") for teaser in shelf().teasers(now=NOW, limit=3)]
    assert allowed(write, write(replace(feed_of(MemoryShelf([]), SETTINGS), others=others))) == []


@pytest.mark.parametrize("write", [feeds.rss, feeds.atom, feeds.json_feed])
def test_the_rules_of_the_formats_see_what_is_against_them(write: feeds.Format) -> None:
    (entry,) = map(feeds.entry_of, MemoryShelf([HARBOUR]).teasers(now=NOW, limit=1))
    wrong = [
        replace(entry, title=""),
        replace(entry, html="<script>1</script>"),
        replace(entry, html='<a href="/x">x</a>'),
    ]
    for others in (wrong[:1], wrong[1:2], wrong[2:], [entry, entry]):
        assert allowed(write, write(replace(feed_of(MemoryShelf([]), SETTINGS), others=others)))
    nowhere = replace(feed_of(MemoryShelf([]), SETTINGS), settings=Settings(base_url="times.example"))
    assert allowed(write, write(nowhere))


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
