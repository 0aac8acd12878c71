"""Languages are heard in the text; "unknown" is an answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from limitedtimes.extract import detect
from limitedtimes.extract.language import of_sentence
from limitedtimes.model import UNKNOWN_LANGUAGE

TEXTS = [
    ("de", "Die neue Brücke über den Fluss ist seit gestern für den Verkehr offen."),
    ("fr", "Le marché de la ville s’installe sur les quais pour quatorze mois."),
    ("sw", "Wakazi wa kijiji wamepata kisima kipya cha maji baada ya miaka mitano."),
    ("zu", "Abantu bendawo bathole umthombo omusha wamanzi ngemva kweminyaka emihlanu."),
    ("ja", "駅前に小さな庭園が完成し、市民に開放された。"),
    ("ru", "Паром снова ходит между островом и городом два раза в день."),
    ("ar", "افتتحت المدينة جسرا جديدا فوق النهر بعد ثلاث سنوات من العمل."),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert detect(text) == detect(text, ("en", language)) == language


@pytest.mark.parametrize("text", ["", "123 456,7", "😀😀😀", "OK", "https://talbote.example/a", "@talbote #wetter"])
def test_what_says_too_little_is_unknown(text: str) -> None:
    assert detect(text) == detect(text, ("de",)) == UNKNOWN_LANGUAGE


def test_what_is_known_of_the_publisher_tips_the_scales_and_no_more() -> None:
    assert detect("Regjeringen vil bygge en ny bro over elven", ("no",)) == "no"
    assert detect("Die neue Brücke über den Fluss ist seit gestern für den Verkehr offen.", ("fr",)) == "de"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The situation is very serious and we have to act now.”", "en"),
        ("„We are here“, sagte der Sprecher der Stadt am Abend vor der Halle.", "de"),
        ("Die Band spielte „The Sound of the River“ und ging dann von der Bühne.", "de"),
        ("Was in der Zeitung steht, ist wahr.", "de"),
        ("Ja.", "de"),
    ],
)
def test_a_sentence_in_english_is_known_inside_a_german_article(text: str, expected: str) -> None:
    assert of_sentence(text, "de", ("de",)) == expected


def test_sentences_of_an_article_whose_language_is_unknown_are_unknown() -> None:
    assert of_sentence("xyz xyz", UNKNOWN_LANGUAGE) == UNKNOWN_LANGUAGE


def test_many_threads_hear_what_one_hears() -> None:
    with ThreadPoolExecutor(8) as pool:
        heard = list(pool.map(lambda pair: detect(pair[1], (pair[0],)), TEXTS * 20))
    assert heard == [language for language, _ in TEXTS] * 20
