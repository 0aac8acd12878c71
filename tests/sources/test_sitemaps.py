"""Sitemaps of every kind, written here by hand."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from limitedtimes.errors import ExtractError
from limitedtimes.model import FeedKind, FeedPointer, Harvest
from limitedtimes.sources import sitemaps

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
URL = "https://zeitung.example/sitemap.xml"
FEED = FeedPointer(URL, "de.zeitung", FeedKind.SITEMAP, section="Politik")
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def read(body: str | bytes, *, days: int = 7) -> Harvest:
    data = body.encode() if isinstance(body, str) else body
    return sitemaps.parse(data, url=URL, feed=FEED, now=NOW, time_zone="Europe/Berlin", days=days)


def urlset(*urls: str) -> str:
    return f"<?xml version='1.0'?><urlset {NAMESPACES}>{''.join(f'<url>{url}</url>' for url in urls)}</urlset>"


def index(*sitemaps: str) -> str:
    return f"<sitemapindex {NAMESPACES}>{''.join(f'<sitemap>{one}</sitemap>' for one in sitemaps)}</sitemapindex>"


NEWS = urlset(
    """<loc>https://zeitung.example/a?x=1&amp;y=2</loc><lastmod>2026-11-23T10:30:00Z</lastmod>
    <n:news><n:publication><n:name>Zeitung</n:name><n:language>de</n:language></n:publication>
    <n:publication_date>2026-11-23T10:00:00+01:00</n:publication_date>
    <n:title>Brücke &amp;amp; Straße gesperrt</n:title><n:keywords>Brücke, Straße</n:keywords></n:news>
    <image:image><image:loc>https://zeitung.example/a.jpg</image:loc><image:title>Foto</image:title></image:image>"""
)


def test_a_news_sitemap_gives_title_dates_and_language() -> None:
    (entry,) = read(NEWS).entries
    assert entry.url == "https://zeitung.example/a?x=1&y=2"
    assert entry.title == "Brücke & Straße gesperrt"
    assert (entry.language, entry.source, entry.section) == ("de", "de.zeitung", "Politik")
    assert entry.published is not None and entry.updated is not None
    assert (entry.published.at.hour, entry.published.offset_minutes) == (9, 60)
    assert entry.updated.at == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def test_a_gzipped_sitemap_is_read_like_a_plain_one() -> None:
    assert read(gzip.compress(NEWS.encode())).entries == read(NEWS).entries


def test_the_newest_come_first_and_those_without_a_date_last() -> None:
    days = {"alt": "2026-11-20", "neu": "2026-11-23", "ohne": "", "mitte": "2026-11-22"}
    body = urlset(*(f"<loc>/{name}</loc><lastmod>{day}</lastmod>" for name, day in days.items()))
    assert [entry.url.rpartition("/")[2] for entry in read(body).entries] == ["neu", "mitte", "alt", "ohne"]


def test_what_is_older_than_the_days_asked_for_is_left_out() -> None:
    moments = {name: (NOW - timedelta(days=age)).isoformat() for name, age in (("neu", 6), ("alt", 8))}
    body = urlset(*(f"<loc>/{name}</loc><lastmod>{at}</lastmod>" for name, at in moments.items()))
    assert [entry.url.rpartition("/")[2] for entry in read(body).entries] == ["neu"]
    assert len(read(body, days=9).entries) == 2


def test_the_day_of_publication_goes_before_that_of_the_last_change() -> None:
    old = "<n:news><n:publication_date>2019-01-01</n:publication_date></n:news>"
    assert read(urlset(f"<loc>/a</loc><lastmod>2026-11-23</lastmod>{old}")).entries == ()


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    body = "\ufeffhttps://zeitung.example/a\r\n\r\nhttps://zeitung.example/b\nkeine Adresse\n"
    assert [entry.url[-1] for entry in read(body).entries] == ["a", "b"]


def test_of_fifty_thousand_addresses_the_newest_thousand_are_kept() -> None:
    days = (NOW - timedelta(minutes=number) for number in range(50_000, 0, -1))
    body = urlset(*(f"<loc>/{number}</loc><lastmod>{at.isoformat()}</lastmod>" for number, at in enumerate(days)))
    entries = read(body, days=90).entries
    assert len(entries) == 1000
    assert (entries[0].url.rpartition("/")[2], entries[-1].url.rpartition("/")[2]) == ("49999", "49000")


def test_an_index_gives_its_newest_sitemaps_as_children() -> None:
    body = index(
        "<loc>/2026-10.xml</loc><lastmod>2026-10-31</lastmod>",
        "<loc>https://zeitung.example/2026-11.xml.gz</loc><lastmod>2026-11-23T09:00:00Z</lastmod>",
        "<loc>/seiten-2.xml</loc>",
        "<loc>/seiten-10.xml</loc>",
        "<loc>/news.xml</loc>",
        f"<loc>{URL}</loc>",
    )
    harvest = read(body)
    assert harvest.entries == ()
    assert [child.url.rpartition("/")[2] for child in harvest.children] == [
        *("2026-11.xml.gz", "news.xml", "seiten-10.xml", "seiten-2.xml"),
    ]
    assert {(child.kind, child.source, child.section) for child in harvest.children} == {
        (FeedKind.SITEMAP, "de.zeitung", "Politik")
    }


def test_an_index_of_many_sitemaps_asks_for_few_of_them() -> None:
    children = read(index(*(f"<loc>/teil-{number}.xml</loc>" for number in range(5000)))).children
    assert [child.url.rpartition("/")[2] for child in children[:2]] == ["teil-4999.xml", "teil-4998.xml"]
    assert len(children) == sitemaps.CHILDREN


BROKEN = {
    "empty": b"",
    "a feed": b"<rss><channel/></rss>",
    "a web page": b"<!DOCTYPE html><html><body>404</body></html>",
    "a gzip bomb": gzip.compress(b"<urlset>" + b" " * 60_000_000),
    "too many tags": gzip.compress(b"<urlset>" + b"<url/>" * 4_000_000),
    "broken gzip": b"\x1f\x8b" + b"x" * 100,
    "words": b"Hallo Welt",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_sitemap_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(BROKEN[name])
    assert caught.value.reason == "not-a-sitemap"
    assert str(caught.value).startswith(URL)


def test_a_sitemap_that_breaks_off_gives_what_came_before() -> None:
    body = gzip.compress(urlset(*(f"<loc>/{number}</loc>" for number in range(2000))).encode())
    assert 0 < len(read(body[: len(body) // 2]).entries) <= 1000
