"""A reader's own choice: its address, what it looks for, and why an article is in it."""

from __future__ import annotations

from urllib.parse import parse_qs

from made_up import HARBOUR, shelf
from memory_shelf import teaser_of

from limitedtimes.edition.area import Area, names, read, reasons, search
from limitedtimes.edition.names import COUNTRIES
from limitedtimes.edition.regions import REGIONS
from limitedtimes.place import Place
from limitedtimes.search import Hit, Search, Term

SOURCES = shelf().sources()
ALL = {
    "country": ["es", "ua"],
    "region": ["oceania"],
    "place": ["Kyiv"],
    "language": ["fr"],
    "source": ["de.hafenblatt"],
    "section": ["sport"],
    "topic": ["bridges", "prime minister"],
    "match": ["each"],
}
HIT = Hit(teaser_of(HARBOUR), ((HARBOUR.article.headline, False),))


def test_an_address_says_the_same_for_the_same_choice() -> None:
    reading = read(ALL, SOURCES)
    assert reading.hints == ()
    again = read(parse_qs(reading.area.query), SOURCES)
    assert again == reading
    joined = {kind: [",".join(values)] for kind, values in ALL.items()}
    assert read(joined, SOURCES) == reading
    assert names(reading.area, SOURCES) == (
        "Spain", "Ukraine", "Oceania", "Kyiv", "from French", "Hafenblatt", "Sport", "bridges", "prime minister",
    )  # fmt: skip


def test_what_cannot_be_chosen_gets_a_hint_and_the_rest_counts() -> None:
    reading = read({"country": ["zz", "ES"], "colour": ["red"], "match": ["most"], "place": ["?!", "x" * 61]}, SOURCES)
    assert reading.area == Area({"country": ("es",)})
    said = " ".join(reading.hints)
    assert all(word in said for word in ("“zz” is no country", "“colour”", "match", "“?!” is no place", "“xxx"))
    assert read({"country": ["", " ,, "]}, SOURCES).area.query == ""


def test_a_choice_without_end_is_cut_with_a_hint() -> None:
    reading = read({"topic": [f"word{number}" for number in range(50)], "place": ["a"] * 10_000}, SOURCES)
    assert len(reading.area.of("topic")) == 12
    assert reading.area.of("place") == ("a",)
    assert any("first 12" in hint for hint in reading.hints)
    assert len(read({"place": [str(number) for number in range(9999)]}, SOURCES).area.of("place")) == 120


def test_any_choice_is_enough_unless_one_of_each_kind_is_wanted() -> None:
    any_of = read(ALL | {"match": ["any"]}, SOURCES).area
    wanted = search(any_of)
    assert wanted is not None
    assert wanted.words == ((Term("bridges"),), (Term("prime minister"),))
    assert wanted.loose
    each = search(read(ALL, SOURCES).area)
    assert each == Search(
        words=((Term("bridges"), Term("prime minister")),),
        areas=("es", "ua", *REGIONS["oceania"].countries),
        places=("Kyiv",),
        languages=("fr",),
        sources=("de.hafenblatt",),
        sections=("sport",),
    )
    assert search(Area()) is None


def test_each_country_is_in_one_region() -> None:
    assert sorted(code for region in REGIONS.values() for code in region.countries) == sorted(COUNTRIES)


def test_the_reasons_name_each_choice_that_an_article_fits() -> None:
    area = read({"country": ["de", "ua"], "place": ["lyon"], "language": ["de"], "section": ["politics"]}, SOURCES).area
    places = [Place("Germany", "de"), Place("Kyiv", "ua"), Place("Lyon", "fr"), Place("Nice", "fr")]
    assert reasons(HIT, places, area) == (
        "from Germany",
        "mentions Kyiv and Lyon",
        "translated from German",
        "in Politics",
    )
    assert reasons(HIT, places, read({"source": ["de.hafenblatt"]}, SOURCES).area) == ("by Hafenblatt",)
    assert reasons(HIT, places, read({"country": ["fr"]}, SOURCES).area) == ("mentions Lyon and Nice",)
    assert reasons(HIT, [], read({"country": ["fr"]}, SOURCES).area) == ()


def test_of_many_places_a_few_are_named_and_the_others_counted() -> None:
    area = read({"country": ["ua"]}, SOURCES).area
    towns = [Place(name, "ua") for name in ("Kyiv", "Lviv", "Odesa", "Dnipro", "Sumy")]
    assert reasons(HIT, towns, area) == ("mentions Kyiv, Lviv, Odesa and 2 more",)
    assert reasons(HIT, towns[:3], area) == ("mentions Kyiv, Lviv and Odesa",)


def test_a_topic_is_shown_as_the_article_has_it() -> None:
    area = read({"topic": ["bridge"]}, SOURCES).area
    hit = Hit(HIT.teaser, (("New ", False), ("Bridges", True)), ((" the ", False), ("bridge", True)))
    assert reasons(hit, [], area) == ("has “bridges”, “bridge”",)
