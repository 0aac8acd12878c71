"""The pure parts of the recipe: what is kept, how it is spelled, how it is mixed. None of them needs torch."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from training.clean import Pair, cleaned, detokenise, good, near_key, normalise, same_figures
from training.mix import drawn, joined, one_pass, quoted, rename, renumber
from training.synthetic import decimal, filled, ordinal, read_templates, thousands
from training.words import Words

DATA = Path(__file__).parents[2] / "training" / "data"
TEMPLATES = read_templates(DATA / "templates.tsv")


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.read(DATA / "words.toml")


def test_quotation_marks_are_spelled_in_one_way() -> None:
    assert normalise("„Ja“, sagte er. »Nein«, ‚so‘\u00a0…") == '"Ja", sagte er. "Nein", \'so\' ...'


def test_spaces_of_the_post_edited_corpus_go() -> None:
    assert detokenise('Er nannte es " sehr gut " , 1.5 km ( fast ) .') == 'Er nannte es "sehr gut", 1.5 km (fast).'


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Siehe https://example.org/ für mehr", "See https://example.org/ for more"),
        ("Das ist ein ziemlich langer Satz, der mehr sagt.", "Short."),
        ("Im Jahr 1998 kamen 300 Leute.", "In 1989, 300 people came."),
        ("The house is in the city and it was old", "Das Haus ist in der Stadt und es war alt"),
        ("foo-utils – Werkzeuge", "foo-utils – tools"),
        ("Linux", "Linux"),
        ("", "Nothing"),
    ],
)
def test_what_is_no_translation_is_dropped(source: str, english: str) -> None:
    assert not good(Pair(source, english, "any"))


def test_separators_do_not_make_figures_differ() -> None:
    assert same_figures("11.000 Euro im Jahr 2020", "11,000 euros in 2020")
    assert same_figures("vor 2 Jahren", "two years ago")
    assert not same_figures("11.000 Euro", "111.000 euros")


def test_held_out_text_and_copies_are_not_learned() -> None:
    pair = Pair("Die Katze schläft auf dem Sofa.", "The cat sleeps on the sofa.", "tatoeba")
    other = pair._replace(source="Der Hund bellt heute sehr laut.", english="The dog barks very loudly today.")
    held_out = frozenset([near_key(other.english)])
    assert list(cleaned([pair, pair, other], held_out=held_out)) == [pair]


def test_names_change_on_both_sides_alike(words: Words) -> None:
    pair = Pair("Toms Hund mag Maria, aber Tom nicht.", "Tom's dog likes Mary, but not Tom.", "tatoeba")
    changed = rename(pair, words, Random(3))
    name = changed.english.split("'s dog")[0]
    assert name != "Tom"
    assert changed.source.count(name) == changed.english.count(name) == 2
    assert "Maria" not in changed.source


def test_names_stay_where_the_sides_differ(words: Words) -> None:
    pair = Pair("Tom kam, und Tom ging.", "Tom came and went.", "tatoeba")
    assert all(rename(pair, words, Random(seed)) == pair for seed in range(20))


def test_figures_change_on_both_sides_alike() -> None:
    pair = Pair("1998 kamen 450 Leute.", "In 1998, 450 people came.", "any")
    changed = {renumber(pair, Random(seed)) for seed in range(20)}
    assert len(changed) > 5
    assert all(same_figures(one.source, one.english) for one in changed)


def test_short_sentences_are_joined_and_none_is_lost() -> None:
    pairs = [Pair(f"Das ist Satz {n}.", f"This is sentence {n}.", "any") for n in range(100, 400)]
    mixed = list(joined(pairs, Random(1)))
    assert len(mixed) < len(pairs)
    for side in (0, 1):
        figures = Counter(word.strip(".,") for pair in mixed for word in pair[side].split() if word[0].isdigit())
        assert figures == Counter(str(n) for n in range(100, 400))


def test_heavier_corpora_are_drawn_more_often() -> None:
    text = "Ein Satz mit fünf Wörtern."
    pairs = [Pair(text, "A sentence with five words.", corpus) for corpus in ("xquad", "ms_businesscentral_docs") * 500]
    counts = Counter(pair.corpus for pair in drawn(pairs, Random(1)))
    assert counts["xquad"] == 1000
    assert 100 < counts["ms_businesscentral_docs"] < 250


def test_quotations_have_marks_on_both_sides(words: Words) -> None:
    pair = quoted(Pair("Wir sind froh.", "We are glad.", "any"), words, Random(5))
    assert pair.source.count('"') >= 2
    assert pair.english.count('"') >= 2


def test_numbers_are_spelled_by_language() -> None:
    assert thousands(11_000) == ("11.000", "11,000")
    assert decimal(1234.56, 1) == ("1.234,6", "1,234.6")
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 42, 90)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "42nd", "90th")
    ]


@pytest.mark.parametrize("number", range(len(TEMPLATES)))
def test_every_template_can_be_filled(number: int, words: Words) -> None:
    pair = filled(TEMPLATES[number], words, Random(number))
    assert "{" not in pair.source + pair.english


def test_a_pass_is_the_same_every_time(words: Words) -> None:
    pairs = [Pair(f"Tom sah {n} Vögel.", f"Tom saw {n} birds.", "tatoeba") for n in range(10, 90)]
    assert one_pass(pairs, [], words, Random(7)) == one_pass(pairs, [], words, Random(7))
