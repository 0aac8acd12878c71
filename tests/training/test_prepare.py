"""The pure parts of the recipe: what is kept, how it is spelled, how it is mixed. None of them needs torch."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from limitedtimes.engines.names import Names
from limitedtimes.engines.slots import NAMES, SLOTS
from training.clean import Pair, cleaned, detokenise, good, near_key, normalise, same_figures
from training.languages import LANGUAGES, Language
from training.mix import drawn, joined, listed, one_pass, quoted, rename
from training.slotted import named, number_words, slotted, translated, worded
from training.synthetic import filled, number, ordinal

KNOWN = {code: Language.read(code) for code in LANGUAGES}
GERMAN = KNOWN["de"]
OWN = GERMAN.function_words


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
    assert not good(Pair(source, english, "any"), OWN)


def test_separators_do_not_make_figures_differ() -> None:
    assert same_figures("11.000 Euro im Jahr 2020", "11,000 euros in 2020")
    assert same_figures("vor 2 Jahren", "two years ago")
    assert not same_figures("11.000 Euro", "111.000 euros")


def test_held_out_text_and_copies_are_not_learned() -> None:
    pair = Pair("Die Katze schläft auf dem Sofa.", "The cat sleeps on the sofa.", "tatoeba")
    other = pair._replace(source="Der Hund bellt heute sehr laut.", english="The dog barks very loudly today.")
    held_out = frozenset([near_key(other.english)])
    assert list(cleaned([pair, pair, other], OWN, held_out=held_out)) == [pair]


def test_names_change_on_both_sides_alike() -> None:
    pair = Pair("Toms Hund mag Maria, aber Tom nicht.", "Tom's dog likes Mary, but not Tom.", "tatoeba")
    changed = rename(pair, GERMAN, Random(3))
    name = changed.english.split("'s dog")[0]
    assert name != "Tom"
    assert changed.source.count(name) == changed.english.count(name) == 2
    assert "Maria" not in changed.source


def test_names_stay_where_the_sides_differ() -> None:
    pair = Pair("Tom kam, und Tom ging.", "Tom came and went.", "tatoeba")
    assert all(rename(pair, GERMAN, Random(seed)) == pair for seed in range(20))


def test_a_figure_on_both_sides_becomes_the_same_slot_and_another_stays() -> None:
    pair = slotted(
        Pair("Am 3. Mai kamen 11.000 Leute, 2 gingen.", "On 3 May, 11,000 people came, two left.", "any"), Random(1)
    )
    slots = [char for char in pair.source if char in SLOTS]
    assert sorted(slots) == sorted(char for char in pair.english if char in SLOTS)
    assert len(set(slots)) == 2
    assert pair.source.endswith(" 2 gingen.")
    assert len({slotted(Pair("Nr. 5", "No. 5", "any"), Random(seed)) for seed in range(50)}) > 6


def test_what_english_adds_to_a_figure_is_learned_in_one_form() -> None:
    pair = slotted(Pair("Die 2. Frau, 18 Jahre alt", "The 2nd woman, an 18-year-old", "any"), Random(1))
    assert all(slot in SLOTS for slot in (pair.english[4], pair.english[17]))
    assert pair.english == f"The {pair.english[4]}th woman, a {pair.english[17]}-year-old"


def test_short_sentences_are_joined_and_none_is_lost() -> None:
    pairs = [Pair(f"Das ist Satz {n}.", f"This is sentence {n}.", "any") for n in range(100, 400)]
    mixed = list(joined(pairs, GERMAN, Random(1)))
    assert len(mixed) < len(pairs)
    for side in (0, 1):
        figures = Counter(word.strip(".,") for pair in mixed for word in pair[side].split() if word[0].isdigit())
        assert figures == Counter(str(n) for n in range(100, 400))


def test_heavier_corpora_are_drawn_more_often() -> None:
    text = "Ein Satz mit fünf Wörtern."
    pairs = [Pair(text, "A sentence with five words.", corpus) for corpus in ("xquad", "ms_businesscentral_docs") * 500]
    counts = Counter(pair.corpus for pair in drawn(pairs, 1.0, Random(1)))
    assert counts["xquad"] == 1000
    assert 50 < counts["ms_businesscentral_docs"] < 150


def test_quotations_have_marks_on_both_sides() -> None:
    pair = quoted(Pair("Wir sind froh.", "We are glad.", "any"), GERMAN, Random(5))
    assert pair.source.count('"') >= 2
    assert pair.english.count('"') >= 2


def test_numbers_are_spelled_by_language() -> None:
    assert number(11_000, 0, ".") == ("11.000", "11,000")
    assert number(1234.56, 1, " ") == ("1 234,6", "1,234.6")
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 42, 90)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "42nd", "90th")
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_template_and_every_way_of_quoting_can_be_filled(code: str) -> None:
    language, dice = KNOWN[code], Random(1)
    pairs = [filled(template, language, dice) for template in language.templates for _ in range(3)]
    pairs += [quoted(Pair("Ja.", "Yes.", "any"), language, dice) for _ in range(60)]
    assert len(pairs) > 300
    assert not [pair for pair in pairs if "{" in pair.source + pair.english or "  " in pair.source + pair.english]


@pytest.mark.parametrize("code", LANGUAGES)
def test_our_own_sentences_are_many_and_have_the_same_figures_on_both_sides(code: str) -> None:
    """But for a few that spell them otherwise, as "anos sessenta" and "the 1960s" do."""
    sentences = KNOWN[code].sentences
    differ = [pair for pair in sentences if not same_figures(pair.source, pair.english)]
    assert len({pair.source for pair in sentences}) > 3000
    assert len(differ) < len(sentences) / 50, differ


def test_a_pass_is_the_same_every_time() -> None:
    pairs = [Pair(f"Tom sah {n} Vögel.", f"Tom saw {n} birds.", "tatoeba") for n in range(10, 90)]
    assert one_pass(pairs, [], GERMAN, Random(7)) == one_pass(pairs, [], GERMAN, Random(7))


def test_a_sentence_of_ours_that_a_measuring_set_has_is_not_learned() -> None:
    first, *others = GERMAN.sentences
    held_out = frozenset([near_key(first.english.upper())])
    assert first not in GERMAN.without(held_out).sentences
    assert len(GERMAN.without(held_out).sentences) >= len(others) - 2


def test_a_name_that_both_sides_have_becomes_a_slot_and_one_that_is_translated_does_not() -> None:
    words = translated(
        KNOWN["es"], [Pair("Vino a Bruselas con Kvarteni.", "He came to Brussels with Kvarteni.", "any")]
    )
    assert {"Bruselas", "Londres"} <= words  # from the pair, and from the list of cities
    assert words.isdisjoint({"Kvarteni", "Madrid"})
    names = Names(lambda word: 1 + len(word) // 3, frozenset(words))
    pair = Pair("Vino de Bruselas a Ostroma.", "He came from Brussels to Ostroma.", "any")
    changed = {named(pair, names, "es", Random(seed)) for seed in range(60)}
    assert pair in changed  # one of ten stays
    assert all(slot in NAMES for one in changed - {pair} for slot in (one.source[-2], one.english[-2]))
    assert {one.source[:-2] for one in changed - {pair}} == {"Vino de Bruselas a "}


def test_a_number_word_that_both_sides_have_becomes_a_slot() -> None:
    words = number_words("es")
    assert words["once"] == "eleven"
    pair = worded(Pair("Once de los tres mil.", "Eleven of a few thousand.", "any"), words, Random(1))
    assert pair.source[0] == pair.english[0]
    assert pair.source[0] in SLOTS
    assert pair.source[1:] == " de los tres mil."


def test_words_with_many_meanings_and_small_numbers_stay() -> None:
    for word in ("acht", "neuf", "sei", "dos"):  # but they may be parts of longer ones
        assert {number_words(code)[word] for code in LANGUAGES if word in number_words(code)} == {""}


def test_phrases_become_lists_and_none_is_lost() -> None:
    phrases = [Pair(f"el gato número {n}", f"cat number {n}", "words") for n in range(100, 160)]
    sentence = Pair("Un gato duerme.", "A cat sleeps.", "words")
    lists = list(listed([*phrases, sentence], Random(2)))
    assert sentence in lists
    assert len(lists) < 50
    for side in (0, 1):
        found = Counter(re.findall(r"\d+", " ".join(pair[side] for pair in lists)))
        assert found == Counter(str(n) for n in range(100, 160))
