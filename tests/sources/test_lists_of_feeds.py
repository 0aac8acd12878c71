"""OPML in and out, and feeds that a web page announces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from limitedtimes.errors import ConfigError
from limitedtimes.model import FeedKind, FeedPointer, Source
from limitedtimes.sources import feeds_of, load, opml

LIST = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Presse</title></head><body>
<outline text="Deutschland"><outline title="Lokales">
<outline text="Kaffee &amp; Kuchen" type="rss" xmlUrl="https://a.example/f?x=1&amp;y=2" htmlUrl="https://a.example/"/>
</outline><outline xmlurl="https://b.example/feed"/></outline>
<outline text="Noch einmal" xmlUrl="https://a.example/f?x=1&amp;y=2"/><outline text="Kein Feed" url="https://c.example/"/>
<outline text="Fremd" xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_a_list_gives_each_feed_once_with_title_home_and_folder() -> None:
    assert opml.read(LIST) == [
        opml.Outline("https://a.example/f?x=1&y=2", "Kaffee & Kuchen", "https://a.example/", "Deutschland/Lokales"),
        opml.Outline("https://b.example/feed", "https://b.example/feed", "", "Deutschland"),
    ]


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"Hallo", b"<html><body/></html>", b"\x00\xff"])
def test_what_is_no_list_is_refused_by_name(body: bytes) -> None:
    with pytest.raises(ConfigError, match=r"^meine\.opml: this is not OPML"):
        opml.read(body, name="meine.opml")


def test_a_deep_list_is_read_as_far_as_it_goes() -> None:
    assert opml.read(b"<opml><body>" + b"<outline>" * 10**5) == []


def test_the_catalogue_written_as_opml_reads_back_as_the_same_feeds() -> None:
    sources = list(load())
    written = opml.read(opml.write(sources))
    expected = {feed.url for source in sources for feed in source.feeds if feed.kind is FeedKind.FEED}
    assert {outline.url for outline in written} == expected
    merkur = next(outline for outline in written if "merkur.de" in outline.url)
    assert (merkur.title, merkur.home) == ("Münchner Merkur", "https://www.merkur.de/")


def test_a_name_with_markup_and_a_section_survive_the_round_trip() -> None:
    feed = FeedPointer("https://a.example/f?x=1&y=2", "de.a", section="Kultur")
    source = Source("de.a", '<A> & "B"', "https://a.example/", "de", ("de",), "Europe/Berlin", (feed,))
    (outline,) = opml.read(opml.write([source, replace(source, feeds=())]))
    assert (outline.title, outline.url) == ('<A> & "B" – Kultur', "https://a.example/f?x=1&y=2")


PAGE = b"""<!DOCTYPE html><html><head><base href="https://www.b.example/"><title>Z</title>
<link rel="alternate" type="application/rss+xml" title="RSS" href="/rss.xml">
<link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="atom.xml"/>
<link rel="alternate" type="application/feed+json" href="https://b.example/feed.json">
<link rel="alternate" type="application/rss+xml" href="https://www.b.example/rss.xml">
<link rel="alternate" type="application/json" href="https://www.b.example/wp-json/wp/v2/pages/1">
<link rel="alternate" hreflang="fr" href="https://fr.b.example/"><link rel="stylesheet" type="text/css" href="s.css">
<link rel="alternate" type="application/rss+xml" href="javascript:x"><link rel="alternate" type="application/rss+xml">
</head><body></body></html>"""


def test_the_feeds_that_a_page_announces_are_found() -> None:
    found = feeds_of(PAGE, url="https://b.example/start", source="de.b")
    assert [feed.url for feed in found] == [
        "https://www.b.example/rss.xml",
        "https://www.b.example/atom.xml",
        "https://b.example/feed.json",
    ]
    assert {(feed.source, feed.kind) for feed in found} == {("de.b", FeedKind.FEED)}


@pytest.mark.parametrize("body", [b"", b"  ", b"<html>", b"\xff\xfe", b"<div>" * 10**5])
def test_a_page_without_feeds_has_none(body: bytes) -> None:
    assert feeds_of(body, url="https://b.example/") == ()
