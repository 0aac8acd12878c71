"""Places: what a text names, and what only looks like a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from test_highlights import pair

from limitedtimes.edition.names import COUNTRIES
from limitedtimes.enrich.places import find, gazetteer, locate
from limitedtimes.enrich.places.gazetteer import Kind, words
from limitedtimes.model import Origin, Source
from limitedtimes.place import Place

FOLDER = Path(__file__).parent / "places"
FLOORS = {"tried": (1.0, 1.0), "measured": (0.94, 0.93), "press": (0.95, 1.0)}
"""Precision and recall of names with their country. They may rise, and never sink."""


@dataclass(frozen=True)
class Labelled:
    text: str
    home: str
    named: frozenset[tuple[str, str]]


def labelled(name: str) -> Iterator[Labelled]:
    """Pairs of lines: a text, perhaps behind ``@es``, and ``= Name/cc; Name/cc``."""
    rows = [row for row in (FOLDER / f"{name}.txt").read_text().splitlines() if row and not row.startswith("#")]
    for text, names in zip(rows[::2], rows[1::2], strict=True):
        assert names.startswith("="), text
        home = text[1:3] if text.startswith("@") else ""
        parts = (part.strip().rpartition("/") for part in names[1:].split(";") if part.strip())
        yield Labelled(text[4:] if home else text, home, frozenset((place, country) for place, _, country in parts))


def places(*sentences: str, home: str = "") -> list[tuple[str, str]]:
    return [(place.name, place.country) for place in find(sentences, gazetteer(), home=home)]


def scores(name: str, *, countries: bool) -> tuple[float, float, int]:
    """Precision, recall, and how many there are to be found."""
    right = found = there = 0
    for case in labelled(name):
        got, wanted = set(places(case.text, home=case.home)), set(case.named)
        if countries:
            got, wanted = {("", code) for _, code in got}, {("", code) for _, code in wanted}
        right, found, there = right + len(got & wanted), found + len(got), there + len(wanted)
    return right / found, right / there, there


@pytest.mark.parametrize("name", FLOORS)
def test_precision_and_recall_do_not_sink(name: str) -> None:
    for countries in (False, True):
        precision, recall, there = scores(name, countries=countries)
        print(f"{name}, {'countries' if countries else 'places'}: P {precision:.3f} R {recall:.3f} of {there}")
        assert (precision, recall) >= FLOORS[name]
        assert recall >= FLOORS[name][1]


def test_a_name_of_two_places_is_the_far_larger_one_unless_the_text_names_the_country_of_the_other() -> None:
    assert places("The mayor of Birmingham resigned.") == [("Birmingham", "gb")]
    assert ("Birmingham", "us") in places("The mayor of Birmingham resigned.", "The US governor was silent.")
    assert places("The mayor of Cambridge resigned.") == []
    assert places("American and Canadian tourists filled Paris.")[-1] == ("Paris", "fr")


def test_a_name_between_two_countries_that_are_both_named_stays_out() -> None:
    assert ("Georgia", "ge") in places("Georgia is calm.", "Tbilisi is awake.")
    assert ("Georgia", "us") in places("Georgia is calm.", "Ohio is awake.")
    named = places("Georgia is calm.", "Tbilisi and Ohio are awake.")
    assert "Georgia" not in [name for name, _ in named]


def test_where_it_was_published_decides_between_places_of_like_size() -> None:
    assert places("The mayor of Valencia resigned.") == []
    assert places("The mayor of Valencia resigned.", home="es") == [("Valencia", "es")]
    assert places("The mayor of Valencia resigned.", home="ve") == [("Valencia", "ve")]


def test_who_is_named_in_full_once_is_a_person_everywhere() -> None:
    assert places("Whitney Houston sang.", "Houston was tired.") == []
    assert places("Whitney Houston sang.", "She lived in Houston.") == [("Houston", "us")]


def test_places_are_counted_and_stand_in_the_order_of_the_text() -> None:
    found = find(["Lviv waits.", "The Germans and a German left Lviv."], gazetteer())
    assert found == (Place("Lviv", "ua", 2), Place("Germany", "de", 2))


@pytest.mark.parametrize("text", ["", " ", "…", "Sankt-", "of of of", "Paris" * 999, "\ud800 Paris\x00", "É" * 500])
def test_no_text_breaks_it(text: str) -> None:
    assert len(places(text)) <= 1


def test_a_sentence_that_has_no_english_names_nothing() -> None:
    article, translation = pair("Der Bote kam aus Kyiv.")
    source = Source("de.x", "X", "https://x.example/", "de", ("de",), "UTC")
    lines = [replace(line, text="The messenger came from Kyiv.") for line in translation.sentences]
    english = replace(translation, sentences=tuple(lines))
    assert [place.name for place in locate(article, english, source=source).found] == ["Kyiv"]
    lost = replace(english, sentences=tuple(replace(line, origin=Origin.NONE) for line in lines))
    assert locate(article, lost, source=source).found == ()
    assert locate(article, lost).article == article.id


def test_every_country_that_pages_name_is_known_by_that_name() -> None:
    entries = gazetteer().entries
    for code, name in COUNTRIES.items():
        entry = entries[" ".join(words(name))]
        assert (entry.place, code in entry.bearers) == (name, True), code
    assert {code for entry in entries.values() if entry.kind is Kind.COUNTRY for code in entry.bearers} <= set(
        COUNTRIES
    )
