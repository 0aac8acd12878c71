"""Figures are hidden whole, come back in English, and take article and ordinal with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.engines.slots import COUNT, NAMES, SLOTS, clean, fill, hide, hide_words, in_english, lost

A, B, C = SLOTS[:3]
N = NAMES[0]


@pytest.mark.parametrize(
    ("figure", "english"),
    [
        ("11.000", "11,000"),
        ("1.234.567,89", "1,234,567.89"),
        ("11 000", "11,000"),
        ("11\u202f000,5", "11,000.5"),
        ("3,5", "3.5"),
        ("1'200", "1,200"),
        ("12h30", "12:30"),
        ("7 h 05", "7:05"),
        ("1990", "1990"),
        ("12.03.2024", "12.03.2024"),
        ("2023/24", "2023/24"),
        ("3:1", "3:1"),
        ("4.0", "4.0"),
        ("0,5", "0.5"),
        ("12\u00a0h\u00a030", "12:30"),
        ("+49 30 123 456", "+49 30 123 456"),
        ("0 800 123 456", "0 800 123 456"),
        ("030.123.456", "030.123.456"),
        ("192.168.100.200", "192.168.100.200"),
        ("1.192.168.100", "1.192.168.100"),
        ("1.192.268.100", "1,192,268,100"),
    ],
)
def test_a_figure_is_written_as_english_writes_it(figure: str, english: str) -> None:
    assert in_english(figure) == english
    assert hide(figure) == (A, {A: english})


@pytest.mark.parametrize(
    ("text", "hidden", "figures"),
    [
        ("Le 1er mai, 20 000 personnes", f"Le {A}er mai, {B} personnes", ["1", "20,000"]),
        ("24-летний, 1990er, 5-2.", f"{A}-летний, {B}er, {C}-{SLOTS[3]}.", ["24", "1990", "5", "2"]),
        ("G20, A4, MP3", "G20, A4, MP3", []),
        ("3,5 %, 12.000.", f"{A} %, {B}.", ["3.5", "12,000"]),
        (f"was {A} war", "was  war", []),
    ],
)
def test_only_whole_figures_are_hidden(text: str, hidden: str, figures: list[str]) -> None:
    assert hide(clean(text)) == (hidden, dict(zip(SLOTS, figures, strict=False)))


@pytest.mark.parametrize(
    ("text", "values", "filled"),
    [
        (f"a {A}-year-old", ["18"], "an 18-year-old"),
        (f"an {A}-year-old", ["17"], "a 17-year-old"),
        (f"A {A} euro fine", ["8,000"], "An 8,000 euro fine"),
        (f"a {A} km road", ["1800"], "an 1800 km road"),
        (f"a {A} km road", ["1,800"], "a 1,800 km road"),
        (f"the {A}th and the {B}th", ["2", "11"], "the 2nd and the 11th"),
        (f"on the A {A} near Ulm", ["8"], "on the A 8 near Ulm"),
        (f"He left. A {A}-year-old stayed.", ["8"], "He left. An 8-year-old stayed."),
        (f"the {A}th visitor", ["100,000"], "the 100,000th visitor"),
        (f"the {A}st of {B}th", ["23", "1999"], "the 23rd of 1999"),
        (f"up {A}th percent", ["3.5"], "up 3.5 percent"),
        (f"no {C} here", ["1"], "no  here"),
    ],
)
def test_a_filled_slot_takes_its_article_and_ordinal_with_it(text: str, values: list[str], filled: str) -> None:
    assert fill(text, dict(zip(SLOTS, values, strict=False))) == filled


def test_a_name_takes_its_article_with_it() -> None:
    filled = fill(f"a {N} match and an {NAMES[1]} one", {N: "Ajax", NAMES[1]: "Benfica"})
    assert filled == "an Ajax match and a Benfica one"


def test_what_is_lost_doubled_or_invented_is_counted() -> None:
    values = {A: "1", B: "2", N: "Ostrava"}
    assert lost(f"{B} and {N}, {A}", values) == 0
    assert lost(f"{A} and {A}, {N}", values) == 2
    assert lost(f"{A} {B} {C} {N} {NAMES[1]}", values) == 2


def test_a_comma_that_may_group_or_not_is_left_in_spanish() -> None:
    assert [in_english("1,500", language) for language in ("es", "de")] == ["1,500", "1.500"]
    assert hide("1,500 o 1,5", "es")[1] == {A: "1,500", B: "1.5"}


@given(st.text(alphabet="0123456789 .,:'xyzÄж-%\u202f" + A, max_size=80))
def test_nothing_of_a_text_but_private_characters_is_lost(text: str) -> None:
    hidden, figures = hide(clean(text))
    assert len(figures) <= COUNT
    assert lost(hidden, figures) == 0
    words = [char for char in fill(hidden, figures) if char.isalnum()]
    assert words == [char for char in text if char.isalnum()]


NUMBER_WORDS = {"once": "eleven", "tres": "three", "treinta": "thirty", "dos": "", "una": ""}


@pytest.mark.parametrize(
    ("text", "hidden", "values"),
    [
        ("Once heridos leves", f"{A} heridos leves", ["eleven"]),
        ("los 12 y los tres", f"los {A} y los {B}", ["12", "three"]),
        ("treinta y tres años", "treinta y tres años", []),
        ("treinta y dos años", "treinta y dos años", []),
        ("los dos y las tres", f"los dos y las {A}", ["three"]),
        ("tres o una", f"{A} o una", ["three"]),
        ("treinta tres", "treinta tres", []),
        ("treinta-tres; entonces", "treinta-tres; entonces", []),
    ],
)
def test_number_words_are_hidden_but_for_parts_of_longer_ones(text: str, hidden: str, values: list[str]) -> None:
    assert hide_words(*hide(text), NUMBER_WORDS) == (hidden, dict(zip(SLOTS, values, strict=False)))


def test_no_more_number_words_are_hidden_than_there_are_slots_left() -> None:
    text, values = hide_words(
        *hide(", o ".join(str(n) for n in range(11)) + " y más que tres u otros once"), NUMBER_WORDS
    )
    assert (len(values), text[-4:]) == (COUNT, "once")


def test_a_number_word_begins_a_sentence_with_a_capital() -> None:
    values = {A: "eleven", B: "three", C: "ten"}
    assert fill(f"{A} hurt. {B} dead, {C} missing", values) == "Eleven hurt. Three dead, ten missing"
    assert fill(f"{A} hurt ({B} badly): {C} saved", values) == "Eleven hurt (three badly): ten saved"
    assert fill(f"an {B}-year-old, a {A}-year-old", {A: "eleven", B: "three"}) == "a three-year-old, an eleven-year-old"
