"""Sections: what publishers call them, in the languages of the world, and which of ours that is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_highlights import pair

from limitedtimes.enrich.sections import _table, section
from limitedtimes.model import SECTIONS, Article, Source

SOURCE = Source(
    id="de.beispiel",
    name="Beispiel",
    home="https://example.org/",
    country="de",
    languages=("de",),
    time_zone="Europe/Berlin",
    sections={"Bei uns": "local", "wirtschaft": "technology", "kurios": "nonsense"},
)


def item(name: str, path: str = "/1.html") -> Article:
    return replace(pair()[0], section=name, url=f"https://example.org{path}")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Politik", "politics"),
        ("Wirtschaft", "business"),
        ("Panorama", "society"),
        ("SPORT", "sport"),
        ("Kultur", "culture"),
        ("Ausland", "world"),
        ("Économie", "business"),
        ("Deportes", "sport"),
        ("Mundo", "world"),
        ("Общество", "society"),
        ("Экономика", "business"),
        ("政治", "politics"),
        ("スポーツ", "sport"),
        ("경제", "business"),
        ("thể-thao", "sport"),
        ("Politik / Ausland", "world"),
        ("Medio ambiente", "science"),
        ("Meinung", "opinion"),
        ("Quatsch", "news"),
        ("", "news"),
    ],
)
def test_a_name_for_a_section_is_known_in_many_languages(name: str, ours: str) -> None:
    assert section(item(name), None) == ours


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("/politik/ausland/putin-warnung-100.html", "world"),
        ("/sport/fussball/premier-league/ein-spiel.html", "sport"),
        ("/2024/04/sport-im-alter.html", "news"),
        ("/%D1%81%D0%BF%D0%BE%D1%80%D1%82/1", "sport"),
        ("/kultur", "news"),
        ("/politik-und-macht/5481-titel", "politics"),
        ("", "news"),
    ],
)
def test_an_address_tells_the_section_where_the_page_does_not(path: str, ours: str) -> None:
    assert section(item("", path), None) == ours


def test_the_name_on_the_page_counts_before_the_address() -> None:
    assert section(item("Kultur", "/politik/1.html"), None) == "culture"


def test_a_publishers_own_table_counts_before_ours() -> None:
    assert section(item("Bei uns", "/politik/1.html"), SOURCE) == "local"
    assert section(item("", "/wirtschaft/1.html"), SOURCE) == "technology"
    assert section(item("Kurios"), SOURCE) == "news"


def test_the_table_names_all_of_our_sections_and_no_other() -> None:
    assert set(_table().values()) == set(SECTIONS) - {"news"}
