"""Lines that are said to be in a language: cut into sentences, and believed unless they are clearly in another."""

from __future__ import annotations

import pytest

from limitedtimes.extract import number_line

GERMAN = "Die Stadt eröffnet am Montag eine neue Brücke über den Fluss. Sie hat 11 Mio. Euro gekostet."
OTHERS = {
    "fr": "Le marché couvert rouvre après deux ans de travaux, et les habitants sont heureux.",
    "it": "Il sindaco ha detto che il ponte sarà aperto al traffico entro la fine del mese.",
    "es": "El alcalde dijo que el puente estará abierto al tráfico antes de que termine el mes.",
    "ru": "Мэр города сообщил, что мост откроют для движения до конца месяца.",
    "en": "The mayor said that the bridge will be open to traffic by the end of the month.",
}


def test_a_line_is_cut_into_its_sentences_and_nothing_is_lost() -> None:
    sentences = number_line(GERMAN, language="de")
    assert [sentence.number for sentence in sentences] == [0, 1]
    assert " ".join(sentence.text for sentence in sentences) == GERMAN
    assert {sentence.language for sentence in sentences} == {"de"}


@pytest.mark.parametrize("language", OTHERS)
def test_a_line_clearly_in_another_language_is_known(language: str) -> None:
    assert {sentence.language for sentence in number_line(OTHERS[language], language="de")} == {language}


@pytest.mark.parametrize("language", OTHERS)
def test_a_line_in_the_language_that_it_is_said_to_be_in_is_believed(language: str) -> None:
    assert {sentence.language for sentence in number_line(OTHERS[language], language=language)} == {language}


@pytest.mark.parametrize(
    "text", ["Le marché couvert", "FC Liverpool – Real Madrid 3:1", "libdbd-ram-perl — Perl DBI driver for files", "…"]
)
def test_what_is_too_short_to_tell_or_full_of_names_is_believed(text: str) -> None:
    assert {sentence.language for sentence in number_line(text, language="de")} == {"de"}


def test_a_language_that_cannot_be_identified_is_believed() -> None:
    assert {sentence.language for sentence in number_line(OTHERS["es"], language="tlh")} == {"tlh"}


def test_an_english_sentence_in_a_line_is_english() -> None:
    line = f"{GERMAN} “{OTHERS['en']}” So sprach der Bürgermeister, und die Leute der Stadt waren zufrieden mit ihm."
    assert [s.language for s in number_line(line, language="de")] == ["de", "de", "en", "de"]


@pytest.mark.parametrize("text", ["", " ", "\u2028", "\t\r"])
def test_an_empty_line_has_no_sentences(text: str) -> None:
    assert number_line(text, language="de") == ()
