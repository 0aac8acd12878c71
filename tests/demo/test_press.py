"""The sample press over real sockets on loopback."""

from __future__ import annotations

import gzip
import json
from calendar import timegm
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import brotli
import feedparser
import pytest
import zstandard
from lxml import etree
from protego import Protego

from limitedtimes.demo import Kind, Press, Truth
from limitedtimes.errors import LimitedTimesError
from limitedtimes.model import FeedKind, Source

Decode = Callable[[bytes], bytes]

NOW = datetime(2025, 11, 10, 17, 51, tzinfo=UTC)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(NOW) as running:
        yield running


def ask(url: str, **headers: str) -> tuple[int, Any, bytes]:
    """Status, headers and body of an answer."""
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        answer: HTTPResponse
        with urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def by_source(press: Press) -> list[tuple[Source, list[Truth]]]:
    """Each source with the truth about its articles."""
    return [(source, [truth for truth in press.truth() if truth.source == source.id]) for source in press.sources()]


def locations(sitemap: bytes) -> list[str]:
    """The addresses that a sitemap or a sitemap index lists."""
    return [str(place.text) for place in etree.fromstring(sitemap).iter("{*}loc")]


def unzstd(body: bytes) -> bytes:
    return bytes(zstandard.ZstdDecompressor().decompress(body))


def test_every_address_that_a_feed_gives_is_served(press: Press) -> None:
    for truth in press.truth():
        status, headers, body = ask(truth.url)
        assert (status, headers.get_content_type()) == (200, "text/html"), truth.url
        assert body


def test_every_picture_front_and_robots_file_is_served(press: Press) -> None:
    pictures = [block.picture.url for truth in press.truth() for block in truth.blocks if block.picture]
    assert pictures
    fronts = [source.home for source in press.sources()]
    for url in pictures + fronts + [front + "robots.txt" for front in fronts]:
        assert ask(url)[0] == 200, url


def test_an_address_that_does_not_exist_is_not_found(press: Press) -> None:
    assert ask(press.sources()[0].home + "nowhere")[0] == 404


def test_a_page_that_did_not_change_costs_headers_only(press: Press) -> None:
    for source in press.sources():
        _, headers, _ = ask(source.feeds[0].url)
        for condition in ({"If_None_Match": headers["ETag"]}, {"If_Modified_Since": headers["Last-Modified"]}):
            status, _, body = ask(source.feeds[0].url, **condition)
            assert (status, body) == (304, b"")


def test_an_entity_tag_goes_before_a_date(press: Press) -> None:
    url = press.truth()[0].url
    _, headers, _ = ask(url)
    assert ask(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert ask(url, If_Modified_Since="yesterday, perhaps")[0] == 200


def test_the_press_counts_who_asks_for_what() -> None:
    with Press(NOW) as press:
        url = press.truth()[0].url
        etag = ask(url, User_Agent="reader/1")[1]["ETag"]
        ask(url, If_None_Match=etag)
        host, path = url.removeprefix("http://").split("/", 1)
        assert host in press.hosts
        assert press.requests == {(host, "/" + path): 2}
        assert [(hit.status, hit.conditional) for hit in press.hits] == [(200, False), (304, True)]
        assert press.hits[0].agent == "reader/1"
        assert press.hits[0].at <= press.hits[1].at


def test_a_revision_changes_text_and_validators_and_keeps_address_and_date() -> None:
    with Press(NOW) as press:
        before = {truth.url: truth for truth in press.truth()}
        validators = {url: ask(url)[1]["ETag"] for url in before}
        press.revise()
        changed = [truth for truth in press.truth() if truth != before[truth.url]]
        assert changed
        for truth in changed:
            assert truth.published == before[truth.url].published
            assert truth.modified is not None and truth.modified > truth.published
            assert ask(truth.url, If_None_Match=validators[truth.url])[0] == 200


def test_a_port_that_is_taken_is_named_in_one_line() -> None:
    with Press(NOW) as press:
        port = int(press.origins[0].rpartition(":")[2])
        with pytest.raises(LimitedTimesError, match=f"127.0.0.1:{port} .* leave out --data"):
            Press(NOW, first_port=port)


def test_the_same_moment_and_ports_give_the_same_bytes() -> None:
    with Press(NOW) as one, Press(NOW) as other:
        pairs = list(zip(one.sources(), other.sources(), strict=True))
        for first, second in pairs:
            ours, theirs = (source.home.rstrip("/").encode() for source in (first, second))
            assert ask(first.home)[2].replace(ours, theirs) == ask(second.home)[2]


def test_feeds_list_every_article_with_its_title_and_time(press: Press) -> None:
    for source, expected in by_source(press):
        if source.feeds[0].kind is FeedKind.SITEMAP or source.feeds[0].url.endswith(".json"):
            continue
        feed = feedparser.parse(ask(source.feeds[0].url)[2])
        assert not feed.bozo, feed.get("bozo_exception")
        assert [entry.link for entry in feed.entries] == [truth.url for truth in expected]
        times = [timegm(entry.get("published_parsed") or entry.updated_parsed) for entry in feed.entries]
        assert times == [truth.published.timestamp() for truth in expected]


def test_the_json_feed_lists_every_article_with_its_title_and_time(press: Press) -> None:
    [(source, expected)] = [pair for pair in by_source(press) if pair[0].feeds[0].url.endswith(".json")]
    items = json.loads(ask(source.feeds[0].url)[2])["items"]
    assert [item["url"] for item in items] == [truth.url for truth in expected]
    assert [datetime.fromisoformat(item["date_published"]) for item in items] == [truth.published for truth in expected]


def test_sitemaps_list_every_article_also_by_way_of_an_index(press: Press) -> None:
    for source, expected in by_source(press):
        if source.feeds[0].kind is not FeedKind.SITEMAP:
            continue
        listed = locations(ask(source.feeds[0].url)[2])
        if listed[0].endswith(".gz"):
            listed = locations(gzip.decompress(ask(listed[0])[2]))
        assert listed == [truth.url for truth in expected]


@pytest.mark.parametrize(("coding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress), ("zstd", unzstd)])
def test_a_publisher_compresses_for_those_who_can_read_it(press: Press, coding: str, decode: Decode) -> None:
    [url] = [
        source.home
        for source, publisher in zip(press.sources(), press.publishers, strict=True)
        if publisher.compression == coding
    ]
    _, headers, body = ask(url, Accept_Encoding="gzip, br, zstd")
    assert headers["Content-Encoding"] == coding
    assert decode(body) == ask(url)[2]


def test_encodings_are_declared_in_the_header_or_only_in_the_page(press: Press) -> None:
    declared = {source.id: ask(source.home)[1].get_content_charset() for source in press.sources()}
    assert declared["ru.svetloborskiy-vestnik"] == "windows-1251"
    assert declared["at.lether-tagblatt"] is None
    assert "Vier-Flüsse".encode("latin-1") in b"".join(ask(source.home)[2] for source in press.sources())


def test_robots_files_disallow_an_address_that_a_feed_gives(press: Press) -> None:
    for truth in press.truth():
        origin = "/".join(truth.url.split("/")[:3])
        robots = Protego.parse(ask(f"{origin}/robots.txt")[2].decode())
        assert robots.can_fetch(truth.url, "reader") == (truth.kind is not Kind.DISALLOWED)
        assert "$" not in ask(f"{origin}/robots.txt")[2].decode()


def test_each_kind_of_address_is_there(press: Press) -> None:
    assert {truth.kind for truth in press.truth()} == set(Kind)
