"""The texts themselves: complete, free of contradiction on any day, and well-formed as pages."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from limitedtimes.demo.calendar import days_named, fill, visible
from limitedtimes.demo.pictures import MOTIFS, draw
from limitedtimes.demo.printing import Printed, inline_html, plain, truth, typeset
from limitedtimes.demo.site import build_site, print_edition
from limitedtimes.demo.texts import Kind, Publisher, pieces, publishers
from limitedtimes.model import SECTIONS, Block, BlockKind

NOW = datetime(2025, 11, 10, 17, 51, tzinfo=UTC)
ORIGIN = "http://127.0.0.1:8101"
PUBLISHERS = publishers()
UNKNOWN_TAG = 801
"""libxml2's complaint about every element that HTML 4 had not."""

each_publisher = pytest.mark.parametrize("publisher", PUBLISHERS, ids=lambda publisher: publisher.id)
moments = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def test_six_languages_have_a_publisher_and_german_has_two() -> None:
    languages = [publisher.language for publisher in PUBLISHERS]
    assert {"de", "fr", "es", "it", "pt", "ru"} <= set(languages)
    assert languages.count("de") >= 2


def test_publishers_differ_in_feed_compression_and_encoding() -> None:
    assert {publisher.feed for publisher in PUBLISHERS} == {
        "rss",
        "atom",
        "rdf",
        "json",
        "news-sitemap",
        "sitemap-index",
    }
    assert {"gzip", "br", "zstd"} <= {publisher.compression for publisher in PUBLISHERS}
    assert {"utf-8", "iso-8859-1", "windows-1251"} == {publisher.encoding for publisher in PUBLISHERS}


@each_publisher
def test_a_publisher_has_eight_to_twelve_whole_articles(publisher: Publisher) -> None:
    articles = [text for text in publisher.edition(1) if text.kind is Kind.ARTICLE]
    assert 8 <= len(articles) <= 12
    assert len({text.section for text in articles}) >= 6


@each_publisher
def test_every_article_is_complete(publisher: Publisher) -> None:
    for article in print_edition(publisher, ORIGIN, NOW, 1):
        facts = truth(article)
        if facts.kind is not Kind.ARTICLE:
            continue
        assert facts.headline and facts.standfirst and facts.authors, facts.url
        assert 3 <= len(facts.texts(BlockKind.PARAGRAPH)) <= 7, facts.url
        assert facts.texts(BlockKind.HEADING), facts.url
        assert all(block.picture and block.text and block.picture.credit for block in _pictures(article)), facts.url
        assert not any(mark in block.text for block in facts.blocks for mark in ("**", "](", "{", "##")), facts.url


@each_publisher
def test_every_section_is_one_that_the_edition_knows(publisher: Publisher) -> None:
    assert {section.ours for section in publisher.sections.values()} <= set(SECTIONS)


@each_publisher
def test_addresses_are_unique(publisher: Publisher) -> None:
    paths = [article.path for article in print_edition(publisher, ORIGIN, NOW, 1)]
    assert len(set(paths)) == len(paths)


@each_publisher
def test_every_page_is_well_formed(publisher: Publisher) -> None:
    articles = print_edition(publisher, ORIGIN, NOW, 1)
    for path, resource in build_site(publisher, articles, ORIGIN).items():
        if resource.content_type.startswith("text/html"):
            parser = etree.HTMLParser(encoding=publisher.encoding)
            etree.fromstring(resource.body, parser)
            assert [error.message for error in parser.error_log if error.type != UNKNOWN_TAG] == [], path
            assert b"$" not in resource.body, path


def test_at_least_two_events_are_covered_in_three_languages() -> None:
    languages = defaultdict(set)
    for publisher in PUBLISHERS:
        for text in publisher.edition(1):
            languages[text.event].add(publisher.language)
    del languages[""]
    assert len(languages) >= 2
    assert all(len(covered) >= 3 for covered in languages.values()), languages


@settings(max_examples=60, deadline=None)
@given(now=moments)
def test_no_text_reports_what_has_not_happened_or_announces_what_has(now: datetime) -> None:
    for publisher in PUBLISHERS:
        for text in publisher.texts:
            article = typeset(publisher, text, ORIGIN, now)
            for days in days_named(" ".join([text.headline, text.standfirst, *(piece.text for piece in text.body)])):
                day = now.date() + timedelta(days=days)
                assert (day <= article.published.date()) == (days < 0), (publisher.id, text.name, days)


@given(now=moments)
def test_nothing_is_dated_in_the_future_and_changes_come_after_publication(now: datetime) -> None:
    for publisher in PUBLISHERS:
        for text in publisher.texts:
            article = typeset(publisher, text, ORIGIN, now)
            assert article.published <= article.changed <= now


def test_a_revision_is_newer_than_everything_else_of_its_publisher() -> None:
    for publisher in PUBLISHERS:
        revised = [text for text in publisher.texts if text.edition == 2]
        newest = min(text.minutes_ago for text in publisher.edition(1))
        assert all(text.modified_minutes_ago is not None and text.modified_minutes_ago < newest for text in revised)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "am Samstag (1. November)"),
        ("fr", "samedi (1er novembre)"),
        ("es", "el sábado (1 de noviembre)"),
        ("it", "sabato (1º novembre)"),
        ("pt", "no sábado (1 de novembro)"),
        ("ru", "в субботу (1 ноября)"),
    ],
)
def test_days_are_named_as_each_language_does(language: str, expected: str) -> None:
    assert fill("{on -2} ({date -2})", language, datetime(2025, 11, 3, tzinfo=UTC).date()) == expected


def test_a_page_shows_its_date_in_the_words_of_its_language() -> None:
    assert visible("$day. $month $year, $hour:$minute Uhr", "de", NOW) == "10. November 2025, 17:51 Uhr"


def test_a_text_is_read_piece_by_piece() -> None:
    body = 'One\nline.\n\n## Subhead\n\n> Said.\n\n- first\n- second\n\n![Caption.](town "Name")'
    assert [(piece.kind.value, piece.text) for piece in pieces(body)] == [
        ("paragraph", "One line."),
        ("heading", "Subhead"),
        ("quote", "Said."),
        ("item", "first"),
        ("item", "second"),
        ("picture", "Caption."),
    ]


def test_inline_marks_become_elements_and_vanish_from_the_plain_text() -> None:
    marked = "A **bold** *and* [linked](/there/) word & more"
    assert inline_html(marked) == 'A <strong>bold</strong> <em>and</em> <a href="/there/">linked</a> word &amp; more'
    assert plain(marked) == "A bold and linked word & more"


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_drawing_is_a_small_svg_and_always_the_same(motif: str) -> None:
    drawing = draw(motif, "seed")
    assert etree.fromstring(drawing.encode()).tag == "{http://www.w3.org/2000/svg}svg"
    assert len(drawing) < 10_000
    assert drawing == draw(motif, "seed") != draw(motif, "other")


def _pictures(article: Printed) -> list[Block]:
    return [block for block in truth(article).blocks if block.kind is BlockKind.PICTURE]
