"""Words that are no English, and names that an engine misspelled."""

from __future__ import annotations

import pytest

from limitedtimes.model import FlagKind
from limitedtimes.protocols import Rendering
from limitedtimes.translate import names
from limitedtimes.translate.english import is_known
from limitedtimes.translate.verdict import judge


@pytest.mark.parametrize(
    "word", ["house", "Houses", "neighbour", "prioritised", "lockdowns", "isn", "organisers", "km"]
)
def test_words_of_every_spelling_and_inflection_are_english(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["strells", "abwater", "litery", "carding2", "kinofilm", "demonstratoren"])
def test_what_a_small_model_makes_up_is_not(word: str) -> None:
    assert not is_known(word)


def kinds(original: str, english: str, language: str = "de") -> set[FlagKind]:
    return {doubt.kind for doubt in judge(original, Rendering(english), language).doubts}


def test_an_invented_word_is_marked_and_a_borrowed_one_is_not() -> None:
    original = "Die Demonstranten aßen im Gasthof eine Weißwurst mit Senf."
    assert kinds(original, "The demonstrators ate a weißwurst with mustard at the inn.") == set()
    assert kinds(original, "The demonstrators ate a sausage with senfel at the inn.") == {FlagKind.INVENTED}


def test_nonsense_is_refused() -> None:
    verdict = judge("Der Rat tagt morgen früh im Rathaus.", Rendering("The rattel tages murnly in rathel."), "de")
    assert verdict.refused


@pytest.mark.parametrize(
    ("original", "english", "mended"),
    [
        ("Sara Danius traf Bob Dylan.", "Sara Daniius met Bob Dlan.", "Sara Danius met Bob Dylan."),
        ("Le studio Lionsgate a gagné.", "The Liongate studio won.", "The Lionsgate studio won."),
        ("Er kam aus München.", "He came from Munich.", "He came from Munich."),
        ("Er lobte Brasilien.", "He praised Brazil.", "He praised Brazil."),
        ("Петров уехал.", "Petrov left.", "Petrov left."),
        ("Der Präsident schwieg.", "The President was silent.", "The President was silent."),
    ],
)
def test_a_misspelled_name_is_put_right_and_an_english_one_is_kept(original: str, english: str, mended: str) -> None:
    text, pairs = names.mended(original, english)
    assert text == mended
    assert bool(pairs) == (english != mended)


def test_a_name_that_was_put_right_is_marked_with_what_the_engine_wrote() -> None:
    doubts = judge("Bob Dylan kam nicht.", Rendering("Bob Dlan did not come."), "de").doubts
    assert [(doubt.kind, doubt.note) for doubt in doubts] == [
        (FlagKind.NAME, "put right: the engine wrote Dlan for Dylan")
    ]


def test_a_sentence_may_have_a_name_and_a_figure_put_right() -> None:
    verdict = judge("Bob Dylan bekam 11.000 Euro.", Rendering("Bob Dlan got 111,000 euros."), "de")
    assert verdict.text == "Bob Dylan got 11,000 euros."
    assert {doubt.kind for doubt in verdict.doubts if doubt.put_right} == {FlagKind.NAME, FlagKind.NUMBER}
    assert not verdict.refused
    assert not verdict.lacks_facts
