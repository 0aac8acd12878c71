"""How a reader's query is understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_shelf import SOURCES

from limitedtimes.edition.query import LONGEST, Query, query
from limitedtimes.search import Search, Term

CATALOGUE = list(SOURCES.values())


def read(text: str) -> Query:
    return query(text, CATALOGUE)


def test_words_phrases_alternatives_beginnings_and_exclusions() -> None:
    found = read('floods "prime minister" Rhine OR Elbe elect* -cup')
    assert found.hints == ()
    assert found.search == Search(
        words=((Term("floods"),), (Term("prime minister"),), (Term("Rhine"), Term("Elbe")), (Term("elect", True),)),
        without=(Term("cup"),),
    )


def test_filters_take_codes_and_names() -> None:
    by_code = read("source:de.hafenblatt country:de language:de section:politics from:2023-11-01 to:2023-11-10")
    by_name = read('SOURCE:hafenblatt country:Germany language:"German" section:Politics from:2023-11-01 to:2023-11-10')
    assert (
        by_code.search
        == by_name.search
        == Search(
            sources=("de.hafenblatt",),
            countries=("de",),
            languages=("de",),
            sections=("politics",),
            since=date(2023, 11, 1),
            until=date(2023, 11, 10),
        )
    )
    assert by_code.hints == by_name.hints == ()


def test_a_part_of_a_name_names_every_source_that_has_it() -> None:
    found = read("source:serra source:puerto")
    assert found.search is not None and set(found.search.sources) == {"br.serra", "es.levante"}


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("from:2023 to:2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("from:2024-02 to:2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_months_and_years_are_dates_too(text: str, since: date, until: date) -> None:
    assert read(text).search == Search(since=since, until=until)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('one "two three', "quotation mark"),
        ('"', "A quotation mark with nothing behind it was passed over."),
        ('one ""', "nothing between the quotation marks"),
        ("sorce:merkur", "did you mean source:?"),
        ("zzz:x", "there are source:"),
        ("country:atlantis", "No country here is called “atlantis”"),
        ("country:", "country: has nothing right behind it, and was passed over"),
        ("Country: germany", "write it without a space"),
        ('from:""', "from: has nothing right behind it"),
        ("-source:", "only words can be left out"),
        ("source:nobody", "No source here"),
        ("section:gossip", "Sections are World"),
        ("from:2023-02-30", "is no date"),
        ("to:yesterday", "2023-11-10"),
        ("from:2024 to:2023", "later than"),
        ("-source:merkur", "only words can be left out"),
        ("a*", "three letters"),
        ("... one", "no letter or figure"),
        (" ".join(f"word{number}" for number in range(30)), "12 words"),
        ("x" * 999, "first 300 characters"),
    ],
)
def test_what_cannot_be_taken_as_written_gets_a_hint(text: str, hint: str) -> None:
    assert hint in " ".join(read(text).hints)


def test_what_can_be_understood_is_searched_beside_what_cannot() -> None:
    assert read("floods from:yesterday").search == Search(words=((Term("floods"),),))


@pytest.mark.parametrize("text", ["", "   ", "...", "OR", "from:x", '"', '""'])
def test_an_empty_query_is_no_search(text: str) -> None:
    assert read(text).search is None


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    found = read(text)
    assert len(found.text) <= LONGEST
    assert len(found.search.words if found.search else ()) <= 12
