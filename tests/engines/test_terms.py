"""Terms of a glossary in slots: which words of a sentence, in what order, and what the shipped model makes of them."""

from __future__ import annotations

import pytest

from limitedtimes.cli.compose import embedded_models
from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.slots import NAMES, SLOTS, fill
from limitedtimes.engines.terms import found, in_slots, marked, unmet

AMPEL = {"Ampel": "traffic-light coalition"}
A, B = NAMES[:2]


def test_terms_are_whole_words_and_the_longer_ones_first() -> None:
    text = "Die Ampel, die Ampeln und die Ampel-Koalition in Rot-Grün"
    terms = {**AMPEL, "Ampel-Koalition": "coalition", "Grün": "Greens", "": "nothing"}
    assert [(text[start:end], english) for start, end, english in found(text, terms)] == [
        ("Ampel", "traffic-light coalition"),
        ("Ampel-Koalition", "coalition"),
        ("Grün", "Greens"),
    ]
    assert list(found(text, {})) == []


@pytest.mark.parametrize(
    ("english", "lacking"),
    [("The Traffic-light coalition is over.", False), ("The traffic light is over.", True)],
)
def test_a_term_is_unmet_where_its_english_is_missing(english: str, lacking: bool) -> None:
    assert unmet("Die Ampel ist am Ende.", english, AMPEL) is lacking
    assert not unmet("Die Ampeln sind aus.", english, AMPEL)


def test_names_and_terms_are_in_slots_in_their_order_and_what_has_none_left_is_as_it_was() -> None:
    text, hidden = marked("Ampel und Kvarteni, Ampel", AMPEL)
    text, values = in_slots(text.replace("Kvarteni", A), {A: "Kvarteni"}, hidden)
    assert text == f"{A} und {B}, {NAMES[2]}"
    assert list(values.values()) == ["traffic-light coalition", "Kvarteni", "traffic-light coalition"]
    every = ", ".join(NAMES) + ", Kvarteni"
    text, hidden = marked(every, {"Kvarteni": "Quarteny"})
    assert in_slots(text, {name: name.lower() for name in NAMES}, hidden)[0] == every


@pytest.mark.parametrize(
    ("text", "value", "filled"),
    [
        (f"{A} declined.", "the Elysée", "The Elysée declined."),
        (f"In the {A} they declined.", "the Elysée", "In the Elysée they declined."),
        (f"They asked {A}.", "the Elysée", "They asked the Elysée."),
        (f"{A} is here.", "iPhone", "iPhone is here."),
    ],
)
def test_a_wording_with_an_article_is_set_into_its_sentence(text: str, value: str, filled: str) -> None:
    assert fill(text, {A: value}) == filled


@pytest.mark.parametrize(
    ("language", "sentence", "terms"),
    [
        ("de", "Die Ampel will im Herbst 3 neue Gesetze vorlegen.", AMPEL),
        ("de", "Am Montag traf der Minister den Staatschef.", {"Staatschef": "president"}),
        ("es", "Los okupas abandonaron el edificio el viernes.", {"okupas": "squatters"}),
        ("it", "Palazzo Chigi ha smentito la notizia.", {"Palazzo Chigi": "the prime minister's office"}),
    ],
)
def test_what_the_shipped_model_would_say_otherwise_it_says_as_the_glossary_does(
    language: str, sentence: str, terms: dict[str, str]
) -> None:
    engine = Shelf().open(embedded_models() / "many-en")
    [wanted] = terms.values()
    without, within = (engine.translate([sentence], language, given)[0] for given in (None, terms))
    assert all(wanted not in each.text.lower() for each in (without, *without.others))
    assert wanted in within.text.lower()
    assert not any(slot in within.text for slot in (*NAMES, *SLOTS))


def test_other_sentences_and_terms_that_are_met_are_as_without() -> None:
    engine = Shelf().open(embedded_models() / "many-en")
    sentences = ["Das Haus ist alt.", "Das Bundesverfassungsgericht hat die Klage abgewiesen."]
    terms = {"Bundesverfassungsgericht": "Federal Constitutional Court", **AMPEL}
    assert engine.translate(sentences, "de", terms) == engine.translate(sentences, "de")


def test_a_term_that_another_hypothesis_has_needs_no_slot() -> None:
    engine = Shelf().open(embedded_models() / "many-en")
    sentence, terms = (
        "Selon la mairie, la taxe d'habitation augmentera de 3 % en 2025.",
        {"taxe d'habitation": "housing tax"},
    )
    [without], [within] = engine.translate([sentence], "fr"), engine.translate([sentence], "fr", terms)
    assert within == without
    assert "housing tax" not in within.text
    assert any("housing tax" in other.text for other in within.others)
