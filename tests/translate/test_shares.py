"""What figures are of: per cent, points, fractions, below zero."""

from __future__ import annotations

import pytest

from limitedtimes.model import FlagKind
from limitedtimes.translate.flags import doubts


@pytest.mark.parametrize(
    ("language", "original", "english"),
    [
        ("de", "Die Zahl stieg um 12 Prozent.", "The number rose by 12."),
        ("fr", "Les prix ont augmenté de 3,5 % en un an.", "Prices have risen by 3.5 in a year."),
        ("es", "Subió un 4 por ciento.", "It rose by 4."),
        ("ru", "Цены выросли на 7 процентов.", "Prices rose by 7."),
        ("de", "Die Zahl stieg um 12.", "The number rose by 12%."),
        ("de", "Die Zahl stieg um 12 Prozent.", "The number rose by 12 percentage points."),
        ("de", "Die Temperatur sank auf minus 12 Grad.", "The temperature fell to 12 degrees."),
        ("fr", "Il a fait moins 12 degrés.", "It was 12 degrees."),
        ("de", "Rund ein Drittel der Bürger stimmte zu.", "Around a quarter of the citizens agreed."),
        ("it", "La metà dei cittadini è d'accordo.", "A third of the citizens agree."),
        ("de", "Ein Fünftel der Fische starb.", "25 per cent of the fish died."),
        ("de", "Ein Fünftel der Fische starb.", "5 per cent of the fish died."),
        ("es", "El plan dura dos décadas.", "The plan lasts 20 decades."),
        ("nl", "Bijna 60 procent is jonger dan dertig.", "Nearly two thirds are under thirty."),
        ("es", "Es la primera subida en veinte años.", "It is the first rise in three decades."),
        ("de", "Das Feuer brach gegen halb drei aus.", "The fire broke out at around 3.30."),
        ("de", "Das Feuer brach gegen halb drei aus.", "The fire broke out at around half past three."),
        ("nl", "De voorstelling begint om half acht.", "The performance begins at half past eight."),
        ("de", "Das Feuer brach gegen halb drei aus.", "The fire broke out at around half three."),
        ("pt", "A primeira greve em duas décadas.", "The first strike in two years."),
        ("pt", "A primeira greve em vinte anos.", "The first strike in twenty decades."),
        ("it", "Coperte per almeno ventiquattr'ore.", "Blankets for at least 48 hours."),
        ("ru", "За сутки выпало 30 мм дождя.", "In 24 days there were 30 mm of rain."),
        ("ru", "Экипаж провёл на орбите 211 суток.", "The crew spent 211 hours in orbit."),
    ],
)
def test_a_figure_of_something_else_is_doubted(language: str, original: str, english: str) -> None:
    assert {doubt.kind for doubt in doubts(original, english, language)} == {FlagKind.NUMBER}


@pytest.mark.parametrize(
    ("language", "original", "english"),
    [
        ("de", "Er ist 50 Jahre alt.", "He is 5 years old."),
        ("fr", "Il a été condamné à 10 ans de prison.", "He was sentenced to 100 years in prison."),
        ("de", "20 Prozent der Leute kamen.", "5 per cent of the people came."),
        ("de", "Er kam um halb acht.", "He came at seven."),
        ("de", "Er kam um 2.30 Uhr.", "He came at 3."),
    ],
)
def test_what_a_number_would_be_in_other_words_excuses_no_wrong_number(
    language: str, original: str, english: str
) -> None:
    """Years are no decades, and per cent no fractions, where the other side speaks of none."""
    (doubt,) = doubts(original, english, language)
    assert (doubt.kind, doubt.grave) == (FlagKind.NUMBER, True)


@pytest.mark.parametrize(
    ("language", "original", "english"),
    [
        ("de", "Die Zahl stieg um 12 Prozent.", "The number rose by 12 per cent."),
        ("de", "Die Zahl stieg um 2 Prozentpunkte.", "The number rose by 2 percentage points."),
        ("fr", "Subit une hausse de 2 points de pourcentage.", "It rises by 2 percentage points."),
        ("es", "Al menos 12 personas murieron.", "At least 12 people died."),
        ("es", "Vinieron más o menos 12 personas.", "Some 12 people came."),
        ("fr", "Il a couru le tour en 2 min 30.", "He ran the lap in 2 min 30."),
        ("pt", "Pelo menos 12 pessoas morreram.", "At least 12 people died."),
        ("de", "Die Temperatur sank auf minus 12 Grad.", "The temperature fell to -12 degrees."),
        ("de", "Die Temperatur sank auf minus 12 Grad.", "The temperature fell to 12 degrees below zero."),
        ("de", "Rund ein Drittel stimmte zu, ein Viertel nicht.", "Around a third agreed, a quarter did not."),
        ("de", "Sie wohnt im dritten Viertel.", "She lives in the third quarter."),
        ("de", "Ein Fünftel der Fische starb.", "20 per cent of the fish died."),
        ("ru", "Школьникам скидка в 50 процентов.", "Schoolchildren pay half the fare."),
        ("nl", "Bijna 60 procent is jonger dan dertig.", "Nearly three fifths are under thirty."),
        ("es", "Es la primera subida en veinte años.", "It is the first rise in two decades."),
        ("pt", "A primeira greve em duas décadas.", "The first strike in twenty years."),
        ("es", "El nivel más bajo en medio siglo.", "The lowest level in fifty years."),
        ("de", "Das Feuer brach gegen halb drei aus.", "The fire broke out at around 2.30."),
        ("nl", "De voorstelling begint om half acht.", "The performance begins at 7:30 p.m."),
        ("de", "Das Feuer brach um halb acht aus.", "The fire broke out at 7.30."),
        ("ru", "За сутки выпало 30 мм дождя.", "In 24 hours there were 30 mm of rain."),
        ("de", "Der Zug fährt um halb drei.", "The train leaves at half past two."),
        ("it", "Coperte per almeno ventiquattr'ore.", "Blankets for at least 24 hours."),
        ("nl", "Het gaat in een week of twee over.", "It clears up within a fortnight."),
    ],
)
def test_the_same_in_other_words_is_not(language: str, original: str, english: str) -> None:
    assert doubts(original, english, language) == []


def test_a_figure_of_another_size_is_told_as_such() -> None:
    [doubt] = doubts("Die Stadt zahlt 157 Millionen für die Schule.", "The city pays 157 for the school.", "de")
    assert doubt.note == "“157” may be thousands, millions or a part of them on one side only"


@pytest.mark.parametrize(
    ("english", "grave"), [("The ca\ufffd is closed today.", False), ("\ufffd\ufffd\ufffd is closed.", True)]
)
def test_what_was_decoded_wrongly_is_not_shown(english: str, grave: bool) -> None:
    assert any(doubt.grave for doubt in doubts("Das Café ist heute zu.", english, "de")) is grave
