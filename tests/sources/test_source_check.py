"""What `sources check` finds, and what `sources add` makes of a front page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from limitedtimes.errors import ConfigError
from limitedtimes.model import Article, Block, BlockKind, Entry, FeedPointer, Harvest, Moment, Page, Source
from limitedtimes.sources import catalogue, check, dump, feeds_of, sketch

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEED = FeedPointer("https://zeitung.example/rss", "de.zeitung")
SOURCE = Source("de.zeitung", "Zeitung", "https://zeitung.example/", "de", ("de",), "Europe/Berlin", (FEED,))
WHEN = Moment(NOW, "2026-11-23T13:00:00+01:00", 60)
ENTRY = Entry("https://zeitung.example/a", "de.zeitung", title="Brücke", published=WHEN, language="de")
ARTICLE = Article(
    url=ENTRY.url,
    source="de.zeitung",
    language="de",
    headline="Brücke",
    standfirst="",
    authors=(),
    published=WHEN,
    modified=None,
    section="",
    keywords=(),
    free=None,
    blocks=(Block(BlockKind.PARAGRAPH, "Wort " * 200),),
    sentences=(),
    fetched_at=NOW,
)


def harvest(*entries: Entry) -> Harvest:
    return Harvest(FEED, entries)


def test_a_source_that_works_has_no_findings() -> None:
    assert check.review(SOURCE, [harvest(ENTRY)], [ARTICLE]) == []


@pytest.mark.parametrize(
    ("harvests", "finding"),
    [
        ([], "none of its 1 feeds answered"),
        ([harvest()], "https://zeitung.example/rss: has no entries"),
        ([harvest(replace(ENTRY, url="https://anders.example/a"))], 'hosts = ["anders.example"]?'),
        ([harvest(replace(ENTRY, published=None))], "1 of 1 entries have no date"),
        ([harvest(replace(ENTRY, published=Moment(NOW, "23.11.2026 13:00", 60)))], "read as Europe/Berlin"),
        ([harvest(ENTRY, replace(ENTRY, title=""), replace(ENTRY, title=""))], "2 of 3 entries have no title"),
        ([harvest(replace(ENTRY, language="fr"))], "the feed says fr, but languages = ['de']"),
    ],
)
def test_what_is_wrong_with_a_feed_is_found(harvests: list[Harvest], finding: str) -> None:
    (found,) = check.review(SOURCE, harvests)
    assert finding in found


@pytest.mark.parametrize(
    ("article", "finding"),
    [
        (replace(ARTICLE, language="nl"), "its articles are in nl, but languages = ['de']"),
        (replace(ARTICLE, blocks=()), "only 0 words were found"),
        (replace(ARTICLE, published=None), "no date was found"),
        (replace(ARTICLE, headline=""), "no headline was found"),
    ],
)
def test_what_is_wrong_with_an_article_is_found(article: Article, finding: str) -> None:
    (found,) = check.review(SOURCE, [harvest(ENTRY)], [article])
    assert finding in found


def test_a_source_without_feeds_is_told_to_add_one() -> None:
    assert check.review(replace(SOURCE, feeds=()), []) == [
        "it has no feeds: add [[feeds]] with the url of a feed or a sitemap"
    ]


def test_one_foreign_link_or_one_untitled_entry_is_no_finding() -> None:
    odd = replace(ENTRY, url="https://anders.example/a", title="", published=None, language="en")
    assert check.review(SOURCE, [harvest(ENTRY, ENTRY, odd)], [ARTICLE, replace(ARTICLE, language="und")]) == []


def test_bokmal_is_norwegian() -> None:
    norwegian = replace(SOURCE, languages=("no",))
    assert check.review(norwegian, [harvest(replace(ENTRY, language="nb"))], [replace(ARTICLE, language="nn")]) == []


def test_an_index_of_sitemaps_and_an_unchanged_feed_are_not_empty() -> None:
    index, unchanged = Harvest(FEED, (), children=(FEED,)), Harvest(FEED, (), unchanged=True)
    assert check.review(SOURCE, [index, unchanged]) == []


FRONT = """<!DOCTYPE html><html lang="tr-TR"><head><title>Gazete – Son dakika haberleri</title>
<link rel="alternate" type="application/rss+xml" href="/rss"></head><body></body></html>"""
ANNOUNCED = (FeedPointer("https://www.gazete.com.tr/rss", ""),)


def page(body: str, url: str = "https://www.gazete.com.tr/anasayfa") -> Page:
    return Page(url, url, 200, {"content-type": "text/html; charset=utf-8"}, body.encode(), NOW)


def test_a_front_page_gives_a_source_file_that_can_be_read() -> None:
    front = page(FRONT)
    source = sketch(front, feeds_of(front.body, url=front.final_url))
    assert source == Source(
        id="tr.gazete",
        name="Gazete",
        home="https://www.gazete.com.tr/",
        country="tr",
        languages=("tr",),
        time_zone="Europe/Istanbul",
        feeds=(FeedPointer("https://www.gazete.com.tr/rss", "tr.gazete"),),
    )
    assert catalogue.read(dump(source), source_id="tr.gazete", where="x") == source


def test_the_sites_own_name_goes_before_the_title() -> None:
    named = FRONT.replace("<title>", '<meta property="og:site_name" content=" Büyük  Gazete "><title>')
    assert sketch(page(named), ANNOUNCED).name == "Büyük Gazete"


def test_a_given_id_decides_country_and_name() -> None:
    source = sketch(page(FRONT, "https://gazete.example/"), ANNOUNCED, source_id="de.gazete-berlin")
    assert (source.id, source.country, source.time_zone) == ("de.gazete-berlin", "de", "Europe/Berlin")


@pytest.mark.parametrize(
    ("body", "url", "source_id", "message"),
    [
        (FRONT, "https://gazete.com/", "", "com.gazete: no source can be named so; give --id COUNTRY.NAME"),
        (FRONT, "https://gazete.com/", "gazete", "gazete: no source can be named so"),
        (FRONT, "https://gazete.com/", "tr.Gazete!", "tr.Gazete!: no source can be named so"),
        (
            FRONT.replace(' lang="tr-TR"', ""),
            "https://gazete.com.tr/",
            "",
            "does not say its language; give --language, as de",
        ),
        ("", "https://gazete.com.tr/", "", "does not say its language; give --language, as de"),
    ],
)
def test_what_cannot_be_told_is_asked_for(body: str, url: str, source_id: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        sketch(page(body, url), ANNOUNCED, source_id=source_id)
    assert message in str(caught.value)


def test_a_given_language_goes_before_what_the_page_says() -> None:
    silent = page(FRONT.replace(' lang="tr-TR"', ""), "https://gazete.com.tr/")
    assert sketch(silent, ANNOUNCED, language="ku").languages == ("ku",)
    assert sketch(page(FRONT), ANNOUNCED, language="ku").languages == ("ku",)
    with pytest.raises(ConfigError, match=r"^'kurdish' is no ISO 639 code; give --language, as de$"):
        sketch(silent, ANNOUNCED, language="kurdish")


def test_a_british_host_is_in_gb() -> None:
    assert sketch(page(FRONT, "https://www.paper.co.uk/"), ANNOUNCED).id == "gb.paper"


def test_a_feed_says_enough_of_its_site_for_a_source_file() -> None:
    items = "".join(f"<item><link>https://www.gazete.com.tr/{name}</link></item>" for name in "ab")
    feed = f"<rss><channel><title>Gazete</title><language>tr</language>{items}</channel></rss>"
    source = sketch(page(feed, "https://feeds.example/gazete.xml"), ())
    assert (source.id, source.name, source.home) == ("tr.gazete", "Gazete", "https://www.gazete.com.tr/")
    assert source.languages == ("tr",)
    assert [pointer.url for pointer in source.feeds] == ["https://feeds.example/gazete.xml"]


def test_a_front_page_without_a_feed_is_not_enough() -> None:
    with pytest.raises(ConfigError, match="announces no feed; give the address of a feed"):
        sketch(page(FRONT), ())
