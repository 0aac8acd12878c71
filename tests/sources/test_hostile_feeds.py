"""Feeds that are made to hurt: each is answered soon, with little memory, by entries or by one clear error."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.errors import ConfigError, ExtractError
from limitedtimes.model import FeedPointer, Harvest
from limitedtimes.sources import feeds, feeds_of, opml, sitemaps

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
URL = "https://boese.example/feed"
FEED = FeedPointer(URL, "de.boese")
SECONDS = 10
"""Far above what each takes (under a second), far below what a hang takes."""

HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>'
GOOD = b"<item><title>Gut</title><link>/gut</link></item>"
END = b"</channel></rss>"
ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 10))

BODIES = {
    "a million levels": HEAD + GOOD + b"<x>" * 10**6,
    "items in items": HEAD + b"<item>" * 10**5 + GOOD,
    "an attribute of 20 MB": HEAD + GOOD + b'<item a="' + b"x" * 20_000_000 + b'"/>' + END,
    "a text of 20 MB": HEAD + GOOD + b"<item><title>" + b"x" * 20_000_000 + b"</title></item>" + END,
    "a hundred thousand attributes": HEAD + GOOD + b"<item " + b" ".join(b'a%d="x"' % n for n in range(10**5)) + b"/>",
    "a hundred thousand namespaces": HEAD
    + GOOD
    + b"<a "
    + b" ".join(b'xmlns:a%d="x"' % n for n in range(10**5))
    + b"/>",
    "a million children": HEAD + GOOD + b"<item>" + b"<title/>" * 10**6 + b"</item>" + END,
    "fifty thousand entries": HEAD + GOOD * 50_000 + END,
    "a million less-thans": b"<" * 10**6,
    "a million ampersands": HEAD + GOOD + b"<item><title>" + b"&" * 10**6 + b"</title></item>" + END,
    "open comments": HEAD + GOOD + b"<item><title><![CDATA[" + b"<!--" * 25_000 + b"]]></title><link>/b</link></item>",
    "open scripts": HEAD
    + GOOD
    + b"<item><title><![CDATA["
    + b"<script " * 12_000
    + b"]]></title><link>/b</link></item>",
    "open CDATA sections": HEAD + GOOD + b"<![CDATA[" * 10**6,
    "an entity bomb": b"<!DOCTYPE r ["
    + b'<!ENTITY a0 "ha">'
    + ENTITIES
    + b"]>"
    + HEAD[21:]
    + GOOD
    + b"<x>&a9;</x>"
    + END,
    "an outer entity": b'<!DOCTYPE r [<!ENTITY p SYSTEM "file:///etc/passwd">]>'
    + HEAD[21:]
    + GOOD
    + b"<x>&p;</x>"
    + END,
    "deep JSON": b'{"items":' + b"[" * 10**6,
    "a long JSON number": b'{"items": [{"id": ' + b"9" * 10**6 + b"}]}",
    "nothing but zero bytes": b"\x00" * 10**6,
    "UTF-16 in halves": b"\xff\xfe<" + b"\xd8" * 99_999,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_body_is_answered_soon_by_entries_or_by_one_clear_line(name: str) -> None:
    began = time.monotonic()
    try:
        harvest = feeds.parse(BODIES[name], url=URL, feed=FEED, now=NOW)
        assert len(harvest.entries) <= 1000
    except ExtractError as error:
        assert str(error).startswith(URL)
        assert "\n" not in str(error)
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("name", [name for name, body in BODIES.items() if body.startswith(HEAD + GOOD)])
def test_the_good_entry_before_the_trouble_is_kept(name: str) -> None:
    entries = feeds.parse(BODIES[name], url=URL, feed=FEED, now=NOW).entries
    assert (entries[0].title, entries[0].url) == ("Gut", "https://boese.example/gut")


def test_declared_entities_are_never_expanded_nor_files_read() -> None:
    body = b'<!DOCTYPE r [<!ENTITY a "xx"><!ENTITY p SYSTEM "file:///etc/passwd">]><rss><channel><item><link>/a</link>'
    body += b"<title>Von &a; und &p; und &uuml;</title></item></channel></rss>"
    title = feeds.parse(body, url=URL, feed=FEED, now=NOW).entries[0].title
    assert title == "Von &a; und &p; und ü"


def sane(harvest: Harvest) -> None:
    for entry in harvest.entries:
        assert entry.url.startswith(("http://", "https://"))
        assert "\n" not in entry.title and len(entry.title) <= 500 and len(entry.summary) <= 2000
        for moment in (entry.published, entry.updated):
            assert moment is None or moment.at.year >= 1990


PIECES = st.sampled_from(
    b"""<item> </item> <entry> <link>/a</link> <link/href='/b'/> <title> </title> <![CDATA[ ]]> &lt;b&gt; &amp; & < >
    <pubDate>2026-11-23</pubDate> <guid>x</guid> <dc:date>2026</dc:date> \xff \x00 \xe4 text <author><name>A</name> <!--
    --> {"items":[ {"url":"/a" "title":null } ] , <?xml/encoding='gb2312'?> <rss> <feed> <link/xml:base='http://['>c</link>
    <loc>/a</loc> <url> <urlset> <html> <guid/isPermaLink='x'> &nbsp; &#0; &#x110000; <category/term='&#9;'/>""".split()
).map(lambda piece: piece.replace(b"/", b" ", 1) if b"='" in piece else piece + b" ")


@given(st.lists(PIECES, max_size=40).map(b"".join), st.sampled_from([HEAD, b"<feed>", b'{"items":[', b""]))
def test_no_mixture_of_pieces_brings_anything_but_entries_or_an_extract_error(pieces: bytes, head: bytes) -> None:
    for parse in (feeds.parse, sitemaps.parse):
        try:
            sane(parse(head + pieces, url=URL, feed=FEED, now=NOW))
        except ExtractError as error:
            assert "\n" not in str(error)


@given(st.binary(max_size=300))
def test_no_bytes_bring_anything_but_a_result_or_a_clear_error(body: bytes) -> None:
    try:
        sane(feeds.parse(body, url=URL, feed=FEED, now=NOW))
    except ExtractError as error:
        assert "\n" not in str(error)
    feeds_of(body, url=URL)
    try:
        opml.read(body)
    except ConfigError as error:
        assert "\n" not in str(error)
