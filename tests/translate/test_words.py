"""Words that are no English, and names that an engine misspelled."""

from __future__ import annotations

import pytest

from limitedtimes.model import FlagKind
from limitedtimes.protocols import Rendering
from limitedtimes.translate import names
from limitedtimes.translate.english import is_known
from limitedtimes.translate.lexicon import lexicon
from limitedtimes.translate.reading import read
from limitedtimes.translate.verdict import Standard, judge


@pytest.mark.parametrize(
    "word",
    [
        "house",
        "Houses",
        "neighbour",
        "prioritised",
        "lockdowns",
        "isn",
        "organisers",
        "km",
        "melee",
        "floodwall",
        "microplastics",
        "powerlines",
    ],
)
def test_words_of_every_spelling_and_inflection_are_english(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["strells", "abwater", "litery", "kinofilm", "demonstratoren", "crosss"])
def test_what_a_small_model_makes_up_is_not(word: str) -> None:
    assert not is_known(word)


def kinds(original: str, english: str, language: str = "de") -> set[FlagKind]:
    return {doubt.kind for doubt in judge(original, Rendering(english), language).doubts}


def test_an_invented_word_is_marked_and_a_borrowed_one_is_not() -> None:
    original = "Die Demonstranten aßen im Gasthof eine Weißwurst mit Senf."
    assert kinds(original, "The demonstrators ate a weißwurst with mustard at the inn.") == set()
    assert kinds(original, "The demonstrators ate a sausage with senfel at the inn.") == {FlagKind.INVENTED}
    assert kinds("São 120 quilômetros quadrados.", "It is 120 km².", "pt") == set()


def test_nonsense_is_refused() -> None:
    verdict = judge("Der Rat tagt morgen früh im Rathaus.", Rendering("The rattel tages murnly in rathel."), "de")
    assert verdict.refused
    assert not judge("Er isst gern.", Rendering("He loves germknödel and powidl."), "de").refused


def test_words_borrowed_from_another_script_are_not_marked() -> None:
    assert kinds("Силовики и чиновники правят.", "The siloviki and chinovniki rule.", "ru") == set()


def mended(original: str, english: str, language: str) -> tuple[str, list[tuple[str, str]]]:
    words = lexicon(language)
    return names.mended(read(original, words), read(english, lexicon("en")), words)


@pytest.mark.parametrize(
    ("original", "wrong", "right"),
    [
        ("Sara Danius traf Bob Dylan.", "Sara Daniius met Bob Dlan.", "Sara Danius met Bob Dylan."),
        ("Le studio Lionsgate a gagné.", "The Liongate studio won.", "The Lionsgate studio won."),
    ],
)
def test_a_misspelled_name_is_put_right(original: str, wrong: str, right: str) -> None:
    assert mended(original, wrong, "de" if "traf" in original else "fr")[0] == right


@pytest.mark.parametrize(
    ("original", "english"),
    [
        ("Er kam aus München.", "He came from Munich."),
        ("Er lobte Brasilien.", "He praised Brazil."),
        ("Петров уехал.", "Petrov left."),
        ("Der Präsident schwieg.", "The President was silent."),
        ("Robert Habecks Pläne scheitern.", "Robert Habeck's plans fail."),
        ("Benjamin Netanjahu sprach in Butscha.", "Benjamin Netanyahu spoke in Bucha."),
        ("Jewgeni Prigoschin starb.", "Yevgeny Prigozhin died."),
        ("Ein Tübinger Professor lehrt.", "A professor from Tübingen teaches."),
        ("Die Würzburger Straße ist zu.", "The Würzburg road is closed."),
        ("En Transnistrie, rien ne change.", "In Transnistria nothing changes."),
        ("Die Salafisten schwiegen.", "The Salafists were silent."),
        ("Die Hochschule bleibt zu.", "The Highschule remains closed."),
    ],
)
def test_what_differs_as_languages_differ_is_no_misspelling(original: str, english: str) -> None:
    language = "fr" if original.startswith("En ") else "de"
    assert mended(original, english, language) == (english, [])


