"""The sample press as the rooms of the line see it: its feeds read, its pages fetched and extracted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from limitedtimes.demo import Kind, Press
from limitedtimes.errors import FetchError
from limitedtimes.fetch import Fetcher, Limits
from limitedtimes.line import read_feed
from limitedtimes.model import Entry, FeedPointer, Harvest, Request, Source

NOW = datetime(2025, 11, 10, 17, 51, tzinfo=UTC)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(NOW) as running:
        yield running


@pytest.fixture(scope="module")
def fetcher(press: Press) -> Iterator[Fetcher]:
    fetcher = Fetcher(Limits(allow_hosts=press.hosts, delay=0), clock=lambda: NOW, sleep=lambda seconds: None)
    yield fetcher
    fetcher.close()


def look(fetcher: Fetcher, feed: FeedPointer, source: Source) -> Harvest:
    page = fetcher.get(Request(feed.url), gzip=True)
    return read_feed(page, feed, source, NOW)


def entries(fetcher: Fetcher, source: Source) -> list[Entry]:
    """All entries of a source, also those that an index points to."""
    found = []
    for feed in source.feeds:
        harvest = look(fetcher, feed, source)
        found += [
            *harvest.entries,
            *(entry for child in harvest.children for entry in look(fetcher, child, source).entries),
        ]
    return found


def test_every_feed_gives_its_articles_with_their_times(press: Press, fetcher: Fetcher) -> None:
    for source in press.sources():
        truths = {truth.url: truth for truth in press.truth() if truth.source == source.id}
        found = entries(fetcher, source)
        assert {entry.url for entry in found} == truths.keys()
        for entry in found:
            moment = entry.published or entry.updated
            assert moment is not None and moment.at == truths[entry.url].published, entry.url


def test_pages_come_whole_and_readable_whatever_their_compression(press: Press, fetcher: Fetcher) -> None:
    for truth in press.truth():
        if truth.kind is Kind.DISALLOWED:
            continue
        page = fetcher.get(Request(truth.url))
        assert b"</html>" in page.body


def test_an_address_that_robots_txt_disallows_is_not_fetched(press: Press, fetcher: Fetcher) -> None:
    [disallowed] = [truth for truth in press.truth() if truth.kind is Kind.DISALLOWED]
    with pytest.raises(FetchError) as refused:
        fetcher.get(Request(disallowed.url))
    assert refused.value.reason == "robots"
    assert disallowed.url.removeprefix("http://") not in {host + path for host, path in press.requests}
