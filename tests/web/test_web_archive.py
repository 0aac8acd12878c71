"""The archive by year and month, the feeds of days, and the sitemaps."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
from asking import client
from lxml import etree
from made_up import ARTICLES, HARBOUR
from memory_shelf import NOW, MemoryShelf
from selectolax.lexbor import LexborHTMLParser

from limitedtimes.contents import ArchiveDay
from limitedtimes.edition import archive, sitemaps
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.sitemaps import Entry
from limitedtimes.model import Moment, Published

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
OPEN = Settings(base_url="https://times.example", title="Harbour & Sons", noindex=False)
SCHEMAS = Path(__file__).with_name("schemas")


def moved(published: Published, at: datetime) -> Published:
    """The article as one of another time."""
    article = replace(published.article, published=Moment(at, at.isoformat()))
    return replace(published, article=article, first_published=at, updated=at + timedelta(minutes=5))


def shelf() -> MemoryShelf:
    """Two articles of this month, one of the month before the last, one of two years ago."""
    times = [NOW, NOW - timedelta(days=3), NOW - timedelta(days=65), NOW - timedelta(days=730)]
    return MemoryShelf([moved(item, at) for item, at in zip(ARTICLES, times, strict=False)])


def get(path: str, store: MemoryShelf | None = None, config: Settings = OPEN) -> httpx.Response:
    return client(store or shelf(), config).get(path)


def links(found: httpx.Response, selector: str) -> list[tuple[str, str]]:
    nodes = LexborHTMLParser(found.text).css(selector)
    return [(str(node.attributes["href"]), " ".join(node.text().split())) for node in nodes]


def test_the_archive_has_every_year_with_its_months() -> None:
    found = get("/archive")
    assert found.status_code == 200
    assert links(found, ".year h2 a") == [("/date/2023", "2023"), ("/date/2021", "2021")]
    assert links(found, ".months a") == [
        ("/date/2023-09", "September 1 article"),
        ("/date/2023-11", "November 2 articles"),
        ("/date/2021-11", "November 1 article"),
    ]
    assert "4 articles" in found.text


def test_a_year_leads_to_the_nearest_years_that_have_articles() -> None:
    found = get("/date/2023")
    assert links(found, ".days a") == [("/date/2021", "← 2021")]
    assert links(found, ".trail a") == [("/archive", "Archive")]
    assert links(get("/date/2021"), ".days a") == [("/date/2023", "2023 →")]


def test_a_month_has_its_days_and_leads_to_the_nearest_months_that_have_articles() -> None:
    found = get("/date/2023-11")
    assert links(found, ".calendar a") == [("/date/2023-11-07", "7 1 article"), ("/date/2023-11-10", "10 1 article")]
    assert links(found, ".days a") == [("/date/2023-09", "← September 2023")]
    assert links(found, ".trail a") == [("/archive", "Archive"), ("/date/2023", "2023")]
    assert links(get("/date/2023-09"), ".days a")[0] == ("/date/2021-11", "← November 2021")


def test_a_month_has_headlines_of_each_day_of_as_many_sources_as_there_are() -> None:
    at = NOW.replace(day=3)
    crowd = [
        moved(
            replace(
                item, article=replace(item.article, url=f"{item.article.url}?{number}"), path=f"/news/{number}.html"
            ),
            at,
        )
        for number, item in enumerate([HARBOUR] * 9 + [ARTICLES[1]])
    ]
    found = get("/date/2023-11", MemoryShelf([*crowd, moved(HARBOUR, NOW)]))
    days = LexborHTMLParser(found.text).css(".day-brief")
    assert [day.css("h2 a")[0].attributes["href"] for day in days] == ["/date/2023-11-10", "/date/2023-11-03"]
    heads = [link.attributes["href"] for link in days[1].css("li > a")]
    assert len(heads) == 4 and "/news/9.html" in heads
    assert "All 10 articles" in days[1].text() and "All" not in days[0].text()


def test_a_day_leads_up_and_has_feeds() -> None:
    found = get("/date/2023-11-10")
    assert [path for path, _ in links(found, ".trail a")] == ["/archive", "/date/2023", "/date/2023-11"]
    feeds = LexborHTMLParser(found.text).css('link[rel="alternate"][type*="+"]')
    assert {str(link.attributes["href"]) for link in feeds} == {
        f"/date/2023-11-10/feed.{kind}" for kind in ("atom", "rss", "json")
    }
    for link in feeds:
        feed = get(str(link.attributes["href"]))
        assert feed.status_code == 200
        assert feed.text.count("urn:limitedtimes:") == 1 and ARTICLES[0].article.id in feed.text
    told = json.loads(get("/date/2023-11-10/feed.json").text)
    assert told["home_page_url"] == "https://times.example/date/2023-11-10"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/date/2022", 404),
        ("/date/2023-10", 404),
        ("/date/2023-13", 400),
        ("/date/1899", 400),
        ("/date/2023-11?page=2", 301),
        ("/date/2023-11/page/2", 400),
        ("/date/2023-11?page=1", 301),
        ("/date/2023-11-09/feed.rss", 404),
        ("/date/2023-11-10/feed.xml", 404),
        ("/date/2023-11/feed.rss", 400),
    ],
)
def test_a_date_without_articles_is_not_here_and_one_that_is_none_cannot_be_meant(path: str, status: int) -> None:
    assert get(path).status_code == status


def test_an_empty_archive_is_a_page() -> None:
    found = get("/archive", MemoryShelf([]))
    assert found.status_code == 200 and "There is nothing here yet" in found.text


def days(*counts: tuple[date, int]) -> list[ArchiveDay]:
    return [ArchiveDay(day, count, datetime(2026, 1, day.day, tzinfo=UTC)) for day, count in counts]


def test_every_day_of_the_archive_stands_on_one_month_page() -> None:
    given = days(*((date(2024, 2, day), day) for day in range(1, 30)))
    page = archive.month(given, date(2024, 2, 1), lambda _: [])
    assert page is not None and page.articles == sum(range(1, 30))
    assert [at.articles for week in page.weeks for at in week if at] == list(range(1, 30))


def addresses(found: httpx.Response) -> list[tuple[str, str]]:
    """Address and last change, of a file that the protocol permits."""
    assert found.status_code == 200 and found.headers["content-type"] == "application/xml; charset=utf-8"
    assert len(found.content) < 10_000_000
    assert against_the_protocol(found.content) == []
    root = ET.fromstring(found.text)
    assert 0 < len(root) <= 50_000
    places = [(child.findtext(f"{SITEMAP}loc", ""), child.findtext(f"{SITEMAP}lastmod", "")) for child in root]
    assert all(place.startswith("https://times.example/") for place, _ in places)
    return places


def against_the_protocol(body: bytes) -> list[str]:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "sitemap.xsd")))
    schema.validate(etree.fromstring(body))
    return [str(error.message) for error in schema.error_log]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<lastmod>2023-11-10T19:05:00Z", b"<lastmod>10 November 2023"),
        (b"https://times.example/", b"/"),
        (b"<url>", b"<url><title>x</title>"),
        (b"<news:language>en", b"<news:language>English"),
        (b"<news:title>", b"<news:title></news:title><news:title>"),
        (b"</news:publication>", b"</news:publication><news:genres>Blog</news:genres>"),
    ],
)
def test_the_schema_sees_what_the_protocol_forbids(right: bytes, wrong: bytes) -> None:
    files = get("/sitemap-2023-11.xml").content, get("/news-sitemap.xml", MemoryShelf([moved(HARBOUR, NOW)])).content
    bodies = [body for body in files if right in body]
    assert bodies and not any(map(against_the_protocol, bodies))
    assert all(against_the_protocol(body.replace(right, wrong)) for body in bodies)


def test_the_sitemap_leads_to_every_article_once_with_its_last_change() -> None:
    store = shelf()
    parts = addresses(get("/sitemap.xml", store))
    assert parts == [
        ("https://times.example/sitemap-pages.xml", ""),
        ("https://times.example/sitemap-2021-11.xml", "2021-11-10T19:05:00Z"),
        ("https://times.example/sitemap-2023-09.xml", "2023-09-06T19:05:00Z"),
        ("https://times.example/sitemap-2023-11.xml", "2023-11-10T19:05:00Z"),
    ]
    files = [place.removeprefix("https://times.example") for place, _ in parts]
    found = [place for file in files[1:] for place in addresses(get(file, store))]
    wanted = {item.path: item.updated for item in store.articles.values()}
    assert len(found) == len(wanted)
    for place, changed in found:
        at = wanted[place.removeprefix("https://times.example")]
        assert changed == at.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert get(place.removeprefix("https://times.example"), store).status_code == 200
    for place, _ in addresses(get("/sitemap-pages.xml", store)):
        assert get(place.removeprefix("https://times.example"), store).status_code == 200


def test_parts_are_days_of_one_month_as_far_as_they_fit_and_a_huge_day_has_several() -> None:
    first, second, third = date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)
    parts = sitemaps.parts(days((first, 3), (second, 2), (third, 1)), most=5)
    assert [(part.name, len(part.days), part.changed.day) for part in parts] == [("2026-01", 2, 31), ("2026-02", 1, 1)]
    parts = sitemaps.parts(days((first, 4), (second, 11)), most=5)
    assert [(part.name, part.days[0].day, part.offset) for part in parts] == [
        ("2026-01", first, 0),
        ("2026-01.2", second, 0),
        ("2026-01.3", second, 5),
        ("2026-01.4", second, 10),
    ]


def test_a_full_part_is_under_ten_megabytes() -> None:
    longest = f"/technology/2026-11-10-{'a' * 60}.0123456789.html"
    body = sitemaps.urls(replace(OPEN, base_url=f"https://{'h' * 150}"), [Entry(longest, NOW)] * sitemaps.PART)
    assert len(body) < 10_000_000


def test_a_part_that_is_not_in_the_index_is_not_there() -> None:
    for path in ("/sitemap-2023-10.xml", "/sitemap-2023-11.2.xml", "/sitemap-x.xml"):
        assert get(path).status_code == 404


def test_the_news_sitemap_has_the_last_two_days_as_google_reads_it() -> None:
    fresh = [moved(item, NOW - timedelta(hours=hours)) for item, hours in zip(ARTICLES, (1, 47, 49), strict=False)]
    found = get("/news-sitemap.xml", MemoryShelf(fresh))
    assert against_the_protocol(found.content) == []
    root = ET.fromstring(found.text)
    assert [child.findtext(f"{SITEMAP}loc") for child in root] == [OPEN.base_url + item.path for item in fresh[:2]]
    for child, item in zip(root, fresh, strict=False):
        (news,) = child.findall(f"{NEWS}news")
        assert [part.tag for part in news] == [f"{NEWS}publication", f"{NEWS}publication_date", f"{NEWS}title"]
        assert news.findtext(f"{NEWS}publication/{NEWS}name") == "Harbour & Sons"
        assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
        assert news.findtext(f"{NEWS}publication_date") == item.first_published.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert news.findtext(f"{NEWS}title")


def test_robots_names_the_sitemaps_where_search_engines_may_come_in() -> None:
    assert get("/robots.txt").text == (
        "User-agent: *\nAllow: /\n"
        "Sitemap: https://times.example/sitemap.xml\nSitemap: https://times.example/news-sitemap.xml\n"
    )


@pytest.mark.parametrize("path", ["/sitemap.xml", "/news-sitemap.xml", "/sitemap-pages.xml", "/sitemap-2023-11.xml"])
def test_an_edition_that_asks_search_engines_to_keep_out_has_no_sitemap(path: str) -> None:
    assert get(path).status_code == 200
    assert get(path, config=Settings()).status_code == 404
    assert "itemap" not in get("/robots.txt", config=Settings()).text