def test_a_name_that_was_put_right_is_marked_with_what_the_engine_wrote() -> None:
    doubts = judge("Bob Dylan kam nicht.", Rendering("Bob Dlan did not come."), "de").doubts
    assert [(doubt.kind, doubt.note) for doubt in doubts] == [
        (FlagKind.NAME, "put right: the engine wrote “Dlan” for “Dylan”")
    ]


def test_a_sentence_may_have_a_name_and_a_figure_put_right() -> None:
    verdict = judge("Bob Dylan bekam 11.000 Euro.", Rendering("Bob Dlan got 111,000 euros."), "de")
    assert verdict.text == "Bob Dylan got 11,000 euros."
    assert {doubt.kind for doubt in verdict.doubts if doubt.put_right} == {FlagKind.NAME, FlagKind.NUMBER}
    assert not verdict.refused
    assert not verdict.lacks_facts


@pytest.mark.parametrize(
    ("original", "english", "found"),
    [
        ("Er kommt heute nicht.", "He is coming today.", {FlagKind.NEGATION}),
        ("Er kommt heute nicht.", "He isn’t coming today.", set()),
        ("Er hat die Prüfung nicht bestanden.", "He failed the exam.", set()),
        ("Niemand wusste davon.", "Everybody knew about it.", {FlagKind.NEGATION}),
        (
            "„Wir geben jetzt ganz bestimmt auf“, sagte sie.",
            "We are certainly giving up now, she said.",
            {FlagKind.QUOTATION},
        ),
        ("Die Fähre „Stena Line“ fuhr los.", "The ferry Stena Line departed.", set()),
    ],
)
def test_a_lost_negation_and_lost_quotation_marks_are_marked(original: str, english: str, found: set[FlagKind]) -> None:
    assert kinds(original, english) == found


@pytest.mark.parametrize(
    ("original", "english", "found"),
    [
        ("Am Sonntag wird in der Altstadt getanzt.", "There is dancing in Tempstend on Sunday.", ["Tempstend"]),
        ("Genf und Zürich verlieren.", "Geneva and Zurich lose.", []),
        ("Netanjahu und Prigoschin schwiegen.", "Netanyahu and Prigozhin were silent.", []),
        ("Хашогги и Путин", "Khashoggi and Putin", []),
        ("Der Ostromer Dom ist zu.", "Ostrom Cathedral is closed.", []),
        ("", "Tempstend", ["Tempstend"]),
    ],
)
def test_a_name_that_is_like_nothing_in_the_original_is_invented(original: str, english: str, found: list[str]) -> None:
    assert names.invented(original, read(english, lexicon("en"))) == found


def test_made_up_words_are_a_doubt_in_a_text_and_too_much_for_a_headline() -> None:
    for original, english in (
        ("Fest in der Altstadt", "Feast in Tempstend"),
        ("Der Bürger isst Senf", "The citizen eats senfel"),
    ):
        assert not judge(original, Rendering(english), "de").refused
        assert judge(original, Rendering(english), "de", standard=Standard(strict=True)).refused
    assert not judge(
        "Bob Dylan singt", Rendering("Bob Dlan sings"), "de", standard=Standard(strict=True)
    ).refused  # it was put right


@pytest.mark.parametrize(
    ("language", "headline", "english"),
    [
        (
            "fr",
            "Lyon: un incendie ravage la bibliothèque de Villeurbanne",
            "Lyon: fire devastates Villeurbanne library",
        ),
        ("fr", "Villeurbanne : un incendie ravage la mairie", "Villeurbanne: fire devastates the town hall"),
        ("fr", "Un week-end de brocante à Châteauroux", "A flea-market weekend in Châteauroux"),
        ("es", "Un hacker de Getafe roba datos de Mercadona", "Getafe hacker steals Mercadona data"),
        ("it", "Il sindaco di Castellammare di Stabia si dimette", "Mayor of Castellammare di Stabia resigns"),
    ],
)
def test_a_name_that_begins_like_a_common_word_is_none_in_a_headline(
    language: str, headline: str, english: str
) -> None:
    assert not judge(headline, Rendering(english), language, standard=Standard(strict=True)).refused
